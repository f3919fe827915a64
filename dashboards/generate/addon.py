"""Database: state, limits, attempts and restores of one database."""

from . import addon_history, addon_setup, frame, levels, panels
from .panels import COLORED, EXACT, NONE, RATIO_CELL, Column, now, over_time, settings, steps, words
from .queries import AGE, FINDING, KEYS, OWN, RATIO, Addons
from .words import BAD, FAINT, FINDINGS, ODD, OK, STATES

ADDONS = Addons("=", keeping=True)
PAST = addon_history.ADDONS
VERDICTS = words({number: (state, color) for number, (state, color) in enumerate(STATES.items())})
FINISHED = "northflank_addon_backup_last_completed"
OBJECTIVE = "northflank_addon_backup_objective_seconds"
UNFINISHED = "northflank_addon_backup_oldest_unfinished_timestamp_seconds"
LIMIT = "northflank_addon_backup_policy_limit_seconds"
COUNTED = {"thresholds": steps("text", (1, BAD)).build(), "mappings": words({0: (NONE, None)}), **COLORED}


def state():
    since = ADDONS.or_else(f"time() - ({ADDONS.since})", -1)
    made = panels.tiles(
        "State", [now(ADDONS.severity, "$addon"), now(since, "For")], width=7, height=4, nothing="Not scraped",
        description="docs/health.md says what each state means. For: since the oldest finding of this state.")
    made.mappings(VERDICTS)
    return made.override_by_name("For", settings(
        **EXACT, thresholds=steps(FAINT).build(), mappings=words({-1: (NONE, None)})))


def soon():
    due = f"min by ({KEYS}) ({ADDONS.of('northflank_addon_backup_next_due_timestamp_seconds')}) - time()"
    failed = ADDONS.fold("northflank_addon_backup_consecutive_failed_attempts")
    made = panels.tiles(
        "Last check and next attempt", [
            now(ADDONS.or_else(ADDONS.unseen(), -1e9), "Last check"), now(ADDONS.or_else(due, -1e9), "Next due in"),
            now(ADDONS.or_else(failed, 0), "Failed in a row")],
        width=9, height=4, nothing="Not scraped",
        description="At a check, the exporter reads the list of backups.", **EXACT)
    made.mappings(words({-1_000_000_000: (NONE, None)}))
    return made.override_by_name("Failed in a row", settings(unit="none", thresholds=steps(FAINT, (1, BAD)).build()))


def against_limit():
    ratio = ADDONS.fold(RATIO, by=["type"])
    missing = f"-1 + 0 * {ADDONS.fold(OBJECTIVE, by=['type'])}"
    none = f'label_replace(-2 + 0 * {ADDONS.watched}, "type", "no limit", "", "")'
    made = panels.bars(
        "Age / limit by type (%)", [now(f"{ratio}\nor {missing}\nor on ({KEYS}) {none}", "{{type}}")],
        width=8, height=4, unit="percentunit", nothing="Not scraped",
        description="Above 100 %: late. \"none\": a limit and no backup of the type.")
    made.max(2).decimals(0).mappings(words({-1: ("none", BAD), -2: (NONE, None)}))
    return made.thresholds(steps(FAINT, (0, OK), (1, ODD), (2, BAD)))


