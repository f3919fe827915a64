"""The alerts about exporters."""

from .alert import Alert
from .fragments import FIRST, age

EXPORTER = "Exporter {{ $labels.instance }}"
# The fleet of the alert: exporters of one namespace, or all outside of Kubernetes.
FLEET = "{{ $fleet := printf \"namespace=%q\" (or $labels.namespace \"\") -}}"


# The accounts of an exporter that no other exporter reads, or only those of other shards.
UNWATCHED = (
    "count(count by (account) (last_over_time(northflank_exporter_addons{instance=%q}[1d])) unless on (account) "
    "(last_over_time(northflank_exporter_addons{instance!=%q}[10m]) and on (instance) "
    "last_over_time(northflank_exporter_shard_index[10m]) "
    "== scalar(max(last_over_time(northflank_exporter_shard_index{instance=%q}[1d])))))")


def ask(query, name="$labels.instance", verb="with"):
    words = " ".join([name] * query.count("%"))
    return '{{- ' + verb + ' printf "' + query.replace('"', '\\"') + f'" {words} | query'


def alerts(parameters):
    up = f"up{{{parameters.selector}}}"
    quoted = up.replace('"', '\\"')
    gone = "last_over_time(northflank_exporter_addons{%s}[1d]) unless on (instance) last_over_time(northflank_exporter_addons[10m])"

    yield Alert(
        "NorthflankBackupExporterAbsent", "critical", "5m", "exporter", f"absent({up} == 1)",
        f'No exporter is scraped{{{{ with query "time() - max(max_over_time(timestamp({quoted} == 1)[1d:1m]))" }}}}, '
        f"for {age(FIRST)}{{{{ end }}}}: no backup is watched",
        f"Prometheus scrapes no northflank-backup-exporter (job {parameters.job})."
        f'{{{{- range query "{quoted} == 0" | sortByLabel "instance" }}}} {{{{ .Labels.instance }}}} is down.'
        "{{- else }} The job has no target.{{ end }} A backup that fails now is not noticed.")

    yield Alert(
        "NorthflankBackupShardMissing", "critical", "10m", "instance", """\
max by (namespace) (last_over_time(northflank_exporter_shards[10m]))
  - count by (namespace) (
    count_values by (namespace) ("shard", last_over_time(northflank_exporter_shard_index[10m]))
  ) > 0""",
        FLEET + "Shards missing{{ with $labels.namespace }} in namespace {{ . }}{{ end }}: {{ $value }}"
        + ask("max(last_over_time(northflank_exporter_shards{%s}[10m]))", "$fleet") + " }} of {{ " + FIRST + " }}{{ end }}"
        + ask(f"sum({gone}) > 0", "$fleet") + " }}; {{ " + FIRST + " }} databases are not watched{{ end }}",
        FLEET + "The databases of the missing shards are not watched."
        + ask(gone, "$fleet", "range") + ' | sortByLabel "instance" }} {{ .Labels.instance }}, account {{ .Labels.account }}: '
        "{{ .Value }} databases.{{ end }} kubectl get pods shows the state of each pod.",
        "Fleets in one namespace, or outside of Kubernetes, count as one fleet.")

    yield Alert(
        "NorthflankBackupExporterDown", "warning", "10m", "instance", f"{up} == 0",
        f"{EXPORTER} is down" + ask(f"time() - max(max_over_time(timestamp({up[:-1]},instance=%q}} == 1)[1d:1m]))")
        + f" }}}}, for {age(FIRST)}{{{{ end }}}}; " + ask(UNWATCHED, "$labels.instance").replace("{{-", "{{", 1)
        + " }}its databases are not watched{{ else }}its databases are watched by another exporter{{ end }}",
        "Prometheus cannot scrape it. Look at its log and at the state of its container or service.",
        "A ticket: what it leaves unwatched pages by ExporterAbsent, ShardMissing or AccountNotObserved.")

    yield Alert(
        "NorthflankBackupClockSkew", "warning", "10m", "instance",
        f"max by (instance) (abs(last_over_time(northflank_api_clock_skew_seconds[10m]))) > {parameters.seconds('clock-skew')}",
        f"{EXPORTER}: the clock is {age('$value')}"
        + ask("max(last_over_time(northflank_api_clock_skew_seconds{instance=%q}[10m])) > 0")
        + " }} ahead of{{ else }} behind{{ end }} Northflank's " + f"(limit {parameters['clock-skew']})",
        "Until the clocks agree, no backup becomes late and no history is deleted. Correct the clock (NTP).")

    yield Alert(
        "NorthflankBackupReloadFailed", "warning", "5m", "instance", """\
max by (instance) (last_over_time(northflank_exporter_config_last_reload_successful[10m])) == 0
or
max by (instance) (last_over_time(northflank_exporter_web_config_last_reload_successful[10m])) == 0""",
        f"{EXPORTER}: the new configuration is refused"
        + ask("time() - max(last_over_time(northflank_exporter_config_last_reload_success_timestamp_seconds{instance=%q}[10m]))")
        + f" }}}}, the configuration in force is {age(FIRST)} old{{{{ end }}}}",
        "The earlier configuration stays in force. A restart would fail. The log names file, line and key.")

    yield Alert(
        "NorthflankBackupHistoryNotKept", "warning", "5m", "instance", """\
sum by (instance) (
  increase(northflank_exporter_state_write_errors_total[15m])
    + increase(northflank_exporter_state_corruptions_total[15m])
) > 0
or
# An error at the start that still holds. A history that is configured to be in memory has no errors.
max by (instance) (
  last_over_time(northflank_exporter_state_write_errors_total[10m]) > 0
    and last_over_time(northflank_exporter_state_persistent[10m]) == 0
)""",
        f"{EXPORTER}: the history is not written",
        "It could not be written, or a corrupt one was set aside. A restart now can lose counts, states with their "
        "beginnings, and what was learned about sizes.")
