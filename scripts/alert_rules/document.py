"""The rules as a YAML file."""

import json
import re

from . import accounts, addons, instances, recorded

HEAD = """\
# Rules for Prometheus, made by scripts/rules. Load the whole file: the alerts and the dashboards use the recorded series.
# For other thresholds, severities, selectors or links make a file of your own: scripts/rules --help
#
# - All expressions use the last ten minutes, so that neither a missed scrape nor a restart of the exporter makes an
#   alert resolve and fire again. They aggregate over instances, so that replicas do not fire twice.
# - While no exporter is up, the last known state of addons stays, so that no alert is resolved without an observation;
#   NorthflankBackupExporterAbsent fires.
# - The exporter decides whether a backup is late, stuck or of an odd size (docs/health.md); the rules read its
#   findings.
# - The label `scope` is the subject of an alert: an addon, an account, an instance, or the exporter. Alertmanager mutes
#   the smaller scopes while a larger one is in trouble: alertmanager.example.yml.
# - One group, so that one evaluation sees one state: a page and the tickets that it mutes end together.
# - Scrape jobs must be named {job}, with honor_labels: true.
groups:
"""
# The order of docs/alerts.md; the exporter's alerts stand between those about accounts that page and those that do not.
COLLECTING = [
    "AccountNotObserved", "FleetShrunk", "ExporterAbsent", "ShardMissing", "ExporterDown", "DiscoveryFailing", "NothingWatched",
    "TokenExpires", "ClockSkew", "TimeZone", "ExportersOverlap", "BudgetUsedUp", "ReloadFailed", "HistoryNotKept"]
ANCHOR = ('{{ with printf "bottomk(1, min by (finding) (last_over_time(northflank_addon_backup_finding_since_timestamp_seconds'
          '{account=%q,project=%q,addon=%q,finding=~\\"FINDINGS\\"}[10m])) and on (finding) addon:northflank_backup_finding:held'
          '{account=%q,project=%q,addon=%q})" ' + " ".join(["$labels.account $labels.project $labels.addon"] * 2)
          + ' | query }}#{{ . | first | label "finding" }}{{ end }}')
BOARDS = {
    "addon": "addon?var-account={{ $labels.account | urlquery }}&var-project={{ $labels.project }}&var-addon={{ $labels.addon }}",
    "account": "exporter?var-account={{ $labels.account | urlquery }}", "instance": "exporter", "exporter": "exporter"}


def all_alerts(parameters):
    """Pairs of a subject and its alerts."""
    others = {alert.name: alert for module in (accounts, instances) for alert in module.alerts(parameters)}
    return [("addons", list(addons.alerts(parameters))),
            ("collecting", [others[f"NorthflankBackup{name}"] for name in COLLECTING])]


def text(parameters):
    rules = [_record(*each) for each in recorded.series(parameters)]
    rules += [_alert(alert, parameters) for _, alerts in all_alerts(parameters) for alert in alerts
              if alert.name not in parameters.disabled]
    return HEAD.format(job=parameters.job) + "  - name: northflank-backup\n    rules:\n" + "\n".join(rules)


def _lines(text, indent, start=""):
    return "".join(f"{' ' * indent}{start}{line}\n" if line else "\n" for line in text.splitlines())


def _comment(text):
    return _lines(text, 6, "# ")


def _expr(expression):
    if "\n" not in expression and "#" not in expression and not re.search(r": |[{]$", expression):
        return f"        expr: {expression}\n"
    return "        expr: |\n" + _lines(expression, 10)


def _record(comment, name, expression):
    return f"{_comment(comment)}      - record: {name}\n{_expr(expression)}"


def _alert(alert, parameters):
    severity = parameters.severities.get(alert.name, alert.severity)
    labels = {"severity": severity, "scope": alert.scope, **parameters.labels}
    flow = ", ".join(f"{name}: {_plain(value)}" for name, value in labels.items())
    annotations = {"summary": alert.summary, "description": alert.description}
    if parameters.grafana:
        annotations["dashboard_url"] = f"{parameters.grafana}/d/northflank-backup-{BOARDS[alert.scope]}"
    if parameters.runbooks:
        anchor = ANCHOR.replace("FINDINGS", alert.findings) if alert.findings else ""
        annotations["runbook_url"] = f"{parameters.runbooks}/{alert.name}.md{anchor}"
    said = "".join(f"          {name}: >-\n{_lines(_joined(value), 12)}" for name, value in annotations.items())
    return (f"{_comment(alert.comment)}      - alert: {alert.name}\n{_expr(alert.expr)}"
            f"        for: {parameters.waits.get(alert.name, alert.wait)}\n        labels: {{{flow}}}\n        annotations:\n{said}")


def _joined(text):
    """Without lines that would begin with a space, which a folded text keeps apart."""
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def _plain(value):
    return value if re.fullmatch(r"[a-zA-Z][\w.@/-]*", value) else json.dumps(value)
