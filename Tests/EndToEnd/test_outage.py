"""The API as a whole is down, before the start or in the middle; and what is tried again."""

from support import truth
from support.configuration import account
from support.failing import ADDON, UP, errors


def test_the_whole_api_is_down(simulator, start_exporter):
    exporter = start_exporter(account(simulator, discovery={"interval": "10s"}))
    good = exporter.wait_until_observed(*simulator.addons)
    simulator.faults({"kind": "status", "status": 503})

    def is_down(page):
        return (page.value("northflank_exporter_discovery_up", account="default") == 0
                and set(page.having(UP).values()) == {0})

    bad = exporter.wait_for_page(is_down, within=60)
    assert bad.addons == good.addons
    for addon in good.addons:
        assert truth.samples_of(bad, addon) == truth.samples_of(good, addon)
    assert bad.value("northflank_exporter_addons", account="default") == 12
    success = "northflank_exporter_discovery_last_success_timestamp_seconds"
    assert bad.value(success, account="default") == good.value(success, account="default")
    assert exporter.is_ready() and exporter.get("/-/healthy").status == 200

    simulator.faults()
    exporter.wait_for_page(lambda page: set(page.having(UP).values()) == {1}, within=60)


def test_what_can_get_better_is_tried_again(simulator, start_exporter):
    simulator.faults({"kind": "status", "status": 503, "endpoint": "backups", "times": 2})
    exporter = start_exporter(account(simulator, addons=[ADDON]), poll={"interval": "1h"})
    page = exporter.wait_until_observed(ADDON)
    assert page.of(ADDON, UP) == 1
    assert page.value("northflank_api_retries_total", account="default", reason="unavailable") == 2
    assert errors(page, "unavailable") == 0
    requests = page.having("northflank_api_requests_total", account="default", endpoint="backups")
    # A list of 126 backups has two pages.
    assert requests == {frozenset({("code", "200")}): 2, frozenset({("code", "503")}): 2}


def test_what_cannot_get_better_is_not_tried_again(simulator, start_exporter):
    simulator.faults({"kind": "status", "status": 401, "endpoint": "backups"})
    exporter = start_exporter(account(simulator, addons=[ADDON]), poll={"interval": "1h"})
    page = exporter.wait_for_page(lambda page: page.of(ADDON, UP) == 0)
    assert simulator.requests["endpoints"]["backups"] == 1
    assert set(page.having("northflank_api_retries_total").values()) == {0}


def test_nothing_is_made_up_for_an_addon_that_was_never_collected(simulator, start_exporter):
    simulator.faults({"kind": "status", "status": 500, "endpoint": "backups"})
    exporter = start_exporter(account(simulator, addons=[ADDON]))
    page = exporter.wait_for_page(lambda page: page.of(ADDON, UP) == 0)
    # That it is not known is known, and counters begin at zero.
    page = exporter.wait_for_page(
        lambda page: page.of(ADDON, "northflank_addon_backup_outcomes_total", status="failed") == 0)
    assert page.names_of(ADDON) == {
        "northflank_addon_info", "northflank_addon_tag_info", "northflank_addon_paused", UP,
        "northflank_addon_backup_health",
        "northflank_addon_backup_finding_since_timestamp_seconds", "northflank_addon_backup_outcomes_total",
        "northflank_addon_last_error_info", "northflank_addon_backups_removed_early_total",
        "northflank_addon_backup_schedule_info",
        "northflank_addon_backup_schedule_retention_seconds",
        "northflank_addon_backup_next_due_timestamp_seconds"} & page.names_of(ADDON)
    assert page.of(ADDON, "northflank_addon_backup_health", state="unknown") == 1
