"""When the last good backup is about to expire: how soon that is, and what makes it the last one."""

import pytest

from support.rule_tests import ADDON, INSTANCE, Expectations, check
from support.troubles import EXPIRY, KEPT, duration, trouble_of

ALERT = "NorthflankBackupExpiresSoon"
TROUBLE = trouble_of(ALERT)
HOUR, DAY = 3600, 86_400
LONG = 400 * DAY


def fires(seconds_left):
    return TROUBLE.fires(0, description=TROUBLE.description.replace("{left}", duration(seconds_left)))


@pytest.mark.parametrize("kept, notice", [
    (DAY, 12 * HOUR), (2 * DAY, DAY), (4 * DAY, 2 * DAY), (7 * DAY, 2 * DAY), (30 * DAY, 2 * DAY),
], ids=lambda seconds: f"{seconds // HOUR}h")
def test_how_soon_is_soon(kept, notice, tmp_path):
    """Just so at minute 10, which it then waits from; one failed snapshot of an hour's is not enough."""
    world = TROUBLE.world([("ill", 60)], series={EXPIRY: (0, notice + 599), KEPT: (kept, kept)})
    check(Expectations(world).quiet(ALERT, 24).fires(25, ALERT, fires(notice + 599 - 25 * 60)), tmp_path)


def test_the_type_and_the_schedule_that_keep_longest_count(tmp_path):
    world = TROUBLE.world([("ill", 60)], series={EXPIRY: (0, 13 * HOUR), KEPT: (DAY, DAY)})
    snapshots = {**ADDON, **INSTANCE, "type": "snapshot"}
    world.let("northflank_addon_backup_expiry_timestamp_seconds", (HOUR, 60), **snapshots)
    world.let("northflank_addon_backup_schedule_retention_seconds", (3 * DAY, 60), **ADDON, **INSTANCE, schedule="weekly")
    check(Expectations(world).fires(15, ALERT, fires(13 * HOUR - 15 * 60)), tmp_path)


@pytest.mark.parametrize("finding, is_one", [
    ("attempt-failed", True), ("unfinished", True), ("slots-missed", True), ("too-old", True),
    ("never-completed", False), ("odd-size", False), ("empty", False), ("no-objective", False), ("not-observed", False)])
def test_what_keeps_a_new_one_from_coming(finding, is_one, tmp_path):
    world = TROUBLE.world([("well", 60)], series={EXPIRY: (10 * HOUR, LONG), KEPT: (30 * DAY, 30 * DAY)})
    world.finding(finding, (1, 60))
    expected = [fires(10 * HOUR - 15 * 60)] if is_one else []
    check(Expectations(world).fires(15, ALERT, *expected), tmp_path)


def test_a_backup_that_should_be_gone(tmp_path):
    world = TROUBLE.world([("ill", 60)], series={EXPIRY: (0, 0), KEPT: (DAY, DAY)})
    gone = TROUBLE.description.replace("in {left}", "now")
    check(Expectations(world).fires(15, ALERT, TROUBLE.fires(0, description=gone)), tmp_path)
