"""Addons and projects that are deleted: that is said by name, once it is certain, and never reads as health."""

import subprocess

import pytest

from support.configuration import account
from support.texts import NOT_COLLECTED

ADDON = ("shop", "orders-db")
UP, HEALTH = "northflank_addon_up", "northflank_addon_backup_health"
AGE = "northflank_addon_backup_last_completed_age_seconds"
NOT_FOUND, MISSING = "northflank_exporter_addons_not_found", "northflank_exporter_addons_missing"
DELETED = {"kind": "deleted", "project": "shop", "addon": "orders-db"}


def is_gone(page):
    return page.of(ADDON, HEALTH, state="gone") == 1


def test_a_listed_addon_whose_polls_answer_404_has_an_error_and_nothing_more(simulator, start_exporter):
    exporter = start_exporter(account(simulator, discovery={"interval": "1h"}))
    before = exporter.wait_until_observed(*simulator.addons)
    simulator.faults(DELETED)
    page = exporter.wait_for_page(
        lambda page: page.of(ADDON, "northflank_addon_last_error_info", reason="not_found") == 1)
    assert page.names_of(ADDON) >= before.names_of(ADDON)
    assert page.of(ADDON, UP) == 0 and not is_gone(page)
    assert page.value("northflank_exporter_addons", account="default") == 12


@pytest.mark.parametrize("team", [None, "acme-team"])
def test_a_discovered_addon_is_gone_after_two_readings_and_comes_back(start_simulator, start_exporter, team):
    simulator = start_simulator(*(("--simulator.team", team) if team else ()))
    more = {"team": team} if team else {}
    exporter = start_exporter(account(simulator, discovery={"interval": "10s"}, **more), poll={"interval": "1h"})
    exporter.wait_until_observed(*simulator.addons)
    simulator.faults(DELETED)
    page = exporter.wait_for_page(lambda page: page.value(MISSING, account="default") == 1)
    assert not is_gone(page) and page.of(ADDON, AGE, type="snapshot") is not None
    page = exporter.wait_for_page(is_gone, within=30)
    assert page.value(MISSING, account="default") == 0
    assert {name for name in page.names_of(ADDON)} == {
        "northflank_addon_info", "northflank_addon_tag_info", HEALTH,
        "northflank_addon_backup_finding_since_timestamp_seconds"}
    assert page.value("northflank_exporter_addons", account="default") == 11
    assert page.value("northflank_api_errors_total", account="default", reason="not_found") == 0
    assert exporter.logged("addon is gone", addon="orders-db")
    (entry,) = [each for each in exporter.get("/api/health").json["addons"] if each["addon"] == "orders-db"]
    assert (entry["state"], [finding["kind"] for finding in entry["findings"]]) == ("gone", ["gone"])
    assert entry["gone_since"] and entry["last_completed"] and entry["next_due"] is None

    simulator.faults()
    page = exporter.wait_for_page(lambda page: page.of(ADDON, AGE, type="snapshot") is not None, within=30)
    assert not is_gone(page)


def test_a_gone_addon_stays_over_a_restart_until_it_is_forgotten(simulator, start_exporter, binary, tmp_path):
    def start(*arguments):
        return start_exporter(account(simulator, discovery={"interval": "10s"}), poll={"interval": "1h"},
                              state={"path": str(tmp_path / "history.sqlite")}, arguments=arguments)

    exporter = start()
    exporter.wait_until_observed(*simulator.addons)
    simulator.faults(DELETED)
    exporter.wait_for_page(is_gone, within=30)
    exporter.stop()
    exporter = start("--web.enable-lifecycle")
    assert is_gone(exporter.page())

    def forget(addon):
        return subprocess.run([binary, "forget", "--url", exporter.url, addon], capture_output=True, text=True, timeout=20)

    done = forget("default/shop/carts-db")
    assert (done.returncode, "No addon default/shop/carts-db is gone." in done.stderr) == (2, True), done.stderr
    done = forget("default/shop/orders-db")
    assert (done.returncode, done.stdout) == (0, "default/shop/orders-db is forgotten.\n"), done.stderr
    exporter.wait_for_page(lambda page: not page.names_of(ADDON))
    assert exporter.logged("addon is forgotten")


