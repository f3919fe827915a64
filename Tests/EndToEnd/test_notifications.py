"""From a backup that fails to whoever is on call: the shipped rules and the shipped Alertmanager example, with a real
Prometheus and a real Alertmanager, in a world in which an hour takes six seconds and a minute's waiting half a one.
"""

import datetime
import signal

import pytest

from support.alerting import Alertmanager, Notification, OnCall, hurried
from support.prometheus import Prometheus
from support.rules import ALERTS_FOLDER
from support.troubles import ERRORS, trouble_of
from support.waiting import always

WORLD_SCALE, RULES_SCALE = 600, 120
# Backed up at 14:25, 15:45, 20:20, 19:50 and 06:55.
STALE, STUCK, DELETED = ("shop", "catalog-db"), ("billing", "ledger-db"), ("shop", "carts-cache")
FAILING, WELL = ("billing", "invoices-db"), ("analytics", "jobs-queue")
ADDONS = [STALE, STUCK, DELETED, FAILING, WELL]

TOO_OLD = Notification("ticket", "NorthflankBackupTooOld", STALE[1])
FAR_TOO_OLD = Notification("page", "NorthflankBackupFarTooOld", STALE[1])
SLOT_MISSED = Notification("ticket", "NorthflankBackupSlotMissed", STALE[1])
STUCK_TOLD = Notification("ticket", "NorthflankBackupStuck", STUCK[1])
FAILED = Notification("ticket", "NorthflankBackupFailed", FAILING[1])
REPEATEDLY = Notification("page", "NorthflankBackupFailingRepeatedly", FAILING[1])
DELETED_FAILED = Notification("ticket", "NorthflankBackupFailed", DELETED[1])
GONE = Notification("ticket", "NorthflankBackupAddonGone", DELETED[1])
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


@pytest.mark.timeout(400)
def test_exactly_who_has_to_know_is_told(world, exporter, alerting, oncall):
    simulator = world.simulator
    oncall.is_told(TOO_OLD, FAR_TOO_OLD, SLOT_MISSED)

    simulator.back_up(FAILING, status="failed")
    simulator.back_up(DELETED, status="failed")
    hung = simulator.back_up(STUCK, status="in-progress")
    oncall.is_told(TOO_OLD, FAR_TOO_OLD, SLOT_MISSED, FAILED, DELETED_FAILED, STUCK_TOLD)

    for _ in range(2):
        simulator.back_up(FAILING, status="failed")
    oncall.is_told(TOO_OLD, FAR_TOO_OLD, SLOT_MISSED, FAILED, DELETED_FAILED, STUCK_TOLD, REPEATEDLY)

    # Of what is gone that is told, and nothing else.
    simulator.faults({"kind": "deleted", "project": DELETED[0], "addon": DELETED[1]})
    oncall.is_told(TOO_OLD, FAR_TOO_OLD, SLOT_MISSED, FAILED, STUCK_TOLD, REPEATEDLY, GONE, within=90)

    simulator.let({STALE: "healthy"})
    simulator.delete_backup(STUCK, hung)
    simulator.back_up(FAILING, status="completed")
    simulator.back_up(DELETED, status="completed")
    simulator.faults()
    oncall.is_told(within=150)

    # One word about an outage, however many addons there are.
    simulator.faults({"kind": "status", "status": 503})
    oncall.is_told(OUTAGE, within=90)
    simulator.faults()
    oncall.is_told(within=90)

    exporter.signal(signal.SIGKILL)
    oncall.is_told(ABSENT)
    # Long enough for the alert about the instance, and for all that was recorded of addons to go.
    always(lambda: oncall.firing == {ABSENT}, during=12)

    assert sorted(oncall.told) == sorted(
        [TOO_OLD, FAR_TOO_OLD, SLOT_MISSED, STUCK_TOLD, FAILED, REPEATEDLY, DELETED_FAILED, GONE, OUTAGE, ABSENT])
    assert oncall.labels[FAILED][0] == {
        "alertname": "NorthflankBackupFailed", "severity": "warning", "scope": "addon", "account": "default",
        "project": "billing", "addon": "invoices-db", "project_name": "Billing & invoices", "addon_name": "Invoices DB",
        "finding": "attempt-failed"}
    assert oncall.labels[OUTAGE][0] == {
        "alertname": "NorthflankBackupAccountNotObserved", "severity": "critical", "scope": "account",
        "account": "default"}
    assert oncall.labels[REPEATEDLY][1]["summary"] == trouble_of(REPEATEDLY.alert).summary.replace(
        "Orders DB (Shop)", "Invoices DB (Billing & invoices)")
    assert oncall.labels[REPEATEDLY][1]["dashboard_url"] == (
        "http://localhost:3000/d/northflank-backup-addon"
        "?var-account=default&var-project=billing&var-addon=invoices-db")
    assert ERRORS in oncall.labels[OUTAGE][1]["description"]
    assert not [line for line in alerting.stderr.splitlines() if "Evaluating rule failed" in line]
