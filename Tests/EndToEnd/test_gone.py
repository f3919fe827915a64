"""Addons and projects that are deleted: their series go, but not before that is certain."""

from support.configuration import account
from support.texts import NOT_COLLECTED

ADDON = ("shop", "orders-db")
UP = "northflank_addon_up"
NOT_FOUND = "northflank_exporter_addons_not_found"
DELETED = {"kind": "deleted", "project": "shop", "addon": "orders-db"}


def test_a_discovered_addon_goes_after_a_confirmed_404(simulator, start_exporter):
    exporter = start_exporter(account(simulator, discovery={"interval": "1h"}))
    exporter.wait_until_observed(*simulator.addons)
    simulator.faults(DELETED)
    page = exporter.wait_for_page(lambda page: not page.names_of(ADDON))
    assert page.addons == set(simulator.addons) and len(page.addons) == 11
    # It is listed as far as the last discovery knows, so it is watched on, and told as not found.
    page = exporter.wait_for_page(lambda page: page.value("northflank_exporter_addons_not_found", account="default"))
    assert page.value("northflank_exporter_addons_not_found", account="default") == 1
    assert page.value("northflank_exporter_addons", account="default") == 12


def test_a_discovered_addon_goes_with_a_complete_discovery(simulator, start_exporter):
    exporter = start_exporter(account(simulator, discovery={"interval": "10s"}), poll={"interval": "1h"})
    exporter.wait_until_observed(*simulator.addons)
    simulator.faults(DELETED)
    page = exporter.wait_for_page(lambda page: not page.names_of(ADDON))
    assert page.addons == set(simulator.addons) and len(page.addons) == 11
    assert page.value("northflank_api_errors_total", account="default", reason="not_found") == 0

    simulator.faults()
    exporter.wait_until_observed(ADDON)


def test_an_incomplete_discovery_drops_nothing(simulator, start_exporter):
    exporter = start_exporter(account(simulator, discovery={"interval": "10s"}), poll={"interval": "1h"})
    everything = exporter.wait_until_observed(*simulator.addons)
    # The list of projects answers, without the project; that of another project's addons does not.
    simulator.faults({"kind": "deleted", "project": "shop"},
                     {"kind": "status", "status": 500, "endpoint": "addons", "project": "billing"})
    page = exporter.wait_for_page(
        lambda page: page.value("northflank_exporter_discovery_up", account="default") == 0)
    assert page.addons == everything.addons
    assert exporter.logged("discovery is not complete", reason="unavailable")

    simulator.faults({"kind": "deleted", "project": "shop"})
    page = exporter.wait_for_page(lambda page: len(page.addons) == 9)
    assert {project for project, _ in page.addons} == {"billing", "analytics", "staging"}


def test_a_configured_addon_goes_after_a_confirmed_404_and_comes_back(simulator, start_exporter):
    other = ("billing", "ledger-db")
    exporter = start_exporter(account(simulator, addons=[ADDON, other]))
    exporter.wait_until_observed(ADDON, other)
    simulator.faults(DELETED)
    page = exporter.wait_for_page(lambda page: not page.names_of(ADDON))
    assert page.addons == {other}
    exporter.wait_for_page(lambda page: page.value(NOT_FOUND, account="default") == 1)
    (warning,) = exporter.logged(NOT_COLLECTED)
    assert "reason=not_found" in warning and "addon=orders-db" in warning

    simulator.faults()
    page = exporter.wait_until_observed(ADDON)
    assert page.of(ADDON, UP) == 1
    assert exporter.wait_for_page(lambda page: page.value(NOT_FOUND, account="default") == 0)


def test_a_single_404_is_a_failure_and_no_more(simulator, start_exporter):
    exporter = start_exporter(account(simulator, addons=[ADDON]))
    before = exporter.wait_until_observed(ADDON)
    simulator.faults({"kind": "status", "status": 404, "endpoint": "backups", "times": 1})

    def failed_once(page):
        # Never without the addon, whether the 404 has come already or is over.
        assert page.names_of(ADDON) >= before.names_of(ADDON)
        return page.value("northflank_api_errors_total", account="default", reason="not_found") == 1

    exporter.wait_for_page(failed_once)
    exporter.wait_for_page(lambda page: page.of(ADDON, UP) == 1)
