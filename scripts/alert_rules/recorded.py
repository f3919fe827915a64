"""The recorded series that alerts and dashboards use."""

from .fragments import HELD, KEYS, LABELS, SINCE

BACKUPS = "northflank_addon_backup"
OBSERVED = "account:northflank_backup_observed_timestamp_seconds:max"
# What prevents a new backup.
PREVENTS = "attempt-failed|slots-missed|too-old|unfinished"
# An account with one of these reasons answers; the exporter waits by itself.
WAITS = "budget|first_checks|rate_limited|clock"


def series(parameters):
    """Triples of a comment, a name and an expression."""
    absent = f"absent(up{{{parameters.selector}}} == 1)"
    observed = f"max by ({KEYS}) (last_over_time(northflank_addon_last_observed_timestamp_seconds[10m]))"
    objective = f"min by ({KEYS}, type) (last_over_time({BACKUPS}_objective_seconds[10m]))"
    own = f'last_over_time({BACKUPS}_last_completed_age_seconds{{type!="import"}}[10m])'

    def stays(name):
        return f"{name} and on () {absent}"

    yield ("""The display name of an addon, and what its policies say about it. If instances disagree, what the instance says
that was started last, so that replicas do not alternate; if none is scraped now, what was said last. Always 1.""",
           "addon:northflank_backup:names", f"""\
0 * topk by ({KEYS}) (1,
  max by ({KEYS}, project_name, addon_name, addon_type, policy, owner, on_gone) (
    northflank_addon_info
      * on (instance) group_left () max by (instance) (process_start_time_seconds{{{parameters.selector}}})
    or
    1e-9 * max_over_time(timestamp(northflank_addon_info)[15m:1m])
  )
) + 1""")

    yield ("1 for an addon whose protection is waived now.", "addon:northflank_backup:waived", f"""\
max by ({KEYS}) (last_over_time({BACKUPS}_health{{state="waived"}}[10m])) == 1
or
{stays("addon:northflank_backup:waived")}""")

    yield ("The findings of an addon that hold now, a series for each; none if the addon is ok or waived. Always 1.",
           HELD, f"""\
(
  0 * max by ({KEYS}, finding) (
    {SINCE}
    or
    # A finding that has ended has no series: what was true ten minutes ago counts only for an addon of which
    # nothing is scraped now.
    last_over_time({SINCE}[10m])
      unless on ({KEYS}) {BACKUPS}_health
  ) + 1
)
  * on ({KEYS}) group_left (project_name, addon_name, policy, owner) addon:northflank_backup:names
unless on ({KEYS}) addon:northflank_backup:waived
or
{stays(HELD)}""")

    yield ("The age of the newest completed backup of each type, and of the newest of all types (type any), without imports.",
           "type:northflank_backup_age:seconds", f"""\
min by ({KEYS}, type) ({own})
or
label_replace(min by ({KEYS}) ({own}), "type", "any", "", "")""")

    yield ("The age divided by the limit, by type; above 1 the backup is older than its limit.",
           "type:northflank_backup_age:ratio", f"""\
type:northflank_backup_age:seconds
  / on ({KEYS}, type)
{objective}""")

    yield ("The highest ratio of all types at the last check, so that an outage of the API does not raise it.",
           "addon:northflank_backup_observed_age_ratio:max", f"""\
max by ({KEYS}) (
  (
    type:northflank_backup_age:seconds
      - on ({KEYS}) group_left ()
    (time() - {observed})
  )
  / on ({KEYS}, type)
  {objective}
)""")

    yield from _risk(parameters, stays)

    yield ("Whether the last poll of the addon's backups worked.", "addon:northflank_backup_up:max",
           f"max by ({KEYS}) (last_over_time(northflank_addon_up[10m]))")

    yield ("Why an account cannot be read, or its polls wait. Always 1.", "account:northflank_backup_error:held", """\
max by (account, reason) (
  northflank_account_last_error_info
  or
  # As with findings: an error that has ended has no series.
  last_over_time(northflank_account_last_error_info[10m]) unless on (account) northflank_exporter_addons
)""")

    yield ("When an addon of the account was checked last.", OBSERVED,
           "max by (account) (last_over_time(northflank_addon_last_observed_timestamp_seconds[10m]))")

    unread = f"{OBSERVED} offset {parameters['account-unread']}"
    yield ("""1 for an account that cannot be read: it has an error, and no addon was checked for a while. The other reasons
are those of an account that answers. Without the earlier value it is not known for how long.""",
           "account:northflank_backup_outage:held", f"""\
0 * max by (account) (account:northflank_backup_error:held{{reason!~"{WAITS}"}}) + 1
unless on (account) (
  {OBSERVED} > {unread}
  or
  {OBSERVED} unless {unread}
)""")


def _risk(parameters, stays):
    def held(findings):
        match = "=~" if "|" in findings else "="
        return f'{HELD}{{finding{match}"{findings}"}}'

    removed, left = "increase(northflank_addon_backups_removed_early_total[1d])", "northflank_addon_backups"
    yield ("""1 for an addon whose recovery point is at risk: it has no completed backup though one was due, or the last good
one is far too old or about to expire and no new one comes, or most restorable points were removed early, or
the addon is gone and its policy says `on_gone: page`.""", "addon:northflank_backup_at_risk:held", f"""\
max by ({LABELS}) (
  {held("never-completed")} unless on ({KEYS}) {held("no-objective")}
  or
  {held("too-old")} and on ({KEYS}) addon:northflank_backup_observed_age_ratio:max > {parameters["age-ratio"]}
  or
  {held(PREVENTS)}
    and on ({KEYS}) (
      max by ({KEYS}) (last_over_time({BACKUPS}_expiry_timestamp_seconds[10m])) - time()
        < on ({KEYS})
      # Half of the retention, if that is less.
      clamp_max(
        0.5 * max by ({KEYS}) (last_over_time({BACKUPS}_schedule_retention_seconds[10m])),
        {parameters.seconds("expiry-notice")}
      )
    )
  or
  {held("removed-early")}
    and on ({KEYS}) (
      {float(parameters["removed-share"]):g} < (
        sum by ({KEYS}) (max by ({KEYS}, type) ({removed}))
          / on ({KEYS})
        (
          sum by ({KEYS}) (max by ({KEYS}, type) ({removed}))
            + on ({KEYS})
          max by ({KEYS}) (last_over_time({left}{{status="completed"}}[10m]))
        )
      )
    )
  or
  {held("gone")} and on ({KEYS}) addon:northflank_backup:names{{on_gone="page"}}
)
or
{stays("addon:northflank_backup_at_risk:held")}""")
