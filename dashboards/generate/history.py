"""The row History of Fleet: what became of the attempts, by day, by hour, and by database."""

from . import panels
from .panels import over_time, settings, words
from .queries import DAY, FAILED, KEYS, STEP, Addons
from .words import FAINT, OUTCOMES

ADDONS = Addons("=~")
# Not end(): Grafana begins and ends a range at whole steps, which are days in a calendar.
AT_THE_END = Addons("=~", keeping=True, at=" @ ${__to:date:seconds}")
# Prometheus keeps fifteen days unless it is told otherwise.
DAYS = "14d"
MOST = 50


def by_day():
    made = panels.columns(panels.lines(
        "Attempts by day and outcome",
        [over_time(f"sum({ADDONS.ended('completed', DAY)})", "completed"),
         over_time(f"sum({ADDONS.ended('aborted', DAY)})", "aborted"),
         over_time(f"sum({ADDONS.missed(DAY)}) or vector(0)", "missed"),
         over_time(f"sum({ADDONS.ended(FAILED, DAY)})", "failed")],
        width=12, height=8, unit="none", description="Missed slots count as an outcome."), "1d").time_from(DAYS)
    for name, color in OUTCOMES.items():
        made.override_by_name(name, settings(color=panels.fixed(color)))
    return made


def failures():
    failed = f"sum by ({KEYS}) ({ADDONS.ended(FAILED, STEP)}) > 0"
    named = f'label_join({failed}, "of", "/", "project", "addon")'
    none = 'label_replace(vector(0), "of", "no failure", "", "")'
    made = panels.columns(panels.lines(
        "Failed attempts by database", [over_time(f"{named}\nor on () {none}", "{{of}}")],
        width=12, height=8, unit="none", description="By hour; longer steps in long ranges."), "1h")
    return made.override_by_name("no failure", settings(color=panels.fixed(FAINT)))


def outcomes():
    """A day's worst outcome, as a number, of the databases that are worst at the end of the range."""
    ended = {"completed": ADDONS.ended("completed", DAY), "aborted": ADDONS.ended("aborted", DAY),
             "missed": ADDONS.missed(DAY), "failed": ADDONS.ended(FAILED, DAY)}
    terms = [f"{number} * ({ended[name]} > bool 0.5)" for number, name in enumerate(OUTCOMES, 1)]
    worst = f"max by ({KEYS}) (\n  " + "\n  or ".join(reversed(terms)) + "\n)"
    # Prometheus sorts the series of a range by their labels, and Grafana keeps this order: a label that sorts before
    # all others has the place of the state, of two digits, the worst first.
    place = f'count_values by ({KEYS}) ("_place", 50 - topk({MOST}, {AT_THE_END.severity}))'
    names = {0: ("nothing", FAINT)} | {number: each for number, each in enumerate(OUTCOMES.items(), 1)}
    return panels.calendar(
        f"Worst outcome by day, top {MOST}",
        [over_time(f"{worst}\n* on ({KEYS}) group_left (_place) {place}", "{{project}}/{{addon}}")],
        width=24, height=16,
        description="Sorted by the state now, worst first. Red: an attempt failed; orange: a slot was missed; "
                    "grey-blue: an attempt was aborted; green: all completed; grey: no attempt ended.",
    ).interval("1d").time_from(DAYS).mappings(words(names))
