"""Each unhealthy database of the demo fleets gets exactly one notification, with the shipped rules and the shipped
Alertmanager example in a real Prometheus and a real Alertmanager. All waiting is 120 times as short."""

from collections import Counter

import pytest

from support import http
from support.alerting import Alertmanager, OnCall, hurried
from support.prometheus import Prometheus
from support.rules import ALERTS_FOLDER
from support.waiting import eventually

SCALE = 120
NOT_WELL = 'northflank_addon_backup_health{state!~"ok|paused|waived"} == 1'


def addon_of(labels):
    return labels["project"], labels["addon"]


@pytest.fixture
def alerting(start_exporter, tmp_path, programs):
    """A Prometheus that watches a demo, and the address of its Alertmanager."""

    def start(*options):
        demo = start_exporter(arguments=options, command="demo", environment={})
        oncall = OnCall()
        programs.append(oncall)
        programs.append(Alertmanager(tmp_path, oncall.url, SCALE))
        alertmanager = programs[-1].address
        rules = tmp_path / "rules.yml"
        rules.write_text(hurried((ALERTS_FOLDER / "northflank-backup.rules.yml").read_text(), SCALE))
        programs.append(Prometheus(tmp_path, demo.url, more=f"""\
rule_files: ["{rules}"]
alerting: {{alertmanagers: [{{static_configs: [{{targets: ["{alertmanager}"]}}]}}]}}
"""))
        return programs[-1], alertmanager

    return start


@pytest.mark.timeout(300)
@pytest.mark.parametrize("least, most, options", [(5, 5, ()), (110, 140, ("--simulator.addons", "1000"))],
                         ids=["demo", "1000"])
def test_exactly_one_notification_for_each_unhealthy_database(least, most, options, alerting):
    """The demo lives now: in the large one a few databases are unhealthy at some hours only, and more page later in the
    day, because backups become older."""
    prometheus, alertmanager = alerting(*options)

    def sent(query="?active=true&inhibited=false&silenced=false"):
        return http.get(f"http://{alertmanager}/api/v2/alerts{query}").json

    def agrees():
        unhealthy = [addon_of(labels) for labels, _ in prometheus.query(NOT_WELL)]
        assert least <= len(unhealthy) <= most
        assert sorted(addon_of(alert["labels"]) for alert in sent()) == sorted(unhealthy)
        # Those at risk page, and their causes are muted.
        at_risk = {addon_of(labels) for labels, _ in prometheus.query("addon:northflank_backup_at_risk:held")}
        severities = {addon_of(alert["labels"]): alert["labels"]["severity"] for alert in sent()}
        assert {addon for addon, severity in severities.items() if severity == "critical"} == at_risk
        muted = sent("?active=true&inhibited=true&silenced=false")
        muted = [alert for alert in muted if alert["status"]["inhibitedBy"]]
        assert muted and {addon_of(alert["labels"]) for alert in muted} <= at_risk
        print(Counter(severities.values()), len(muted), len(
            [group for group in http.get(f"http://{alertmanager}/api/v2/alerts/groups?inhibited=false").json if group["alerts"]]))
        return True

    eventually(agrees, within=200)
    assert not [line for line in prometheus.stderr.splitlines() if "Evaluating rule failed" in line]
