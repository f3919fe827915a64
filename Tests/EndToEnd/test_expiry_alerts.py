"""When the last good backup is about to expire: how soon that is, and what makes it the last one."""

import pytest

from support.rule_tests import ADDON, INSTANCE, Expectations, check
from support.texts_of_rules import age
from support.troubles import AGE, EXPIRY, KEPT, RISK, trouble_of

TROUBLE = trouble_of(RISK, "slots-missed")
HOUR, DAY = 3600, 86_400
LONG = 400 * DAY


def fires(seconds_left, finding="slots-missed"):
    labels, annotations = TROUBLE.fires(15)
    return labels, {"summary": annotations["summary"], "description": (
        f"acme/shop/orders-db. {finding} for 2d 7h. Last completed dump: 1h 0m ago. The last one expires in "
        f"{age(seconds_left)}.")}


def world(expiry, kept):
    return TROUBLE.world([("ill", 60)], series={AGE: (0, 3600), EXPIRY: (0, expiry), KEPT: (kept, kept)})


@pytest.mark.parametrize("kept, notice", [
    (DAY, 12 * HOUR), (2 * DAY, DAY), (4 * DAY, 2 * DAY), (7 * DAY, 2 * DAY), (30 * DAY, 2 * DAY),
], ids=lambda seconds: f"{seconds // HOUR}h")
def test_how_soon_is_soon(kept, notice, tmp_path):
    """Just so at minute 10, which it then waits from; one failed snapshot of an hour's is not enough."""
    check(Expectations(world(notice + 599, kept)).quiet(RISK, 24).fires(25, RISK, fires(notice + 599 - 25 * 60)), tmp_path)


def test_the_type_and_the_schedule_that_keep_longest_count(tmp_path):
    made = world(13 * HOUR, DAY)
    snapshots = {**ADDON, **INSTANCE, "type": "snapshot"}
    made.let("northflank_addon_backup_expiry_timestamp_seconds", (HOUR, 60), **snapshots)
    made.let("northflank_addon_backup_schedule_retention_seconds", (3 * DAY, 60), **ADDON, **INSTANCE, schedule="weekly")
    check(Expectations(made).fires(15, RISK, fires(13 * HOUR - 15 * 60)), tmp_path)


@pytest.mark.parametrize("finding, is_one", [
    ("attempt-failed", True), ("unfinished", True), ("slots-missed", True), ("too-old", True),
    # With these, new backups come.
    ("odd-size", False), ("not-observed", False)])
def test_only_where_no_new_backup_comes(finding, is_one, tmp_path):
    made = world(HOUR + 900, DAY)
    made.series = {series: said for series, said in made.series.items() if "finding=" not in series}
    made.finding(finding, (1, 60))
    expectations = Expectations(made)
    check(expectations.fires(15, RISK, fires(HOUR, finding)) if is_one else expectations.quiet(RISK, 15, 30, 59), tmp_path)


def test_a_long_time_is_none(tmp_path):
    check(Expectations(world(LONG, 30 * DAY)).quiet(RISK, *range(0, 60, 5)), tmp_path)
