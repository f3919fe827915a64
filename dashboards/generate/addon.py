"""Addon: how one addon is protected and why, and what has happened to its backups."""

from . import frame, levels, panels
from .panels import COLORED, GAUGE, NONE, Column, now, over_time, settings, steps, words
from .queries import AGE, FAILED, FINDING, KEYS, OWN, RATIO, STEP, Addons
from .words import BAD, FAINT, FINDINGS, ODD, OK, OUTCOMES, QUIET, STATES

ADDONS = Addons("=")
TYPES = ("dump", "snapshot", "unknown")
VERDICTS = words({number: (state, color) for number, (state, color) in enumerate(STATES.items())})
FINISHED = "northflank_addon_backup_last_completed"
OBJECTIVE = "northflank_addon_backup_objective_seconds"


def verdict():
    made = panels.tiles("Verdict", [now(ADDONS.severity, "$addon")], width=4, height=5,
                        nothing="Not known", description="docs/health.md says what each state means.")
    return made.mappings(VERDICTS)


def reasons():
    none = f'label_replace({ADDONS.watched}, "finding", "none", "", "")'
    held = f"{ADDONS.fold(FINDING, by=['finding'])}\nor on ({KEYS}) {none}"
    texts = {finding: (text, color) for finding, (text, _, color) in FINDINGS.items()}
    texts["none"] = ("Nothing is wrong, or the addon is paused.", OK)
    return panels.grid(
        "Why", [Column("What holds", label="finding", look={"mappings": words(texts), **COLORED}),
                Column("Value", query=held)],
        width=10, height=5, hidden=["Value", "account", "project", "addon"], nothing="The addon is not known.",
        description="All that holds; the verdict is that of the worst.")


def against_objective():
    ratio = ADDONS.fold(RATIO, by=["type"])
    missing = f"-1 + 0 * {ADDONS.fold(OBJECTIVE, by=['type'])}"
    none = f'label_replace(-1 + 0 * {ADDONS.watched}, "type", "no backup or objective", "", "")'
    made = panels.bars(
        "Age, of what is allowed", [now(f"{ratio}\nor {missing}\nor on ({KEYS}) {none}", "{{type}}")],
        width=5, height=5, unit="percentunit", nothing="The addon is not known.",
        description="Of the newest completed backup of each type; above 100 % it is older than its objective. "
                    "A dash: there is an objective, and no backup of that type.")
    made.max(2).decimals(0).mappings(words({-1: (NONE, None)}))
    return made.thresholds(steps(FAINT, (0, OK), (1, ODD), (2, BAD)))


def soon():
    due = f"min by ({KEYS}) ({ADDONS.of('northflank_addon_backup_next_due_timestamp_seconds')}) - time()"
    failed = ADDONS.fold("northflank_addon_backup_consecutive_failed_attempts")
    made = panels.tiles(
        "Now", [now(ADDONS.or_else(due, -1e9), "Next due in"), now(ADDONS.or_else(ADDONS.unseen(), -1e9), "Seen ago"),
                now(ADDONS.or_else(failed, 0), "Failed in a row")],
        width=5, height=5, unit="s", description="Seen: when its list of backups was read.")
    made.mappings(words({-1_000_000_000: (NONE, None)})).decimals(0)
    return made.override_by_name("Failed in a row", settings(unit="none", thresholds=steps(FAINT, (1, BAD)).build()))


def age():
    """By type; of all types together only where they have one objective together."""
    any_type = ADDONS.fold(AGE, by=["type"], type="any")
    each_type = ADDONS.fold(AGE, 'type!="any"', by=["type"])
    return f"{each_type}\nor {any_type}\n  and on (type) {ADDONS.of(OBJECTIVE)}"