def test_of_shards_the_one_that_watches_an_addon_misses_it(simulator, start_exporter):
    shards = [start_exporter(account(simulator, discovery={"interval": "10s"}), poll={"interval": "1h"},
                             arguments=("--shard.count", "2", "--shard.index", str(index))) for index in range(2)]
    pages = [shard.wait_for_page(lambda page: page.value("northflank_exporter_discovery_up", account="default") == 1)
             for shard in shards]
    (watching,) = [index for index, shard in enumerate(shards) if shard.wait_for_page(
        lambda page: len(page.addons) == page.value("northflank_exporter_addons", account="default")).of(
            ADDON, HEALTH, state="ok") is not None]
    shards[watching].wait_until_observed(ADDON)
    assert sum(page.value("northflank_exporter_addons", account="default") for page in pages) == 12
    simulator.faults(DELETED)
    shards[watching].wait_for_page(is_gone, within=30)
    assert not shards[1 - watching].page().names_of(ADDON)


def test_an_incomplete_discovery_drops_nothing(simulator, start_exporter):
    exporter = start_exporter(account(simulator, discovery={"interval": "10s"}), poll={"interval": "1h"})
    everything = exporter.wait_until_observed(*simulator.addons)
    # The list of projects answers, without the project; that of another project's addons does not.
    simulator.faults({"kind": "deleted", "project": "shop"},
                     {"kind": "status", "status": 500, "endpoint": "addons", "project": "billing"})
    page = exporter.wait_for_page(
        lambda page: page.value("northflank_exporter_discovery_up", account="default") == 0)
    assert page.addons == everything.addons
    assert exporter.logged("discovery incomplete", reason="unavailable")

    simulator.faults({"kind": "deleted", "project": "shop"})
    page = exporter.wait_for_page(
        lambda page: sum(page.of(addon, HEALTH, state="gone") or 0 for addon in page.addons) == 3, within=30)
    assert page.addons == everything.addons


def test_a_configured_addon_is_gone_when_its_list_lacks_it_too_and_comes_back(simulator, start_exporter):
    other = ("billing", "ledger-db")
    exporter = start_exporter(account(simulator, addons=[ADDON, other]))
    exporter.wait_until_observed(ADDON, other)
    simulator.faults(DELETED)
    # The lists are read once an hour where nothing is discovered: until then it has an error.
    page = exporter.wait_for_page(
        lambda page: page.of(ADDON, "northflank_addon_last_error_info", reason="not_found") == 1)
    assert page.addons == {ADDON, other}
    (warning,) = exporter.logged(NOT_COLLECTED)
    assert "reason=not_found" in warning and "addon=orders-db" in warning

    simulator.faults()
    page = exporter.wait_for_page(lambda page: page.of(ADDON, UP) == 1)
    assert page.of(ADDON, "northflank_addon_last_error_info", reason="not_found") is None


def test_a_configured_addon_that_never_was_is_unknown_and_counted(simulator, start_exporter):
    exporter = start_exporter(account(simulator, addons=[("shop", "nowhere")]))
    page = exporter.wait_for_page(lambda page: page.value(NOT_FOUND, account="default") == 1, within=90)
    assert page.of(("shop", "nowhere"), HEALTH, state="unknown") == 1


def test_a_single_404_is_a_failure_and_no_more(simulator, start_exporter):
    exporter = start_exporter(account(simulator, addons=[ADDON]))
    before = exporter.wait_until_observed(ADDON)
    simulator.faults({"kind": "status", "status": 404, "endpoint": "backups", "times": 1})

    def failed_once(page):
        # Never without the addon, whether the 404 has come already or is over.
        assert page.names_of(ADDON) >= before.names_of(ADDON) - {"northflank_addon_backup_finding_since_timestamp_seconds"}
        return page.value("northflank_api_errors_total", account="default", reason="not_found") == 1

    exporter.wait_for_page(failed_once)
    exporter.wait_for_page(lambda page: page.of(ADDON, UP) == 1)
