"""Backups that are too old: by how much, of which type, and by whose word; and which types have failed."""

import pytest

from support import troubles
from support.rule_tests import ADDON, INSTANCE, Expectations, World, check
from support.troubles import DECIDES, FAILED, OBJECTIVES, in_a_row, limits, newest, trouble_of

TOO_OLD, FAR, DEFAULT = (f"NorthflankBackup{name}" for name in ("TooOld", "FarTooOld", "TooOldByDefault"))
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


def says(alert, words):
    return trouble_of(alert).fires(0, description=words)


def test_one_failed_night_wakes_nobody_and_two_do(tmp_path):
    """A nightly dump that is 47.5 hours old at minute 0, 49 hours 90 minutes later, and pages when it is older than that
    for a quarter of an hour."""
    world = aged({"dump": "171000+60"}, {"dump": DAILY})
    check(Expectations(world).quiet(FAR, *range(0, 106, 5), 105).fires(
        106, FAR, says(FAR, f"{troubles.FAR} {newest('dump', '2d 1h 16m 0s')} {limits('dump')}")),
        tmp_path)


def test_an_outage_makes_nobody_far_too_old(tmp_path):
    """The age grows, and nobody has looked."""
    world = aged({"dump": f"{2 * DAILY}+60"}, {"dump": DAILY}, observed=0)
    check(Expectations(world).quiet(FAR, *range(0, TOTAL, 10)), tmp_path)


def test_what_has_failed_is_told_by_type(tmp_path):
    """Dumps have failed three times, snapshots once."""
    alert = "NorthflankBackupFailingRepeatedly"
    world = World().addon(TOTAL).finding("attempt-failed", (1, TOTAL))
    for kind, count in {"snapshot": 1, "dump": 3}.items():
        world.let("northflank_addon_backup_consecutive_failed_attempts", (count, TOTAL), **ADDON, **INSTANCE, type=kind)
    each = f"{in_a_row('dump', 3)} {in_a_row('snapshot', 1)}"
    check(Expectations(world).fires(5, alert, trouble_of(alert).fires(5)).fires(5, "NorthflankBackupFailed", says(
        "NorthflankBackupFailed", f"{FAILED} {each} {DECIDES}")), tmp_path)


@pytest.mark.parametrize("findings", [(), ("too-old", "never-completed")], ids=["patience", "never"])
def test_far_too_old_only_where_too_old_is(findings, tmp_path):
    world = aged({"dump": 3 * DAILY}, {"dump": DAILY}, findings=findings)
    check(Expectations(world).quiet(FAR, *range(0, TOTAL, 10)), tmp_path)


def test_it_is_said_of_the_type_that_it_is_true_of(tmp_path):
    world = aged({"dump": 3600, "snapshot": 10_000}, {"dump": DAILY, "snapshot": HOURLY})
    check(Expectations(world).quiet(FAR, *range(0, TOTAL, 10)).fires(15, TOO_OLD, says(
        TOO_OLD, f"{troubles.TOO_OLD} {newest('snapshot', '2h 46m 40s')} {limits('dump', 'snapshot')}")), tmp_path)


def test_a_type_of_which_there_is_none_at_all(tmp_path):
    """Snapshots are well, and no dump has ever completed."""
    world = aged({"snapshot": 600}, {"dump": DAILY, "snapshot": HOURLY})
    check(Expectations(world).quiet(FAR, *range(0, TOTAL, 10)).fires(15, TOO_OLD, says(
        TOO_OLD, f"{troubles.TOO_OLD} Of type dump there is none at all. {limits('dump', 'snapshot')}")), tmp_path)


def by_default(finding, completed):
    world = World().addon(TOTAL).finding("no-objective", (finding, TOTAL))
    world.let("northflank_addon_last_observed_timestamp_seconds", (100_000, TOTAL), **ADDON, **INSTANCE)
    for kind, moment in completed.items():
        world.let("northflank_addon_backup_last_completed_timestamp_seconds", (moment, TOTAL), **ADDON, **INSTANCE,
                  type=kind)
    return world


@pytest.mark.parametrize("finding, completed", [
    # Its schedules were not read yet, or it is paused, or it has an objective: the exporter says none of it is missing.
    (0, {"dump": 0}),
    # Any type does.
    (1, {"dump": 0, "snapshot": 99_000}),
], ids=["not said", "another type"])
def test_what_is_not_too_old_by_default(finding, completed, tmp_path):
    check(Expectations(by_default(finding, completed)).quiet(DEFAULT, *range(0, TOTAL, 10)), tmp_path)


def test_an_import_makes_nothing_newer(tmp_path):
    world = by_default(1, {"dump": 6_399, "import": 99_000})
    check(Expectations(world).fires(15, DEFAULT, trouble_of(DEFAULT).fires(15)), tmp_path)


def test_of_two_replicas_the_one_that_has_seen_most_counts(tmp_path):
    world = by_default(1, {"dump": 99_000})
    late = {**INSTANCE, "instance": "b:9974"}
    world.let("northflank_addon_backup_last_completed_timestamp_seconds", (0, TOTAL), **ADDON, **late, type="dump")
    world.let("northflank_addon_last_observed_timestamp_seconds", (90_000, TOTAL), **ADDON, **late)
    check(Expectations(world).quiet(DEFAULT, *range(0, TOTAL, 10)), tmp_path)