def reasons():
    """Each finding, with the value and the limit that it is about, where it is about a time or a number."""
    held = ADDONS.fold(FINDING, by=["finding"])
    worst = f"topk by ({KEYS}) (1, {ADDONS.fold(RATIO, by=['type'])} > 1)"

    def of_findings(values):
        named = [f'label_replace(max by ({KEYS}) ({value}), "finding", "{finding}", "", "")'
                 for finding, value in values.items()]
        return "(" + "\nor ".join(named) + f")\nand on ({KEYS}, finding) {held}"

    def policy(limit):
        return ADDONS.fold(LIMIT, limit=limit)

    oldest = ADDONS.fold("northflank_addon_backup_oldest_completed_timestamp_seconds", OWN, how="min")
    value = of_findings({
        "too-old": f"{ADDONS.fold(AGE, by=['type'])} and on ({KEYS}, type) {worst}",
        "unfinished": f"time() - {ADDONS.fold(UNFINISHED, how='min')}",
        "too-shallow": f"time() - {oldest}",
        "restore-overdue": f"time() - {ADDONS.fold('northflank_addon_restore_last_completed_timestamp_seconds')}",
        "not-observed": ADDONS.unseen()})
    limit = of_findings({
        "too-old": f"{ADDONS.fold(OBJECTIVE, by=['type'])} and on ({KEYS}, type) {worst}",
        "too-shallow": policy("min_span"), "restore-overdue": policy("restore_every")})
    number = of_findings({
        "attempt-failed": ADDONS.fold("northflank_addon_backup_consecutive_failed_attempts"),
        "slots-missed": ADDONS.fold("northflank_addon_backup_consecutive_missed_slots"),
        "too-few": ADDONS.fold("northflank_addon_backups", status="completed")})
    none = f'label_replace(-1 + 0 * {ADDONS.watched}, "finding", "none", "", "")'
    texts = {finding: (text, STATES[state]) for finding, (state, text, _) in FINDINGS.items()}
    texts["none"] = ("No findings, or the database is paused or waived", OK)
    return panels.grid(
        "Findings", [
            Column("Finding", label="finding", least=330, look={"mappings": words(texts), **COLORED}),
            Column("For", query=f"time() - {held}\nor on ({KEYS}) {none}", width=140,
                   look={**EXACT, "mappings": words({-1: (NONE, None)})}),
            Column("Value", query=value, width=140, look=EXACT),
            Column("Limit", query=limit, width=140, look=EXACT),
            Column("Number", query=number, width=120)],
        width=24, height=5, sort=[("For", True)], hidden=["account", "project", "addon"], nothing="Not scraped",
        description="Since, value and limit of each. Number: attempts or slots in a row, or restorable points.")


def by_type():
    def column(title, metric, width, **look):
        return Column(title, query=ADDONS.fold(metric, by=["type"]), width=width, look=look)

    def moment(title, form, metric, width):
        return Column(title, query=form.format(ADDONS.fold(metric, by=["type"])), width=width, look=EXACT)

    ratio = f"{ADDONS.fold(RATIO, by=['type'])}\nor -1 + 0 * {ADDONS.fold(OBJECTIVE, by=['type'])}"
    return panels.grid(
        "Last completed backup by type", [
            Column("Type", label="type", width=78),
            Column("Age", query=addon_history.age(ADDONS), width=102, look=EXACT),
            column("Limit", OBJECTIVE, 98, **EXACT),
            Column("Age / limit", query=ratio, least=90, look=RATIO_CELL),
            moment("Next due in", "{} - time()", "northflank_addon_backup_next_due_timestamp_seconds", 98),
            column("Failed in a row", "northflank_addon_backup_consecutive_failed_attempts", 110, **COUNTED),
            column("Missed in a row", "northflank_addon_backup_consecutive_missed_slots", 110, **COUNTED),
            column("Size", f"{FINISHED}_size_bytes", 82, unit="bytes"),
            column("Duration", f"{FINISHED}_duration_seconds", 76, **EXACT),
            column("Stored", "northflank_addon_backup_stored_bytes", 82, unit="bytes"),
            moment("Expires in", "{} - time()", "northflank_addon_backup_expiry_timestamp_seconds", 104)],
        width=24, height=5, hidden=["account", "project", "addon"], nothing="No backup is known",
        description="any: all types together, imports aside. The expiry is inferred from the schedules' retention.")


def what_held():
    held = f'1 + 0 * {PAST.fold(FINDING, by=["finding"])}'
    made = panels.states(
        "States and findings over time", [over_time(PAST.severity, "state"), over_time(held, "{{finding}}")],
        width=24, height=6, description="A gap: the exporter was not scraped.").mappings(VERDICTS)
    for finding, (state_of_it, _, short) in FINDINGS.items():
        made.override_by_name(finding, settings(
            displayName=short, mappings=words({1: ("yes", STATES[state_of_it])})))
    return made


def build():
    return frame.made(
        "addon", "Northflank backups / Database", "State, limits, attempts and restores of one database",
        frame.addon_variables(several=False),
        [state(), soon(), against_limit(), reasons(), by_type(), what_held(),
         "Attempts", addon_history.ended(), *addon_history.over_the_range(),
         levels.TITLE, *levels.summary(PAST), levels.course(PAST, width=24),
         "Schedules, policy and restores", addon_setup.schedules(), addon_setup.listed(), addon_setup.limits(),
         addon_setup.restores()],
        annotations=[frame.failures(PAST)])