def by_type():
    def column(title, metric, width, **look):
        return Column(title, query=ADDONS.fold(metric, by=["type"]), width=width, look=look)

    def moment(title, form, metric, width):
        query = form.format(ADDONS.fold(metric, by=["type"]))
        return Column(title, query=query, width=width, look=seconds)

    seconds = {"unit": "s", "decimals": 1}
    row = {"thresholds": steps("text", (1, BAD)).build(), "mappings": words({0: (NONE, None)}), **COLORED}
    return panels.grid(
        "By type", [
            Column("Type", label="type", width=100),
            Column("Newest", query=age(), width=110, look=seconds),
            column("Allowed", OBJECTIVE, 110, **seconds),
            column("Age of allowed", RATIO, 0, unit="percentunit", decimals=0, min=0, max=2,
                   thresholds=steps(OK, (1, ODD), (2, BAD)).build(), **GAUGE),
            moment("Next due in", "{} - time()", "northflank_addon_backup_next_due_timestamp_seconds", 110),
            column("Failed in a row", "northflank_addon_backup_consecutive_failed_attempts", 110, **row),
            column("Missed in a row", "northflank_addon_backup_consecutive_missed_slots", 120, **row),
            column("Size", f"{FINISHED}_size_bytes", 100, unit="bytes"),
            column("Took", f"{FINISHED}_duration_seconds", 100, **seconds),
            column("Stored", "northflank_addon_backup_stored_bytes", 100, unit="bytes"),
            moment("Oldest", "time() - {}", "northflank_addon_backup_oldest_completed_timestamp_seconds", 110),
            moment("Newest expires in", "{} - time()", "northflank_addon_backup_expiry_timestamp_seconds", 140)],
        width=24, height=5, hidden=["account", "project", "addon"], nothing="Nothing is known of its backups.",
        description="Newest, size, duration and expiry are of the newest completed backup of the type; any is all "
                    "types together, imports aside. When it expires is inferred from the schedules' retention.")


def what_held():
    held = f'1 + 0 * {ADDONS.fold(FINDING, by=["finding"])}'
    made = panels.states(
        "What held when", [over_time(ADDONS.severity, "verdict"), over_time(held, "{{finding}}")], width=24, height=10,
        description="The verdict, and each finding by itself.").mappings(VERDICTS)
    for finding, (_, short, color) in FINDINGS.items():
        made.override_by_name(finding, settings(
            displayName=short, mappings=words({1: ("yes", color)})))
    return made


def ended():
    def hourly(statuses):
        return f"sum({ADDONS.ended(statuses, STEP)})"

    unfinished = ADDONS.of("northflank_addon_backups", 'status=~"scheduled|in-progress|aborting"')
    known = ADDONS.of("northflank_addon_backups", 'status="completed"')
    running = f"max(max_over_time({unfinished}{STEP})) or 0 * max(max_over_time({known}{STEP}))"
    made = panels.columns(panels.lines(
        "Backups: ended, missed and running",
        [over_time(hourly("completed"), "completed"), over_time(hourly("aborted"), "aborted"),
         over_time(f"sum({ADDONS.missed(STEP)}) or vector(0)", "missed"),
         over_time(hourly(FAILED), "failed"), over_time(running, "running")], width=24, height=7, unit="none",
        description="Ended and missed: by hour, or longer where the time range is long. Running: whether one was, at "
                    "any time of the hour."), "1h")
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
    made = panels.lines(
        "Age against objective",
        [over_time(age(), "{{type}}"), over_time(ADDONS.fold(OBJECTIVE, by=["type"]), "{{type}} allowed")],
        width=12, height=8, unit="s", nothing="No backup has completed, and nothing says how old one may be.")
    yield dashed(made, "/ allowed$/", BAD)

    band = ADDONS.fold("northflank_addon_backup_expected_size_bytes", by=["type", "bound"])
    made = panels.lines(
        "Size of the newest completed backup, and where the next is expected",
        [over_time(ADDONS.fold(f"{FINISHED}_size_bytes", OWN, by=["type"]), "{{type}}"),
         over_time(band, "{{type}} {{bound}}")],
        width=12, height=8, unit="bytes", nothing="No size is known.",
        description="A snapshot is the difference to the one before. At least five sizes make a band.")
    dashed(made, "/ (low|high)$/", QUIET)
    for kind in TYPES:
        made.override_by_name(f"{kind} high", settings(custom__fillBelowTo=f"{kind} low", custom__fillOpacity=12))
    yield made

    running = ADDONS.fold("northflank_addon_backup_oldest_unfinished_timestamp_seconds", how="min")
    made = panels.lines(
        "Duration",
        [over_time(ADDONS.fold(f"{FINISHED}_duration_seconds", OWN, by=["type"]), "{{type}}"),
         over_time(ADDONS.or_else(f"time() - {running}", 0), "running now")],
        width=12, height=8, unit="s",
        description="Of the newest completed backup, from its creation to its end; and so far of the oldest that has "
                    "not ended, even if later ones have completed.")
    yield made.override_by_name("running now", settings(color=panels.fixed("blue")))

    yield panels.stacked(panels.lines(
        "Stored bytes", [over_time(ADDONS.fold("northflank_addon_backup_stored_bytes", by=["type"]), "{{type}}")],
        width=12, height=8, unit="bytes", nothing="No size is known."))


