"""An API that fails: the last good data stays, and the failure shows."""

import pytest

from support import truth
from support.configuration import account

ADDON = ("shop", "orders-db")
UP = "northflank_addon_up"
OBSERVED = "northflank_addon_last_observed_timestamp_seconds"

# Each fault with the reason that it is counted under.
FAULTS = [
    ({"kind": "status", "status": 503}, "server_error"),
    ({"kind": "status", "status": 500, "body": "html"}, "server_error"),
    ({"kind": "status", "status": 401}, "unauthorized"),
    ({"kind": "status", "status": 403}, "forbidden"),
    ({"kind": "status", "status": 418, "body": "empty"}, "client_error"),
    ({"kind": "noAnswer"}, "timeout"),
    ({"kind": "latency", "seconds": 5}, "timeout"),
    ({"kind": "cutBody"}, "connect"),
    ({"kind": "truncatedJSON"}, "decode"),
    ({"kind": "malformedJSON"}, "decode"),
    ({"kind": "htmlPage"}, "decode"),
    ({"kind": "wrongTypes"}, "decode"),
    ({"kind": "wrongTypes", "variant": "list"}, "decode"),
    ({"kind": "wrongTypes", "variant": "data"}, "decode"),
    ({"kind": "repeatingCursor"}, "pagination"),
    ({"kind": "endlessPages"}, "pagination"),
    ({"kind": "oversizedBody", "bytes": 100_000_000}, "too_large"),
    ({"kind": "redirect", "location": "http://localhost/"}, "redirect"),
]


def errors(page, reason):
    return page.value("northflank_api_errors_total", account="default", reason=reason)


@pytest.mark.parametrize("fault, reason", FAULTS, ids=lambda value: value if isinstance(value, str) else None)
def test_the_last_good_data_stays(simulator, start_exporter, fault, reason):
    # All pages of some 130 backups, so that cursors matter.
    exporter = start_exporter(account(simulator, addons=[ADDON]))
    good = exporter.wait_until_observed(ADDON)
    assert good.of(ADDON, UP) == 1
    assert errors(good, reason) == 0

    simulator.faults({**fault, "endpoint": "backups"})
    bad = exporter.wait_for_page(lambda page: page.of(ADDON, UP) == 0, within=60)
    later = exporter.wait_for_page(lambda page: errors(page, reason) > errors(bad, reason), within=60)
    for page in (bad, later):
        assert truth.samples_of(page, ADDON) == truth.samples_of(good, ADDON)
        assert page.names_of(ADDON) == good.names_of(ADDON)
    # Between the last good page and the fault there may have been one more good poll.
    assert bad.of(ADDON, OBSERVED) == later.of(ADDON, OBSERVED) < good.of(ADDON, OBSERVED) + 3
    failures = {key: value for key, value in later.having("northflank_api_errors_total").items() if value}
    assert set(failures) == {frozenset({("account", "default"), ("reason", reason)})}
    (warning,) = exporter.logged("backups could not be collected; the last good data stays")
    assert f"reason={reason}" in warning and "level=warn" in warning

    simulator.faults()
    back = exporter.wait_for_page(lambda page: page.of(ADDON, UP) == 1, within=60)
    assert back.of(ADDON, OBSERVED) > later.of(ADDON, OBSERVED)
    assert len(exporter.logged("backups are collected again")) == 1


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
    assert page.value("northflank_api_retries_total", account="default", reason="server_error") == 2
    assert errors(page, "server_error") == 0
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
    assert page.names_of(ADDON) == {"northflank_addon_info", UP}
