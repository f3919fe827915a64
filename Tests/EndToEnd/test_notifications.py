"""From a backup that fails to the person on call: the shipped rules and the shipped Alertmanager example, with a real
Prometheus and a real Alertmanager, in a world in which an hour takes six seconds and a minute's waiting half a one.
"""

import datetime
import signal

import pytest

from support.alerting import Alertmanager, Notification, OnCall, hurried
from support.prometheus import Prometheus
from support.rules import ALERTS_FOLDER
from support.waiting import always
from test_outage_alerts import UNAVAILABLE

WORLD_SCALE, RULES_SCALE = 600, 120
# Backed up at 14:25, 15:45, 20:20, 19:50 and 06:55.
STALE, STUCK, DELETED = ("shop", "catalog-db"), ("billing", "ledger-db"), ("shop", "carts-cache")
FAILING, WELL = ("billing", "invoices-db"), ("analytics", "jobs-queue")
ADDONS = [STALE, STUCK, DELETED, FAILING, WELL]

RISK, INCOMPLETE, GONE_ALERT = (f"NorthflankBackup{name}" for name in ("AtRisk", "NotCompleting", "AddonGone"))
STALE_TOLD = Notification("page", RISK, STALE[1])
STUCK_TOLD = Notification("ticket", INCOMPLETE, STUCK[1])
FAILED = Notification("ticket", INCOMPLETE, FAILING[1])
AT_RISK = Notification("page", RISK, FAILING[1])
DELETED_FAILED = Notification("ticket", INCOMPLETE, DELETED[1])
GONE = Notification("ticket", GONE_ALERT, DELETED[1])
OUTAGE = Notification("page", "NorthflankBackupAccountNotObserved", "default")
ABSENT = Notification("page", "NorthflankBackupExporterAbsent", "")


@pytest.fixture
def oncall(programs):
    oncall = OnCall()
    programs.append(oncall)
    return oncall


@pytest.fixture
def world(start_world):
    """All addons are well but one, which has not been backed up for three days. It is midnight, on a day to come,
    since Prometheus, which lives today, must not find that backups have expired."""
    start = datetime.datetime.now(datetime.timezone.utc).date() + datetime.timedelta(days=1)
    personalities = [part for addon in ADDONS for part in (
        "--simulator.personality", f"{'/'.join(addon)}={'missed' if addon == STALE else 'healthy'}")]
    return start_world(WORLD_SCALE, "--simulator.virtual-start", f"{start}T00:00:00Z", *personalities)


@pytest.fixture
def exporter(world):
    """It finds the addons by itself, but for one that is named."""
    return world.exporter(
        addons=[DELETED], discovery={"addons": {"include": [addon for _, addon in ADDONS]}})


@pytest.fixture
def alerting(exporter, oncall, tmp_path, programs):
    alertmanager = Alertmanager(tmp_path, oncall.url, RULES_SCALE)
    programs.append(alertmanager)
    rules = tmp_path / "rules.yml"
    rules.write_text(hurried((ALERTS_FOLDER / "northflank-backup.rules.yml").read_text(), RULES_SCALE))
    more = f"""\
rule_files: ["{rules}"]
alerting: {{alertmanagers: [{{static_configs: [{{targets: ["{alertmanager.address}"]}}]}}]}}
"""
    programs.append(Prometheus(tmp_path, exporter.url, more=more))
    return programs[-1]


@pytest.mark.timeout(500)
def test_exactly_who_has_to_know_is_notified(world, exporter, alerting, oncall):
    simulator = world.simulator
    # Late for three days: a page, and no ticket about the slots that were missed.
    oncall.is_told(STALE_TOLD)

    # It has no scheduled backup from now on.
    simulator.let({FAILING: "missed"})
    simulator.back_up(FAILING, status="failed")
    simulator.back_up(DELETED, status="failed")
    hung = simulator.back_up(STUCK, status="in-progress")
    oncall.is_told(STALE_TOLD, FAILED, DELETED_FAILED, STUCK_TOLD)

    # An addon that is gone has this alert and no other.
    simulator.faults({"kind": "deleted", "project": DELETED[0], "addon": DELETED[1]})
    oncall.is_told(STALE_TOLD, FAILED, STUCK_TOLD, GONE, within=90)

    simulator.delete_backup(STUCK, hung)
    simulator.back_up(DELETED, status="completed")
    simulator.faults()
    oncall.is_told(STALE_TOLD, FAILED, within=90)

    # A ticket that becomes a page: the ticket is muted, and both ends are sent, because the page does not end later than
    # the ticket (test_muted_tickets.py: what ends while it is muted has no "resolved"). It is at risk as soon as it is too
    # old, because Prometheus does not live in the time of this world.
    oncall.is_told(STALE_TOLD, FAILED, AT_RISK, within=200)
    simulator.let({FAILING: "healthy"})
    simulator.back_up(FAILING, status="completed")
    # The other one afterwards: the end of its muted ticket would close the message, and this ticket would have no end.
    oncall.is_told(STALE_TOLD, within=90)
    simulator.let({STALE: "healthy"})
    simulator.back_up(STALE, status="completed")
    oncall.is_told(within=150)
    assert oncall.resolved.count(FAILED) == oncall.resolved.count(AT_RISK) == 1
    assert oncall.ends[AT_RISK] <= oncall.ends[FAILED]

    # One notification about an outage, however many addons there are.
    simulator.faults({"kind": "status", "status": 503})
    oncall.is_told(OUTAGE, within=120)
    simulator.faults()
    oncall.is_told(within=90)

    exporter.signal(signal.SIGKILL)
    oncall.is_told(ABSENT)
    # Long enough for the alert about the instance, and for all that was recorded of addons to go.
    always(lambda: oncall.firing == {ABSENT}, during=12)

    assert sorted(oncall.told) == sorted(
        [STALE_TOLD, STUCK_TOLD, FAILED, AT_RISK, DELETED_FAILED, GONE, OUTAGE, ABSENT])
    assert oncall.labels[FAILED][0] == {
        "alertname": INCOMPLETE, "severity": "warning", "scope": "addon", "account": "default",
        "project": "billing", "addon": "invoices-db", "project_name": "Billing & invoices", "addon_name": "Invoices DB"}
    assert oncall.labels[OUTAGE][0] == {
        "alertname": OUTAGE.alert, "severity": "critical", "scope": "account", "account": "default"}
    assert oncall.labels[FAILED][1]["summary"].startswith("Invoices DB (Billing & invoices): no backup completes")
    assert "The last dump failed." in oncall.labels[FAILED][1]["description"]
    assert UNAVAILABLE in oncall.labels[OUTAGE][1]["description"]
    assert not [line for line in alerting.stderr.splitlines() if "Evaluating rule failed" in line]
