"""The row Attempts of Database: how its attempts ended, and age, size and duration over the range."""

from . import panels
from .panels import HOURS, MINUTES, over_time, settings
from .queries import AGE, FAILED, OWN, STEP, Addons
from .words import BAD, OUTCOMES, QUIET

ADDONS = Addons("=")
TYPES = ("dump", "snapshot", "unknown")
FINISHED = "northflank_addon_backup_last_completed"
OBJECTIVE = "northflank_addon_backup_objective_seconds"


def age(addons):
    """By type; of all types together only where they have one objective together."""
    any_type = addons.fold(AGE, by=["type"], type="any")
    each_type = addons.fold(AGE, 'type!="any"', by=["type"])
    return f"{each_type}\nor {any_type}\n  and on (type) {addons.of(OBJECTIVE)}"


def ended():
    def hourly(statuses):
        return f"sum({ADDONS.ended(statuses, STEP)})"

    unfinished = ADDONS.select("northflank_addon_backups", 'status=~"scheduled|in-progress|aborting"')
    known = ADDONS.select("northflank_addon_backups", 'status="completed"')
    running = f"max(max_over_time({unfinished}{STEP})) or 0 * max(max_over_time({known}{STEP}))"
    made = panels.columns(panels.lines(
        "Attempts by outcome, and running",
        [over_time(hourly("completed"), "completed"), over_time(hourly("aborted"), "aborted"),
         over_time(f"sum({ADDONS.missed(STEP)}) or vector(0)", "missed"),
         over_time(hourly(FAILED), "failed"), over_time(running, "running")], width=24, height=7, unit="none",
        description="By hour; longer steps in long ranges. Running: whether an attempt ran in the step."), "1h")
    for name, color in OUTCOMES.items():
        made.override_by_name(name, settings(color=panels.fixed(color)))
    return made.override_by_name("running", settings(
        color=panels.fixed("blue"), custom__drawStyle="line", custom__lineWidth=1, custom__fillOpacity=0,
        custom__lineInterpolation="stepAfter", custom__stacking={"mode": "none"}))


def dashed(made, pattern, color):
    """Lines that are no measurement."""
    return made.override_by_regexp(pattern, settings(
        color=panels.fixed(color), custom__lineStyle={"fill": "dash", "dash": [8, 6]}, custom__fillOpacity=0))


def over_the_range():
    unit, length = HOURS
    made = panels.lines(
        "Age of the last good backup, and limit",
        [over_time(f"({age(ADDONS)}) / {length}", "{{type}}"),
         over_time(f"{ADDONS.fold(OBJECTIVE, by=['type'])} / {length}", "{{type}} limit")],
        width=12, height=8, unit=unit, nothing="No completed backup and no limit")
    yield dashed(made, "/ limit$/", BAD)

    band = ADDONS.fold("northflank_addon_backup_expected_size_bytes", by=["type", "bound"])
    made = panels.lines(
        "Last backup's size and usual range",
        [over_time(ADDONS.fold(f"{FINISHED}_size_bytes", OWN, by=["type"]), "{{type}}"),
         over_time(band, "{{type}} {{bound}}")],
        width=12, height=8, unit="bytes", nothing="No size is known",
        description="Of the last completed backup; a snapshot's is the difference to the one before. At least five "
                    "sizes make a range.")
    dashed(made, "/ (low|high)$/", QUIET)
    for kind in TYPES:
        made.override_by_name(f"{kind} high", settings(custom__fillBelowTo=f"{kind} low", custom__fillOpacity=12))
    yield made

    unit, length = MINUTES
    running = ADDONS.fold("northflank_addon_backup_oldest_unfinished_timestamp_seconds", how="min")
    made = panels.lines(
        "Duration of attempts",
        [over_time(f"{ADDONS.fold(f'{FINISHED}_duration_seconds', OWN, by=['type'])} / {length}", "{{type}}"),
         over_time(f"({ADDONS.or_else(f'time() - {running}', 0)}) / {length}", "running now")],
        width=12, height=8, unit=unit,
        description="Of the last completed backup, from its creation to its end, and of the running one so far.")
    yield made.override_by_name("running now", settings(color=panels.fixed("blue")))

    yield panels.stacked(panels.lines(
        "Stored backups (bytes)",
        [over_time(ADDONS.fold("northflank_addon_backup_stored_bytes", by=["type"]), "{{type}}")],
        width=12, height=8, unit="bytes", nothing="No size is known"))
