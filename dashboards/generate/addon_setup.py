"""The row of Database about its schedules, its policy, its list of backups and its restores."""

from . import panels
from .panels import EXACT, NONE, Column, now, settings, steps, words
from .queries import KEYS, OWN, Addons
from .words import BAD, FAINT, OUTCOMES

ADDONS = Addons("=", keeping=True)


def schedules():
    info = ADDONS.fold("northflank_addon_backup_schedule_info", by=["schedule", "type", "interval"])
    none = f'label_replace({ADDONS.watched}, "type", "no schedule", "", "")'
    kept = ADDONS.fold("northflank_addon_backup_schedule_retention_seconds", by=["schedule"])
    kept = f"{info} * on ({KEYS}, schedule) group_left () {kept}\nor on ({KEYS}) 0 * {none}"
    return panels.grid(
        "Schedules", [
            Column("Type", label="type", width=110), Column("Interval", label="interval", width=80),
            Column("Schedule", label="schedule", least=150),
            Column("Retention", query=kept, width=110, look={**EXACT, "mappings": words({0: (NONE, None)})})],
        width=12, height=6, hidden=["account", "project", "addon"], nothing="Not scraped",
        description="As set up at Northflank. Retention: how long a backup is kept.")


def limits():
    """What the policies demand, and the same quantity now."""
    demanded = ADDONS.fold("northflank_addon_backup_policy_limit_seconds", by=["limit"])
    fewest = ADDONS.fold("northflank_addon_backup_policy_min_backups")

    def row(limit, value):
        return f'label_replace({value}, "limit", "{limit}", "", "")'

    def named(expression):
        return ADDONS.named(expression, "policy, owner")

    age = ADDONS.fold("northflank_addon_backup_last_completed_age_seconds", OWN, how="min")
    oldest = ADDONS.fold("northflank_addon_backup_oldest_completed_timestamp_seconds", OWN, how="min")
    restored = ADDONS.fold("northflank_addon_restore_last_completed_timestamp_seconds")
    reached = "\nor ".join([row("max_age", age), row("min_span", f"time() - {oldest}"),
                            row("restore_every", f"time() - {restored}")])
    points = ADDONS.fold("northflank_addon_backups", status="completed")
    count = row("min_backups", f"{points} and on ({KEYS}) {fewest}")
    texts = {"max_age": ("Longest age", None), "grace": ("Grace of a slot", None), "min_span": ("Least reach", None),
             "restore_every": ("Restore every", None), "min_backups": ("Fewest restorable points", None)}
    return panels.grid(
        "Policy limits", [
            Column("Limit", label="limit", least=200, look={"mappings": words(texts)}),
            Column("Required", query=named(demanded), width=120, look=EXACT),
            Column("Now", query=named(f"({reached}) and on ({KEYS}, limit) {demanded}"), width=120, look=EXACT),
            Column("Points required", query=named(row("min_backups", fewest)), width=120),
            Column("Points now", query=named(count), width=100),
            Column("Policy", label="policy", width=120), Column("Owner", label="owner", width=200)],
        width=24, height=6, hidden=["account", "project", "addon"], nothing="No policy sets a limit",
        description="Value, limit and the policy that sets it. docs/policies.md explains each limit.")


def listed():
    status = ADDONS.fold("northflank_addon_backups", by=["status"])
    made = panels.bars(
        "Listed backups by status", [now(status, "{{status}}")], width=12, height=6, nothing="Not read yet")
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
        "Last restore", [now(last, "Ago"), now(proven, "Age of its backup"), now(took, "Duration"),
                         now(ADDONS.or_else(failed, -1), "Failed")],
        width=24, height=4, nothing="Not scraped", description="Needs restores: true in the exporter's configuration.")
    made.mappings(words({-1: ("not read", None), -2: ("none", None)}))
    made.override_by_name("Failed", settings(thresholds=steps(FAINT, (1, BAD)).build()))
    for name in ("Ago", "Age of its backup", "Duration"):
        made.override_by_name(name, settings(**EXACT))
    return made
