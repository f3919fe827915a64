"""Backups that are too old: by how much, of which type, and when that puts an addon at risk."""

import pytest

from support.rule_tests import ADDON, INSTANCE, Expectations, World, check
from support.troubles import ATTEMPTS, INCOMPLETE, MISSED, OBJECTIVES, RISK, trouble_of

DAILY, HOURLY = OBJECTIVES["dump"], OBJECTIVES["snapshot"]
TOTAL = 200


def aged(ages, objectives, observed="0+60", findings=("too-old",), instance=INSTANCE):
    """Ages and objectives in seconds, by type."""
    world = World().addon(TOTAL, instance=instance)
    for finding in findings:
        world.finding(finding, (1, TOTAL), instance=instance)
    own = {**ADDON, **instance}
    for kind, age in ages.items():
        world.let("northflank_addon_backup_last_completed_age_seconds", (age, TOTAL), **own, type=kind)
    for kind, objective in objectives.items():
        world.let("northflank_addon_backup_objective_seconds", (objective, TOTAL), **own, type=kind)
    return world.let("northflank_addon_last_observed_timestamp_seconds", (observed, TOTAL), **own)


def says(alert, summary, description, minute=15):
    labels, _ = trouble_of(alert).fires(minute)
    return labels, {"summary": f"Orders DB (Shop): {summary}", "description": f"acme/shop/orders-db. {description}"}


def test_one_failed_night_is_a_ticket_and_two_are_a_page(tmp_path):
    """A nightly dump that is 47.5 hours old at minute 0, 49 hours 90 minutes later, and pages when it is older than that
    for a quarter of an hour."""
    world = aged({"dump": "171000+60"}, {"dump": DAILY})
    check(Expectations(world).quiet(RISK, *range(0, 106, 5), 105).fires(106, RISK, says(
        RISK, "last good backup 2d 1h ago, at risk for 2d 8h",
        "too-old for 2d 8h. Last completed dump: 2d 1h ago; limit 1d 0h 30m.")).fires(15, INCOMPLETE, says(
            INCOMPLETE, "no backup completes, for 2d 7h",
            "too-old for 2d 7h. Last completed dump: 1d 23h ago; limit 1d 0h 30m.")), tmp_path)


def test_an_outage_puts_no_addon_at_risk(tmp_path):
    """The age grows, and no check has confirmed it."""
    world = aged({"dump": f"{2 * DAILY}+60"}, {"dump": DAILY}, observed=0)
    check(Expectations(world).quiet(RISK, *range(0, TOTAL, 10)), tmp_path)


def test_failures_and_missed_slots_are_counted_by_type(tmp_path):
    """Three dumps have failed, and one snapshot; two dumps did not start, and one snapshot."""
    world = World().addon(TOTAL).finding("attempt-failed", (1, TOTAL))
    for (name, *_), counts in {ATTEMPTS: {"snapshot": 1, "dump": 3}, MISSED: {"snapshot": 1, "dump": 2}}.items():
        for kind, count in counts.items():
            world.let(name, (count, TOTAL), **ADDON, **INSTANCE, type=kind)
    check(Expectations(world).fires(15, INCOMPLETE, says(
        INCOMPLETE, "no backup completes, for 2d 7h",
        "attempt-failed for 2d 7h. The last 3 dumps failed. The last snapshot failed. The last 2 scheduled dumps did not "
        "start. The last scheduled snapshot did not start.")).quiet(RISK, *range(0, TOTAL, 10)), tmp_path)


def test_patience_puts_no_addon_at_risk(tmp_path):
    """The exporter does not call it too old, for example in a maintenance window."""
    world = aged({"dump": 3 * DAILY}, {"dump": DAILY}, findings=())
    check(Expectations(world).quiet(RISK, *range(0, TOTAL, 10)), tmp_path)


def test_each_type_has_its_age_and_its_limit(tmp_path):
    world = aged({"dump": 3600, "snapshot": 10_000}, {"dump": DAILY, "snapshot": HOURLY})
    check(Expectations(world).quiet(RISK, *range(0, TOTAL, 10)).fires(15, INCOMPLETE, says(
        INCOMPLETE, "no backup completes, for 2d 7h",
        "too-old for 2d 7h. Last completed dump: 1h 0m ago; limit 1d 0h 30m. Last completed snapshot: 2h 46m ago; "
        "limit 1h 30m.")), tmp_path)


def test_a_type_of_which_there_is_none_at_all(tmp_path):
    """Snapshots are well, and no dump has ever completed."""
    world = aged({"snapshot": 600}, {"dump": DAILY, "snapshot": HOURLY})
    check(Expectations(world).quiet(RISK, *range(0, TOTAL, 10)).fires(15, INCOMPLETE, says(
        INCOMPLETE, "no backup completes, for 2d 7h",
        "too-old for 2d 7h. Last completed snapshot: 10m 0s ago; limit 1h 30m. No completed dump; limit 1d 0h 30m.")),
        tmp_path)


@pytest.mark.parametrize("first, then", [("attempt-failed", "slots-missed"), ("too-old", "unfinished")])
def test_a_cause_that_changes_does_not_end_the_alert(first, then, tmp_path):
    world = World().addon(TOTAL).finding(first, (1, 30), (0, TOTAL - 30)).finding(then, (0, 30), (1, TOTAL - 30))
    expectations = Expectations(world)
    for minute, cause in ((29, first), (30, then), (31, then), (45, then)):
        expectations.fires(minute, INCOMPLETE, says(
            INCOMPLETE, "no backup completes, for 2d 7h", f"{cause} for 2d 7h.", minute))
    check(expectations, tmp_path)