def schedules():
    info = ADDONS.fold("northflank_addon_backup_schedule_info", by=["schedule", "type", "interval"])
    none = f'label_replace({ADDONS.watched}, "type", "no schedule", "", "")'
    kept = ADDONS.fold("northflank_addon_backup_schedule_retention_seconds", by=["schedule"])
    kept = f"{info} * on ({KEYS}, schedule) group_left () {kept}\nor on ({KEYS}) 0 * {none}"
    return panels.grid(
        "Schedules", [
            Column("Type", label="type", width=120), Column("Interval", label="interval", width=120),
            Column("Schedule", label="schedule"),
            Column("Kept for", query=kept, width=120, look={"unit": "s", "mappings": words({0: (NONE, None)})})],
        width=12, height=6, hidden=["account", "project", "addon"], nothing="The addon is not known.")


def listed():
    status = ADDONS.fold("northflank_addon_backups", by=["status"])
    made = panels.bars("In the list now", [now(status, "{{status}}")], width=6, height=6, nothing="Not read yet.")
    for name, color in {**OUTCOMES, "not-supported": BAD}.items():
        made.override_by_name(name, settings(color=panels.fixed(color)))
    return made


def restores():
    none = f"-2 + 0 * {ADDONS.fold('northflank_addon_restores', status='completed')}"

    def or_none(value):
        return ADDONS.or_else(f"{value}\nor on ({KEYS}) {none}", -1)

    completed = "northflank_addon_restore_last_completed"
    last = or_none(f"time() - {ADDONS.fold(f'{completed}_timestamp_seconds')}")
    proven = or_none(f"time() - {ADDONS.fold(f'{completed}_backup_timestamp_seconds')}")
    took = or_none(ADDONS.fold(f"{completed}_duration_seconds"))
    failed = ADDONS.fold("northflank_addon_restores", status="failed")
    made = panels.tiles(
        "Restores", [now(last, "Last completed"), now(proven, "Age of its backup"), now(took, "Took"),
                     now(ADDONS.or_else(failed, -1), "Failed")],
        width=6, height=6, unit="none",
        description="Needs restores: true in the exporter's configuration; otherwise nothing is known.")
    made.mappings(words({-1: ("not read", None), -2: ("none", None)}))
    made.override_by_name("Failed", settings(thresholds=steps(FAINT, (1, BAD)).build()))
    for name in ("Last completed", "Age of its backup", "Took"):
        made.override_by_name(name, settings(unit="s", decimals=0))
    return made


def build():
    return frame.made(
        "addon", "Northflank backups / Addon", "How one addon is protected and why, and what happened to its backups.",
        frame.addon_variables(several=False),
        [verdict(), reasons(), against_objective(), soon(), by_type(), what_held(),
         "What happened", ended(), *over_the_range(),
         levels.TITLE, *levels.summary(ADDONS), levels.course(ADDONS, width=24),
         "How it is set up", schedules(), listed(), restores()],
        annotations=[frame.failures(ADDONS)])
