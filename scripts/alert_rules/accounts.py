"""The alerts about accounts."""

from .addons import by_reason
from .alert import Alert
from .fragments import FIRST, age, limit

ACCOUNT = "Account {{ $labels.account }}"
# What an account's error means, and what to do.
REASONS = {
    "unauthorized": "Northflank refuses the token (HTTP 401). Give the exporter a new token.",
    "forbidden": "Northflank denies the lists (HTTP 403). Add Projects > Manage > Read and "
                 "Project > Addons > General > Read to its role.",
    "not_found": "Northflank does not know the address or the team (HTTP 404). Correct base_url or team.",
    "unavailable": "Northflank answers with a server error (HTTP 5xx). Wait for Northflank.",
    "connect": "No connection to Northflank. Check the network of the exporter.",
    "timeout": "Northflank does not answer in time. Check the network of the exporter.",
    "dns": "Northflank's name is not resolved. Check the DNS of the exporter.",
    "tls": "The TLS connection to Northflank fails. Check certificates and proxies.",
    "proxy": "The proxy refuses. Check the proxy.",
}


def ask(query, verb="with"):
    """As for addons, with the account's name for `%q`."""
    words = " ".join(["$labels.account"] * query.count("%q"))
    return '{{- ' + verb + ' printf "' + query.replace('"', '\\"') + f'" {words} | query'


def part(query, text):
    return f"{ask(query)} }}}} {text}{{{{ end }}}}"


def number(query):
    return part(query, "{{ " + FIRST + " }}")


def recent(metric, how="max", matchers=""):
    return f"{how}(last_over_time({metric}{{account=%q{matchers}}}[10m]))"


def reasons(selector=""):
    """What each reason means that the account has."""
    return (f'{ask("account:northflank_backup_error:held{account=%q" + selector + "}", "range")} | sortByLabel "reason" }}}} '
            + by_reason(REASONS, "The reading fails ({{ .Labels.reason }}).") + "{{ end }}")


UNREAD = "time() - max(last_over_time(northflank_addon_last_observed_timestamp_seconds{account=%q}[1h]))"
BAD = "count(count by (project, addon) (addon:northflank_backup_finding:held{account=%q,finding!~\"not-observed|unreadable\"}))"
ERRORS = ',reason!~"budget|first_checks|rate_limited|clock"'
# Of two exporters that disagree, one.
ZONES = ask("topk(1, abs(max by (fits, time_zone) (last_over_time(northflank_account_time_zone_difference_seconds"
            "{account=%q}[10m]))))", "range")


