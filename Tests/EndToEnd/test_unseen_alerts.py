"""An addon that cannot be read while others of its account can; one that only waits for its turn is none."""

import pytest

from support.rule_tests import INSTANCE, Expectations, World, check
from support.texts_of_rules import age
from support.troubles import OTHERS, UNSEEN
from test_outage_alerts import ABOUT_ADDONS, FLEET, OUTAGE, fleet

REASONS = {
    "forbidden": "Northflank denies the backups (HTTP 403).", "not_found": "Northflank does not know the addon (HTTP 404).",
    "unavailable": "Northflank answers with a server error (HTTP 5xx).", "timeout": "Northflank does not answer in time.",
    "decode": "Northflank's answer cannot be read.", "pagination": "The check fails (pagination).",
}


def unseen(number, seen, minute, reason=""):
    """At a minute, since a minute; None if it was never seen."""
    words = "not checked yet" if seen is None else f"not checked for {age((minute - seen) * 60)}"
    since = age(198_000 + minute * 60)
    return ({**FLEET[number], "project_name": "Shop", "addon_name": f"DB {number}", "severity": "warning", "scope": "addon"}, {
        "summary": f"DB {number} (Shop): {words}",
        "description": f"acme/shop/db-{number}. not-observed for {since}. {reason}{OTHERS}"})


def test_one_addon_that_cannot_be_read_among_others(tmp_path):
    world = fleet(200, 1, 10, 150)
    check(Expectations(world).quiet(UNSEEN, 25, 39).fires(40, UNSEEN, unseen(0, 10, 40)).quiet(UNSEEN, 150)
          .quiet(OUTAGE, *range(0, 200, 10)), tmp_path)


@pytest.mark.parametrize("reason", REASONS)
def test_the_reason(reason, tmp_path):
    world = fleet(200, 1, 10, 150).let("northflank_addon_last_error_info", ("_", 10), (1, 140), ("stale", 1), **FLEET[0],
                                       **INSTANCE, reason=reason)
    check(Expectations(world).fires(60, UNSEEN, unseen(0, 10, 60, f"{REASONS[reason]} ")), tmp_path)


def test_a_first_start_with_a_budget_that_takes_hours(tmp_path):
    """No alert about addons that wait for their first poll, unless that takes more than six hours."""
    world = World()
    for number, addon in enumerate(FLEET):
        world.addon(500, addon=addon)
        polled = 5 if number < 4 else 450
        world.let("northflank_addon_up", ("_", polled), (1, 500 - polled), **addon, **INSTANCE)
        world.finding("not-observed", (1, polled), (0, 500 - polled), addon=addon)
    expectations = Expectations(world)
    for alert in ABOUT_ADDONS:
        expectations.quiet(alert, *range(0, 375, 15))
    check(expectations.fires(375, UNSEEN, unseen(4, None, 375)).quiet(UNSEEN, 450), tmp_path)


def restarted(first_poll, total=600):
    """An exporter that is down from minute 10 to 310. What it knows of its addons is old when it is back, and it asks
    the last one so many minutes later."""
    world = World()
    for number, addon in enumerate(FLEET):
        waits = first_poll if number == 4 else 2
        seen = total - 310 - waits

        def parts(before, waiting, after):
            return (before, 10), ("stale", 1), ("_", 299), (waiting, waits), (after, seen)

        world.addon(0, lambda value: parts(value, value, value), addon=addon)
        world.let("northflank_addon_up", *parts(1, "_", 1), **addon, **INSTANCE)
        world.finding("not-observed", *parts(0, 1, 0), addon=addon)
        world.let("northflank_addon_last_observed_timestamp_seconds", *parts(540, 540, 18_600), **addon, **INSTANCE)
    return world.let("up", (1, 10), (0, 300), (1, total - 310), **INSTANCE)


def test_an_exporter_that_was_down_for_hours_asks_one_after_the_other(tmp_path):
    check(Expectations(restarted(first_poll=240)).quiet(UNSEEN, *range(0, 600, 5)), tmp_path)


def test_one_that_cannot_be_read_survives_a_restart_of_the_exporter(tmp_path):
    """It is asked for the first time a quarter of an hour later; what is known of it is kept."""
    world = fleet(200, 1, 10, 200)
    world.let("northflank_addon_up", (1, 10), (0, 90), ("stale", 1), ("_", 24), (0, 75), **FLEET[0], **INSTANCE)
    expectations = Expectations(world)
    for minute in range(95, 200, 5):
        expectations.fires(minute, UNSEEN, unseen(0, 10, minute))
    check(expectations, tmp_path)
