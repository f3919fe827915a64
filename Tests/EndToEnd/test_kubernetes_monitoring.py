"""Rules, dashboards and scraping by the Prometheus operator, and that all copies are what they are copies of."""

import json
import re
import subprocess
import sys

import yaml
from cloudcoil.models.prometheus_operator import v1 as operator

from conftest import ROOT
from support.chart import CHART, CUSTOM, NAME, VALUES, manifests, objects, only
from support.configuration import account
from support.prometheus import Prometheus
from support.waiting import eventually

EVERYTHING = VALUES["everything"]


def test_the_charts_files_and_the_manifests_are_up_to_date():
    """`make manifests` makes them so."""
    def files(folder, pattern):
        return {path.name: path.read_text() for path in folder.glob(pattern)}

    levels = (ROOT / "alerts" / "service-levels.yml").read_text()
    rules = subprocess.run(
        [sys.executable, "-B", ROOT / "scripts/rules", "--output", "-", "--runbooks", "https://runbooks.invalid", "--grafana",
         "https://grafana.invalid"], capture_output=True, text=True, check=True).stdout
    assert files(CHART / "files" / "rules", "*") == {
        "northflank-backup.rules.yml": rules, "service-levels.rules.yml": levels}
    assert files(CHART / "files" / "dashboards", "*") == files(ROOT / "dashboards", "*.json")
    assert files(ROOT / "deploy" / "kubernetes", "*") == manifests()


def test_the_prometheus_operator_knows_every_field():
    custom = [each for (kind, _), each in objects(EVERYTHING).items() if kind in CUSTOM]
    assert len(custom) == 3
    for each in custom:
        model = getattr(operator, each["kind"]).model_validate(each)
        # The models leave out what they do not know.
        assert model.model_dump(mode="json", by_alias=True, exclude_unset=True) == each


def rules_of(values):
    return {name: each["spec"] for (kind, name), each in objects(values).items() if kind == "PrometheusRule"}


def test_rules_are_those_of_alerts_to_the_letter(tmp_path):
    assert rules_of({"prometheusRule": {"enabled": True}}).keys() == {f"{NAME}-rules"}
    rules = rules_of({"prometheusRule": {"enabled": True, "rules": ["northflank-backup", "service-levels"]}})
    assert rules == {
        f"{NAME}-rules": yaml.safe_load((ROOT / "alerts/northflank-backup.rules.yml").read_text()),
        f"{NAME}-service-levels": yaml.safe_load((ROOT / "alerts/service-levels.yml").read_text())}
    for name, spec in rules.items():
        file = tmp_path / f"{name}.yml"
        file.write_text(yaml.safe_dump(spec))
        checked = subprocess.run(["promtool", "check", "rules", file], capture_output=True, text=True)
        assert checked.returncode == 0, checked.stdout + checked.stderr


def annotations_of(values):
    rules = rules_of({"prometheusRule": {"enabled": True}, **values})
    return {rule["alert"]: rule["annotations"] for spec in rules.values() for group in spec["groups"]
            for rule in group["rules"] if "alert" in rule}


def test_links_of_alerts_lead_where_the_values_say():
    alerts = annotations_of(EVERYTHING)
    assert len(alerts) == 23
    for name, links in alerts.items():
        assert links["dashboard_url"].startswith("https://grafana.example.com/d/northflank-backup-"), name
        page, *anchor = links["runbook_url"].split("{{")
        assert page == f"https://git.example.com/exporter/docs/runbooks/{name}.md"
        # The part about the oldest finding.
        assert not anchor or links["runbook_url"].endswith("#{{ . | first | label \"finding\" }}{{ end }}")
    assert "localhost" not in json.dumps(alerts) and ".invalid" not in json.dumps(alerts)


def test_one_address_makes_one_link():
    for name, link in (("runbooks", "runbook_url"), ("grafana", "dashboard_url")):
        alerts = annotations_of({"links": {name: "https://example.com/x"}})
        assert {frozenset(each) for each in alerts.values()} == {frozenset({"summary", "description", link})}


def test_dashboards_are_those_of_dashboards_to_the_letter():
    found = {each["metadata"]["name"]: each for (kind, _), each in objects(EVERYTHING).items()
             if kind == "ConfigMap" and "config.yml" not in each["data"]}
    files = {path.stem: path.read_text() for path in (ROOT / "dashboards").glob("*.json")}
    assert {name: each["data"] for name, each in found.items()} == {
        f"backups-dashboard-{stem}": {f"northflank-backup-{stem}.json": f"{text.strip()}\n"}
        for stem, text in files.items()}
    for each in found.values():
        assert each["metadata"]["namespace"] == "monitoring"
        assert each["metadata"]["labels"]["grafana_dashboard"] == "1"
        assert each["metadata"]["annotations"] == {"grafana_folder": "Backups"}
        # What `kubectl apply` has to fit into an annotation.
        assert len(json.dumps(each)) < 262144


def test_the_monitor_keeps_the_exporters_labels():
    (endpoint,) = only(objects(EVERYTHING), "ServiceMonitor")["spec"]["endpoints"]
    assert endpoint["honorLabels"] is True


def test_the_monitors_labels_leave_the_exporters_own_alone(start_exporter, simulator, tmp_path, programs):
    """A Prometheus with the labels that the operator gives a pod, and then with the relabelings of the chart."""
    (monitor,) = only(objects(EVERYTHING), "ServiceMonitor")["spec"]["endpoints"]
    given = {"job": "backups-headless", "endpoint": "http", "namespace": "monitoring", "pod": "backups-1",
             "service": "backups-headless", "container": "exporter", "__meta_kubernetes_pod_name": "backups-1"}
    relabelings = [{"target_label": name, "replacement": value} for name, value in given.items()]
    relabelings += [{re.sub("[A-Z]", lambda letter: f"_{letter[0].lower()}", key): value for key, value in each.items()}
                    for each in monitor["relabelings"]]
    exporter = start_exporter(account(simulator))
    programs.append(Prometheus(tmp_path, exporter.url, job=f"relabel_configs: {json.dumps(relabelings)}"))
    (labels, _), *_ = eventually(lambda: programs[-1].query('northflank_api_requests_total{endpoint="backups"}'))
    assert labels == {
        "__name__": "northflank_api_requests_total", "account": "default", "endpoint": "backups", "code": "200",
        "job": "northflank-backup", "instance": "backups-1", "pod": "backups-1", "namespace": "monitoring",
        "service": "backups-headless", "container": "exporter"}
