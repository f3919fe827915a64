"""An outage of the API gives one alert, not one for each addon."""

import pytest

from support.rule_tests import ADDON, INSTANCE, Expectations, World, check
from support.troubles import ERRORS, TROUBLES

FLEET = [{**ADDON, "addon": f"db-{number}"} for number in range(5)]
ABOUT_ADDONS = sorted({trouble.alert for trouble in TROUBLES})
OUTAGE = "NorthflankBackupAccountNotObserved"
LABELS = {"account": "acme", "severity": "critical", "scope": "account"}


def outage(**errors):
    """With the errors of the last 15 minutes by reason."""
    counted = "".join(f" {ERRORS}, {reason}: {count}." for reason, count in errors.items())
    return [(LABELS, {
        "summary": "Northflank cannot be asked about the backups of account acme",
        "description": f"Most addons of account acme cannot be observed.{counted} What was known before still shows; "
                       "nothing new is seen.",
        "dashboard_url": "http://localhost:3000/d/northflank-backup-exporter?var-account=acme",
        "runbook_url": "docs/runbooks/NorthflankBackupAccountNotObserved.md"})]


def api(world, *requests, **errors):
    """Requests that were answered with 200, and errors by reason, minute by minute."""
    world.let("northflank_api_requests_total", *requests, account="acme", endpoint="backups", code="200", **INSTANCE)
    for reason in ("unavailable", "unauthorized", "not_found"):
        world.let("northflank_api_errors_total", *errors.get(reason, [(0, 600)]), account="acme", reason=reason,
                  **INSTANCE)
    return world


def fleet(minutes, down, begins, ends):
    """Five addons, well otherwise, of which so many cannot be collected, and are not observed 15 minutes later."""
    world = World()
    for number, addon in enumerate(FLEET):
        world.addon(minutes, addon=addon)
        if number < down:
            world.let("northflank_addon_up", (1, begins), (0, ends - begins), (1, minutes - ends), **addon, **INSTANCE)
            world.finding("not-observed", (0, begins + 15), (1, ends - begins - 15), (0, minutes - ends), addon=addon)
            world.let("northflank_addon_last_observed_timestamp_seconds", ("0+60", begins), (begins * 60, ends - begins),
                      (f"{ends * 60}+60", minutes - ends), **addon, **INSTANCE)
    return world


@pytest.mark.parametrize("down", [3, 5])
def test_an_outage_is_one_alert(down, tmp_path):
    """Five hours; nothing is told of addons meanwhile, nor in the hour after it."""
    world = api(fleet(500, down, 10, 310), ("0+5", 10), (50, 300), ("55+5", 190),
                unavailable=[(0, 10), ("1+1", 300), (300, 190)])
    expectations = Expectations(world).quiet(OUTAGE, 9, 19).fires(20, OUTAGE, *outage(unavailable=11))
    for minute in (60, 309):
        expectations.fires(minute, OUTAGE, *outage(unavailable=15))
    expectations.quiet(OUTAGE, 310, 499)
    for alert in ABOUT_ADDONS:
        expectations.quiet(alert, 20, 30, 45, 100, 309, 325, 370, 499)
    check(expectations, tmp_path)


def test_in_a_large_account_it_is_seen_before_half_of_the_addons_were_asked(tmp_path):
    """No answer with 200 for a quarter of an hour, though lists were asked for."""
    world = api(fleet(200, 0, 0, 0), ("0+5", 10), (45, 190), unavailable=[("0", 12), ("1+1", 188)])
    expectations = Expectations(world)
    for minute in range(0, 34):
        expectations.quiet(OUTAGE, minute)
    check(expectations.fires(34, OUTAGE, *outage(unavailable=15)), tmp_path)


def test_a_few_errors_among_good_answers_are_no_outage(tmp_path):
    world = api(fleet(200, 2, 10, 150), ("0+5", 200), unavailable=[("0+2", 200)])
    check(Expectations(world).quiet(OUTAGE, *range(0, 200, 10)), tmp_path)


def test_addons_that_do_not_exist_are_no_outage(tmp_path):
    """All that are polled in a quarter of an hour are answered with 404."""
    world = api(fleet(200, 0, 0, 0), ("0+5", 10), (45, 190), not_found=[(0, 10), ("1+1", 190)])
    check(Expectations(world).quiet(OUTAGE, *range(0, 200, 5)), tmp_path)


def test_nobody_asks_and_nobody_is_answered(tmp_path):
    """The budget is used up: nothing is sent, which is no outage."""
    check(Expectations(api(fleet(200, 0, 0, 0), ("0+5", 10), (45, 190))).quiet(OUTAGE, *range(0, 200, 10)), tmp_path)


def test_one_account_does_not_speak_for_another(tmp_path):
    world = api(fleet(200, 5, 10, 150), ("0+5", 10), (50, 140), ("50+5", 50), unavailable=[(0, 10), ("1+1", 190)])
    for name in ("a-db", "b-db"):
        world.addon(200, addon={"account": "other", "project": "p", "addon": name})
    other = {"account": "other", "project": "p", "addon": "a-db"}
    world.finding("not-observed", (0, 10), (1, 190), addon=other)
    world.let("northflank_addon_up", (1, 10), (0, 190), **other, **INSTANCE)
    expectations = Expectations(world).fires(60, OUTAGE, *outage(unavailable=15))
    expectations.records(60, 'count by (account) (ALERTS{alertname="NorthflankBackupNotObserved"})',
                         ('{account="other"}', 1))
    check(expectations, tmp_path)
