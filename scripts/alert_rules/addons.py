"""The alerts about addons."""

from . import fragments as f
from .alert import Alert
from .fragments import FIRST, HELD, KEYS, LABELS, NAME, PATH, age, ask, each, facts, for_how_long, limit, part, size

RISK = "never-completed|attempt-failed|slots-missed|unfinished|too-old|removed-early|gone"
INCOMPLETE = "attempt-failed|slots-missed|unfinished|too-old"
SUSPECT = "empty|odd-size|removed-early|future-dated|too-few|too-shallow|not-since-upgrade"
UNSEEN = "not-observed|unreadable"
LAST_SIZE = f.last("northflank_addon_backup_last_completed_size_bytes", ',type!="import"', by="type")
BOUND = "northflank_addon_backup_expected_size_bytes"
FAILED = f.last("northflank_addon_backup_consecutive_failed_attempts", by="type")
MISSED = f.last("northflank_addon_backup_consecutive_missed_slots", by="type")
OBSERVED = f.last("northflank_addon_last_observed_timestamp_seconds")
RESTORED = f.last("northflank_addon_restore_last_completed_timestamp_seconds")
EVERY = f.last("northflank_addon_backup_policy_limit_seconds", ',limit="restore_every"')
GONE_HELD = f'{HELD}{{%s,finding="gone"}}'
FORGET = f"northflank-backup-exporter forget {PATH}"
REMOVED = part(f"round({f.REMOVED}) > 0", "{{ " + FIRST + " }} restorable points were removed early"
               + ask(f.LEFT) + " }}, {{ " + FIRST + " }} are left{{ end }}.")


def held(findings):
    match = "=~" if "|" in findings else "="
    return f'max by ({LABELS}) (\n  {HELD}{{finding{match}"{findings}"}}\n)'


def named(expression):
    return f"{expression}\n  * on ({KEYS}) group_left (project_name, addon_name, policy, owner) addon:northflank_backup:names"


def usual(bounds):
    low, high = (f.last(BOUND, f',bound=\\"{bound}\\",type=%q').replace('\\"', '"') for bound in ("low", "high"))
    return (f"{ask(low, '.Labels.type')} }}}}{bounds[0]}{size(FIRST)}{{{{ end }}}}"
            f"{ask(high, '.Labels.type')} }}}} to {size(FIRST)}{bounds[1]}{{{{ end }}}}")


def odd_sizes(text):
    """The text for each type of which the last backup is smaller or larger than usual."""
    low, high = (f.last(BOUND, f',bound="{bound}"', by="type") for bound in ("low", "high"))
    return each(f"{LAST_SIZE} < on (type) {low} or {LAST_SIZE} > on (type) {high}", "type", text)


def oldest(findings):
    """Of these findings the one that has held for longest; any, if the beginning of none is known."""
    chosen = f',finding=~"{findings}"'
    return (f'bottomk(1, {f.last(f.SINCE, chosen, "min", "finding")} and on (finding) {HELD}{{%s}}'
            f" or on (finding) {HELD}{{%s{chosen}}})")


SUSPICION = {
    "empty": " the last backup is empty",
    "removed-early": " restorable points were removed early",
    "future-dated": " a backup is dated in the future",
    "too-few": " fewer restorable points than decided",
    "too-shallow": " the restorable points do not reach far enough back",
    "not-since-upgrade": " no completed backup since the upgrade",
}
SUSPICION_TEXT = (
    ask(oldest(SUSPECT)) + ' }}{{ $finding := . | first | label "finding" }}{{ if eq $finding "odd-size" }}'
    + odd_sizes("last {{ .Labels.type }} has " + size(".Value") + usual((" (usual ", ")"))
                + "{{ else }} the size of the last backup is unusual")
    + "".join(f'{{{{ else if eq $finding "{finding}" }}}}{text}' for finding, text in SUSPICION.items())
    + "{{ end }}{{ end }}")
