"""How much is asked of the API: never by a scrape, and no more than the account's share."""

import re
import time

from support.configuration import account
from support.waiting import always

INTERVAL = "northflank_exporter_poll_interval_seconds"
BACKUPS = re.compile(r"/v1/projects/([^/]+)/addons/([^/]+)/backups(?:\?.*)?")


def test_scrapes_cost_no_requests(simulator, start_exporter):
    exporter = start_exporter(account(simulator, discovery={"interval": "1h"}), poll={"interval": "1h"})
    exporter.wait_until_observed(*simulator.addons)
    before, start = simulator.requests["total"], time.monotonic()
    for _ in range(50):
        assert exporter.get("/metrics").status == 200
    # Twelve addons of at most two pages, evenly spread over the hour, and nothing else.
    explained = 1 + 24 * (time.monotonic() - start) / 3600
    assert simulator.requests["total"] - before <= explained


def test_polls_keep_to_their_interval(simulator, start_exporter):
    exporter = start_exporter(account(simulator, discovery={"interval": "1h"}), poll={"interval": "2s"})
    first = exporter.wait_until_observed(*simulator.addons)
    simulator.forget_requests()
    start = time.monotonic()
    exporter.wait_until_observed(
        *simulator.addons,
        since=4 + max(first.having("northflank_addon_last_observed_timestamp_seconds").values()))
    rounds = (time.monotonic() - start) / 2
    polls = {addon: 0 for addon in simulator.addons}
    for path, count in simulator.requests["paths"].items():
        # Schedules, which are read once, may come late.
        if (found := BACKUPS.fullmatch(path)) and "cursor=" not in path:
            polls[found.groups()] += count
    # At most one more than there are whole intervals.
    assert all(1 <= count <= rounds + 1.5 for count in polls.values()), (rounds, polls)


def test_half_of_the_limit_is_left_to_others(start_simulator, start_exporter):
    simulator = start_simulator(rate_limit=100)
    exporter = start_exporter(account(simulator))
    page = exporter.wait_until_observed(*simulator.addons)
    assert page.value("northflank_api_rate_limit", account="default") == 100
    slow = exporter.wait_for_page(lambda page: page.value(INTERVAL, account="default") > 60)
    assert slow.value("northflank_exporter_addons", account="default") == 12
    (warning, *_) = exporter.logged("poll interval lengthened")
    assert "configured=1s" in warning and "level=warn" in warning
    requests = simulator.requests
    assert requests["total"] <= 50 and set(requests["statuses"]) == {"200"}

    def is_told(page):
        remaining = page.value("northflank_api_rate_limit_remaining", account="default")
        # Of eight answers at once, the one that came last may be any.
        return 0 <= remaining - (100 - simulator.requests["total"]) < 8

    exporter.wait_for_page(is_told)


def test_the_first_sweep_stops_where_the_budget_ends(start_simulator, start_exporter):
    simulator = start_simulator("--simulator.addons", "200", rate_limit=40)
    exporter = start_exporter(account(simulator))

    def is_spent(page):
        return simulator.requests["total"] >= 20

    exporter.wait_for_page(is_spent)
    page = exporter.wait_for_page(lambda page: page.value("northflank_exporter_addons", account="default") == 200)
    # Further pages of a list that has begun are read all the same.
    begun = sum(count for path, count in simulator.requests["paths"].items() if "cursor=" not in path)
    assert begun <= 20
    assert 0 < len(page.having("northflank_addon_up")) < 20


def test_after_a_429_nothing_is_asked_until_the_reset(simulator, start_exporter):
    addon = ("shop", "orders-db")
    exporter = start_exporter(account(simulator, addons=[addon]))
    exporter.wait_until_observed(addon)
    # Without the headers, which would ask for the rest of the hour.
    simulator.faults({"kind": "hiddenRateLimit"}, {"kind": "status", "status": 429, "retryAfter": 4, "times": 1})
    refused = exporter.wait_for_page(
        lambda page: sum(page.having("northflank_api_requests_total", code="429").values()) == 1)
    asked, start = simulator.requests["total"], time.monotonic()
    always(lambda: simulator.requests["total"] == asked, during=3)
    page = exporter.wait_until_observed(
        addon, since=refused.of(addon, "northflank_addon_last_observed_timestamp_seconds"))
    assert time.monotonic() - start < 10
    assert page.of(addon, "northflank_addon_up") == 1
    assert page.value("northflank_api_retries_total", account="default", reason="rate_limited") == 1


def test_what_a_request_says_of_itself(simulator, exporter):
    exporter.wait_until_observed(*simulator.addons)
    last = simulator.requests["last"]
    assert last["method"] == "GET" and last["hasAuthorization"]
    assert last["userAgent"].startswith("northflank-backup-exporter/")
    assert "gzip" in last["acceptEncoding"]
