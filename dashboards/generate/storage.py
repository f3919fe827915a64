"""The rows of Fleet about what is stored, how far back it reaches, and what the policies decided."""

from . import panels
from .panels import COLORED, DAYS, EXACT, GAUGE, RATIO_CELL, Column, over_time, steps, words
from .queries import FINDING, HEALTH, KEYS, OWN, Addons, one_of
from .words import BAD, NOT_PROTECTED, ODD

PAST = Addons("=~")
ADDONS = Addons("=~", keeping=True)


def stored():
    kept = PAST.fold("northflank_addon_backup_stored_bytes", by=["type"])
    change = f"max by ({KEYS}, type) (delta({PAST.select('northflank_addon_backup_stored_bytes')}[1d]))"
    legend = "{{account}}/{{project}}"
    yield panels.stacked(panels.lines(
        "Stored backups (bytes)", [over_time(f"sum by (account, project) ({kept})", legend)],
        width=12, height=8, unit="bytes", description="Known sizes of the completed backups in the lists."))
    made = panels.lines(
        "Growth of stored backups (bytes/day)", [over_time(f"sum by (account, project) ({change})", legend)],
        width=12, height=8, unit="bytes", description="Below 0: more expires than is added.")
    yield made.min(None)


def restorable(names):
    oldest = ADDONS.fold("northflank_addon_backup_oldest_completed_timestamp_seconds", OWN, how="min")
    newest = ADDONS.fold("northflank_addon_backup_last_completed_timestamp_seconds", OWN)
    expiry = ADDONS.fold("northflank_addon_backup_expiry_timestamp_seconds")
    bytes_kept = f"sum by ({KEYS}) ({ADDONS.fold('northflank_addon_backup_stored_bytes', by=['type'])})"
    count = ADDONS.fold("northflank_addon_backups", status="completed")
    return panels.grid(
        "Restorable points and reach", [
            *names,
            Column("Restorable points", query=count, width=130, look={
                "thresholds": steps(BAD, (1, "text")).build(), **COLORED}),
            Column("Reach", query=f"(time() - {oldest}) / {DAYS[1]}", least=120, look={
                "unit": DAYS[0], "decimals": 1, "min": 0, "thresholds": steps("blue").build(), **GAUGE}),
            Column("Last good backup", query=f"time() - {newest}", width=120, look=EXACT),
            Column("Last one expires in", query=f"{expiry} - time()", width=140, look=EXACT),
            Column("Stored", query=bytes_kept, width=90, look={"unit": "bytes"})],
        width=24, height=9, sort=[("Reach", False)], nothing="No database is known",
        description="Reach: age of the oldest restorable point. Imports count as points; the other columns leave them "
                    "aside.")


def restores(names):
    """Of databases whose restores are read, or whose policy limits the time between two."""
    restore = "northflank_addon_restore_last_completed"
    last = f"time() - {ADDONS.fold(f'{restore}_timestamp_seconds')}"
    proven = f"time() - {ADDONS.fold(f'{restore}_backup_timestamp_seconds')}"
    read = ADDONS.fold("northflank_addon_restores", status="completed")
    limit = ADDONS.fold("northflank_addon_backup_policy_limit_seconds", limit="restore_every")
    shown = f"({last}) / {DAYS[1]}\nor on ({KEYS}) -1 + 0 * {read}\nor on ({KEYS}) -2 + 0 * {limit}"
    days = {"unit": DAYS[0], "decimals": 0}
    return panels.grid(
        "Days since last restore", [
            *names,
            Column("Last restore", query=shown, width=95, look={
                **days, "mappings": words({-1: ("none", ODD), -2: ("not read", ODD)}), **COLORED}),
            Column("Limit", query=f"{limit} / {DAYS[1]}", width=80, look=days),
            Column("Age / limit", query=f"({last}) / {limit}\nor on ({KEYS}) -1 + 0 * ({read} or {limit})", least=100,
                   look=RATIO_CELL),
            Column("Age of its backup", query=f"({proven}) / {DAYS[1]}", width=130, look=days),
            Column("Duration", query=ADDONS.fold(f"{restore}_duration_seconds"), width=100, look=EXACT),
            Column("Failed", query=ADDONS.fold("northflank_addon_restores", status="failed"), width=80, look={
                "thresholds": steps("text", (1, BAD)).build(), **COLORED})],
        width=24, height=8, sort=[("Age / limit", True), ("Last restore", True)],
        nothing="No restores are read, and no policy limits them",
        description="Against the limit of the policy. Needs restores: true in the exporter's configuration.")


def gone(names):
    held = ADDONS.in_state(state="gone")
    since = f"time() - {ADDONS.fold(FINDING, finding='gone', how='min')}\nand on ({KEYS}) {held}"
    return panels.grid(
        "Gone in the last 7 days", [*names, Column("Gone for", query=since, width=110, look=EXACT)],
        width=12, height=8, sort=[("Gone for", False)], nothing="No database is gone",
        description="Databases that had a backup and are not in Northflank's lists any more. Confirm with forget, or "
                    "investigate.")


def policies():
    """How many databases each policy decides about, and how many of them are not protected."""
    def by_policy(how, value):
        named = ADDONS.named(value, "policy")
        return f'{how} by (policy) (label_replace({named}, "policy", "no policy", "policy", ""))'

    unprotected = ADDONS.fold(HEALTH, one_of("state", NOT_PROTECTED))
    return panels.grid(
        "Not protected by policy", [
            Column("Policy", label="policy"),
            Column("Databases", query=by_policy("count", ADDONS.watched), width=110),
            Column("Not protected", query=by_policy("sum", unprotected), width=120, look={
                "thresholds": steps("text", (1, BAD)).build(), **COLORED}),
            Column("Waived", query=by_policy("sum", ADDONS.fold(HEALTH, state="waived")), width=80)],
        width=12, height=8, sort=[("Not protected", True)], nothing="Load alerts/northflank-backup.rules.yml",
        description="Databases without a policy are measured by their schedules alone.")


def waivers(names):
    ends = ADDONS.fold("northflank_addon_backup_waiver_expiry_timestamp_seconds", by=["waived_by", "waiver_reason"])
    named = ADDONS.named(ends, "policy, owner")
    by, why = Column("Waived by", label="waived_by", width=140), Column("Reason", label="waiver_reason", least=150)
    return panels.grid(
        "Waivers and their end", [
            *names, Column("Policy", label="policy", width=90), Column("Owner", label="owner", width=140), by, why,
            Column("Until", query=f"1000 * {named}", width=150, look={"unit": "dateTimeAsIso"}),
            Column("Ends in", query=f"{named} - time()", width=110, look=EXACT)],
        width=24, height=7, sort=[("Until", False)], nothing="No database is waived",
        description="After its end a waived database is judged as any other. Renew the waiver, or let it end.")