def alerts(parameters):
    up = f"up{{{parameters.selector}}}"

    yield Alert(
        "NorthflankBackupAccountNotObserved", "critical", "10m", "account", f"""\
account:northflank_backup_outage:held
or
# Its only exporter is down, and other exporters are up.
0 * max by (account) (last_over_time(northflank_exporter_addons[1d]) and on (instance) {up} == 0) + 1
  unless on (account) last_over_time(northflank_exporter_addons[10m])""",
        f"{ACCOUNT}: no database can be checked{ask(UNREAD)} }}}}, for {age(FIRST)}{{{{ end }}}}",
        "\n".join([
            "States stay as they were; no new trouble is found.", reasons(ERRORS),
            part("absent(last_over_time(northflank_exporter_addons{account=%q}[10m]))", "Its exporter is down."),
            part("count(addon:northflank_backup:names{account=%q}) or sum(last_over_time(northflank_exporter_addons{account=%q}[1d]))",
                 "{{ " + FIRST + " }} databases."),
            part(BAD, "{{ " + FIRST + " }} were not protected when last checked.")]),
        "A page, because no trouble of the account's databases can be found.")

    yield Alert(
        "NorthflankBackupFleetShrunk", "critical", "0m", "account", f"""\
max by (account) (
  last_over_time(northflank_exporter_addons_missing[10m]) / last_over_time(northflank_exporter_addons[10m])
) > {parameters["shrunk-share"]}""",
        f"{ACCOUNT}: discovery finds" + number(f"{recent('northflank_exporter_addons')} - "
                                               f"{recent('northflank_exporter_addons_missing')}")
        + " of" + number(recent("northflank_exporter_addons")) + " databases",
        "Most likely the token lost a permission, or team or filters changed. The databases and their history are kept; "
        "they count as gone after three readings without them, at least ten minutes later.",
        "Fires at the first reading, before the addons count as gone.")

    yield Alert(
        "NorthflankBackupDiscoveryFailing", "warning", "30m", "account", """\
min by (account) (last_over_time(northflank_exporter_discovery_up[10m])) == 0
unless on (account) account:northflank_backup_outage:held""",
        f"{ACCOUNT}: new databases are not found" + ask(
            "time() - max(last_over_time(northflank_exporter_discovery_last_success_timestamp_seconds{account=%q}[10m]))")
        + f" }}}}, for {age(FIRST)}{{{{ end }}}}",
        "\n".join(["The lists of projects and addons cannot be read completely. Known databases are checked.", reasons(ERRORS)]))

    yield Alert(
        "NorthflankBackupNothingWatched", "warning", "30m", "account", """\
sum by (account) (last_over_time(northflank_exporter_addons[10m])) == 0
unless on (account) account:northflank_backup_outage:held
unless on (account) min by (account) (last_over_time(northflank_exporter_discovery_up[10m])) == 0""",
        f"{ACCOUNT}: 0 databases are watched",
        "The account is configured, and discovery finds no addon in it, or its filters leave none. "
        "northflank-backup-exporter check-config lists what the filters take.")

    yield Alert(
        "NorthflankBackupTokenExpires", "warning", "1h", "account", f"""\
min by (account) (last_over_time(northflank_api_token_expiry_timestamp_seconds[1h])) - time()
  < {parameters.seconds("token-notice")}""",
        f"{ACCOUNT}: the token expires in {age('$value')}",
        "From then on no database of the account can be checked. Create a token at Northflank and replace the content of "
        "token_file, or the variable of token_env; a file needs no restart.")

    yield Alert(
        "NorthflankBackupTimeZone", "info", "1h", "account", """\
max by (account) (
  0 * northflank_account_time_zone_difference_seconds + 1
  or
  0 * last_over_time(northflank_account_time_zone_difference_seconds[10m]) + 1
    unless on (account) northflank_exporter_addons
)""",
        f"{ACCOUNT}: schedules fit" + ZONES + " }} {{ .Labels.fits }}, not {{ .Labels.time_zone }}{{ end }}",
        "The backups start" + ZONES + f" }}}} {limit('.Value')}{{{{ end }}}} away from their schedules in the time zone in "
        "force, so slots can be judged wrongly. Set time_zone of the account to the zone that fits, or to auto.")

    yield Alert(
        "NorthflankBackupExportersOverlap", "warning", "30m", "account", """\
count by (account, namespace) (
  last_over_time(northflank_exporter_addons[10m])
    and on (instance) last_over_time(northflank_exporter_shards[10m]) == 1
) > 1""",
        f"{ACCOUNT}: {{{{ $value }}}} exporters poll it; the request limit is shared",
        "Exporters without shards read the same account"
        + ask("count by (instance) (last_over_time(northflank_exporter_addons{account=%q}[10m]))", "range")
        + ' | sortByLabel "instance" }}, {{ .Labels.instance }}{{ end }}. Each of them sends all requests. Stop all but '
        "one, or divide the fleet with --shard.count.",
        "Fleets in one namespace, or outside of Kubernetes, count as one fleet.")

    yield Alert(
        "NorthflankBackupBudgetUsedUp", "info", "30m", "account",
        'max by (account) (account:northflank_backup_error:held{reason="budget"})',
        f"{ACCOUNT}:" + number("sum(max by (reason) (last_over_time(northflank_exporter_poll_queue_length{account=%q}[10m])))")
        + " checks wait for requests",
        "\n".join([
            "The request budget is used up."
            + part(recent("northflank_api_rate_limit_remaining", "min"), "{{ " + FIRST + " }} of")
            + number(recent("northflank_api_rate_limit")) + " requests of the account are left"
            + ask(recent("northflank_api_rate_limit_reset_timestamp_seconds") + " - time() > 0")
            + f" }}}}; a new window begins in {age(FIRST)}{{{{ end }}}}.",
            part(recent("northflank_exporter_poll_interval_seconds"), f"Each database is checked every {age(FIRST)}."),
            "Raise budget_share, or ask Northflank for a higher limit."]))