REASONS = {
    "forbidden": "Northflank denies the backups (HTTP 403).",
    "not_found": "Northflank does not know the addon (HTTP 404).",
    "unavailable": "Northflank answers with a server error (HTTP 5xx).",
    "timeout": "Northflank does not answer in time.",
    "decode": "Northflank's answer cannot be read.",
}


def by_reason(texts, otherwise):
    """A text for the value of `.Labels.reason`."""
    parts = "".join(f'{{{{ else if eq .Labels.reason "{reason}" }}}}{text}' for reason, text in texts.items())
    return parts.replace("{{ else if", "{{ if", 1) + f"{{{{ else }}}}{otherwise}{{{{ end }}}}"


def alerts(parameters):
    paused = f"max by ({KEYS}) (last_over_time(northflank_addon_paused[10m])) == 1"
    expiry = f"max by ({KEYS}) (last_over_time(northflank_addon_backup_expiry_timestamp_seconds[10m]))"
    since = f"max by ({KEYS}) (last_over_time(northflank_addon_paused_since_timestamp_seconds[10m]))"
    until = f"max by ({KEYS}) (last_over_time(northflank_addon_backup_waiver_expiry_timestamp_seconds[10m]))"

    yield Alert(
        "NorthflankBackupAtRisk", "critical", "15m", "addon", "addon:northflank_backup_at_risk:held", "\n".join([
            f.WHO, f"{NAME}:", f'{ask(f.TYPE_AGE + "{%s,type=" + chr(34) + "any" + chr(34) + "}")} }}}}'
            f" last good backup {age(FIRST)} ago"
            f"{{{{- else }}}}{ask(GONE_HELD)} }}}} not in Northflank's lists{{{{- else }}}} no completed backup{{{{ end }}}}{{{{ end }}}}",
            for_how_long(RISK, "at risk for")]),
        facts(f.EXPIRES, REMOVED, part(GONE_HELD, f"Deleted on purpose: {FORGET}")),
        "The only page about an addon. alertmanager.example.yml mutes its other alerts meanwhile.", RISK)

    yield Alert(
        "NorthflankBackupNotCompleting", "warning", "15m", "addon", held(INCOMPLETE),
        "\n".join([f.WHO, f"{NAME}: no backup completes", for_how_long(INCOMPLETE)]),
        facts(
            each(f"{FAILED} > 0", "type", "{{ if eq .Value 1.0 }}The last {{ .Labels.type }} failed.{{ else }}"
                 "The last {{ .Value }} {{ .Labels.type }}s failed.{{ end }}"),
            each(f"{MISSED} > 0", "type", "{{ if eq .Value 1.0 }}The last scheduled {{ .Labels.type }} did not start."
                 "{{ else }}The last {{ .Value }} scheduled {{ .Labels.type }}s did not start.{{ end }}")),
        "A failed, missed or stuck attempt, and an age above the limit: one cause as a rule, and one action.", INCOMPLETE)

    yield Alert(
        "NorthflankBackupSuspect", "warning", "15m", "addon", held(SUSPECT),
        "\n".join([f.WHO, f"{NAME}:", SUSPICION_TEXT, for_how_long(SUSPECT)]),
        facts(odd_sizes("The last {{ .Labels.type }} is usually" + usual((" ", "")) + "."), REMOVED), "", SUSPECT)

    yield Alert(
        "NorthflankBackupUnprotected", "warning", "1h", "addon", held("no-objective"),
        "\n".join([f.WHO, f"{NAME}: no schedule and no max_age", for_how_long("no-objective")]),
        facts(" Set a schedule at Northflank, or max_age, or a waiver."))

    yield Alert(
        "NorthflankBackupAddonGone", "warning", "15m", "addon",
        f'max by ({LABELS}) (\n  {HELD}{{finding="gone"}}\n'
        f'    unless on ({KEYS}) addon:northflank_backup:names{{on_gone="page"}}\n)',
        "\n".join([f.WHO, f"{NAME}: not in Northflank's lists", for_how_long("gone").replace("}}, for", "}} for")]),
        "\n".join([
            f.WHO, PATH,
            ask('max(last_over_time(northflank_addon_backups{%s,status="completed"}[8d]))') + " }} was last listed with {{ "
            + FIRST + " }} completed backups{{ else }} is not listed any more{{ end }}",
            ask('max by (type) (last_over_time(northflank_addon_backup_last_completed_size_bytes{%s,type!="import"}[8d]))',
                verb="range") + ' | sortByLabel "type" }}, newest {{ .Labels.type }} ' + size(".Value") + "{{ end }}.",
            f"Deleted on purpose: {FORGET}", f.DECIDED]),
        "If its policy says `on_gone: page`, NorthflankBackupAtRisk fires in its place.")

    yield Alert(
        "NorthflankBackupNotObserved", "warning", "15m", "addon", f"""\
max by ({LABELS}) (
  {HELD}{{finding="unreadable"}}
  or
  {HELD}{{finding="not-observed"}}
    and on ({KEYS}) (
      last_over_time(addon:northflank_backup_up:max[30m])
      or {HELD}{{finding="not-observed"}} offset 6h
    )
    # Fires only while an exporter is up, because without an exporter no addon is observed.
    and on ({KEYS}) last_over_time({f.SINCE}{{finding="not-observed"}}[10m])
    unless on (account) max_over_time(account:northflank_backup_outage:held[1h])
)""",
        "\n".join([
            f.WHO, f"{NAME}:", ask(f'{HELD}{{%s,finding="not-observed"}}')
            + " }}" + ask(f"time() - {OBSERVED}") + f" }}}} not checked for {age(FIRST)}"
            + "{{ else }} not checked yet{{ end }}{{ else }} entries of the list of backups cannot be read"
            + for_how_long("unreadable") + "{{ end }}"]),
        facts(each(f.last("northflank_addon_last_error_info", by="reason"), "reason", by_reason(
            REASONS, "The check fails ({{ .Labels.reason }}).")), " Other addons of {{ $labels.account }} can be read."),
        """Does not fire during an outage of the account, nor in the hour after it, in which addons are polled again one by
one; nor before the addon's first poll since the start of the exporter, unless that takes six hours.""", UNSEEN)

    yield Alert(
        "NorthflankBackupRestoreOverdue", "info", "1h", "addon", held("restore-overdue"),
        "\n".join([f.WHO, f"{NAME}:", ask(f"time() - {RESTORED}") + f" }}}} last restore {age(FIRST)} ago"
                   "{{ else }} no completed restore{{ end }}", part(EVERY, f"(limit {limit(FIRST)})")]), facts())

    yield Alert(
        "NorthflankBackupPausedLong", "warning", "1h", "addon", f"""\
(
  {named("(" + paused + ")")}
)
and on ({KEYS}) (
  time() - {since} > {parameters.seconds("paused")}
  or
  {expiry} - time() < {parameters.seconds("paused-expiry")}
)
unless on ({KEYS}) addon:northflank_backup:waived""",
        "\n".join([f.WHO, NAME + ":", ask(f"time() - {f.last('northflank_addon_paused_since_timestamp_seconds')}")
                   + f" }}}} paused for {age(FIRST)}{{{{ else }}}} paused{{{{ end }}}}"]),
        "\n".join([f.WHO, f"{PATH}.", "Northflank takes no backups of a paused addon.", f.COMPLETED, f.EXPIRES,
                   "Resume it, export the backup, or waive it.", f.DECIDED]))

    yield Alert(
        "NorthflankBackupWaiverEnds", "info", "1h", "addon", f"""\
({named("(" + until + " - time() > 0)")}) < {parameters.seconds("waiver-notice")}""",
        f"{NAME}: waiver ends in {age('$value')}",
        "\n".join([
            f.WHO, f"{PATH}.",
            each(f.last("northflank_addon_backup_waiver_expiry_timestamp_seconds", by="waived_by, waiver_reason"), "waived_by",
                 "Waived by {{ .Labels.waived_by }}: {{ .Labels.waiver_reason }}."),
            each(f"time() - {f.last(f.SINCE, '', 'min', 'finding')}", "finding",
                 f"After the waiver: {{{{ .Labels.finding }}}}, for {age('.Value')}."), f.DECIDED]))
