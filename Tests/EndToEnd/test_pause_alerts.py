"""Addons that are paused for long, or of which the last backup expires in a pause."""

import pytest

from support.rule_tests import ADDON, INSTANCE, NAMED, Expectations, World, check

ALERT = "NorthflankBackupPausedLong"
DAY = 86_400
ADVICE = "Northflank takes no backups of a paused addon."
DO = "Resume it, export the backup, or waive it."


def paused(since, expiry=400 * DAY, until=200, total=200):
    world = World().addon(total)
    own = {**ADDON, **INSTANCE}
    world.let("northflank_addon_paused", (1, until), (0, total - until), **own)
    world.let("northflank_addon_paused_since_timestamp_seconds", (since, until), *([("stale", 1)] if until < total else []), **own)
    world.let("northflank_addon_backup_last_completed_age_seconds", (15 * DAY, total), **own, type="dump")
    return world.let("northflank_addon_backup_expiry_timestamp_seconds", (expiry, total), **own, type="dump")


def fires(time, expires):
    return ({**NAMED, "severity": "warning", "scope": "addon"}, {
        "summary": f"Orders DB (Shop): paused for {time}",
        "description": f"acme/shop/orders-db. {ADVICE} Last completed dump: 15d 0h ago. The last one expires in {expires}. {DO}"})


def test_more_than_two_weeks(tmp_path):
    """Just two weeks at minute 10; the alert comes an hour after that, and ends with the pause."""
    world = paused(10 * 60 - 14 * DAY, until=120)
    check(Expectations(world).quiet(ALERT, 70).fires(71, ALERT, fires("14d 1h", "399d 22h"))
          .fires(119, ALERT, fires("14d 1h", "399d 22h")).quiet(ALERT, 120, 199), tmp_path)


def test_a_week_before_the_last_backup_expires(tmp_path):
    world = paused(-DAY, expiry=7 * DAY + 10 * 60)
    check(Expectations(world).quiet(ALERT, 70).fires(71, ALERT, fires("1d 1h", "6d 22h")), tmp_path)


@pytest.mark.parametrize("since, expiry", [(-13 * DAY, 400 * DAY), (-DAY, 8 * DAY)], ids=["short", "kept"])
def test_a_pause_that_costs_nothing(since, expiry, tmp_path):
    check(Expectations(paused(since, expiry)).quiet(ALERT, *range(0, 200, 10)), tmp_path)


def test_what_is_waived_is_silent(tmp_path):
    world = paused(-20 * DAY).let("northflank_addon_backup_health", (1, 200), **ADDON, **INSTANCE, state="waived")
    check(Expectations(world).quiet(ALERT, *range(0, 200, 10)), tmp_path)


def test_an_active_addon_whose_backup_expires_is_no_pause(tmp_path):
    world = paused(-20 * DAY, expiry=DAY, until=0)
    check(Expectations(world).quiet(ALERT, *range(0, 200, 10)), tmp_path)
