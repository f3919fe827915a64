"""Ready is who knows its addons, whether they could be polled or not."""

from support.configuration import account
from support.waiting import always, eventually


def test_not_before_the_first_discovery_has_answered(simulator, start_exporter):
    simulator.faults({"kind": "latency", "seconds": 2, "endpoint": "addons"})
    exporter = start_exporter(account(simulator), poll={"timeout": "30s"})
    response = exporter.get("/-/ready")
    assert response.status == 503 and "discovery" in response.text
    # Healthy it is, and there are metrics to look at.
    assert exporter.get("/-/healthy").status == 200
    assert exporter.page().value("northflank_exporter_addons", account="default") == 0
    eventually(exporter.is_ready)
    assert exporter.page().value("northflank_exporter_addons", account="default") == 12


def test_once_the_first_discovery_has_failed_for_good(simulator, start_exporter):
    simulator.faults({"kind": "status", "status": 401})
    exporter = start_exporter(account(simulator))
    eventually(exporter.is_ready)
    assert exporter.page().value("northflank_exporter_discovery_up", account="default") == 0


def test_at_once_without_discovery(simulator, start_exporter):
    simulator.faults({"kind": "noAnswer"})
    exporter = start_exporter(account(simulator, addons=[("shop", "orders-db")]), poll={"timeout": "5m"})
    eventually(exporter.is_ready, within=5)


def test_not_before_all_accounts_know_theirs(simulator, start_simulator, start_exporter):
    silent = start_simulator()
    silent.faults({"kind": "noAnswer"})
    exporter = start_exporter(account(simulator, name="one"), account(silent, name="two"), poll={"timeout": "5m"})
    exporter.wait_until_observed(*simulator.addons)
    assert not exporter.is_ready()


def test_ready_stays_ready(simulator, start_exporter):
    exporter = start_exporter(account(simulator, discovery={"interval": "10s"}))
    eventually(exporter.is_ready)
    simulator.faults({"kind": "status", "status": 500})
    exporter.wait_for_page(lambda page: set(page.having("northflank_addon_up").values()) == {0})
    always(exporter.is_ready, during=0.5)
