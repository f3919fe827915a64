"""Every alert about an addon, through the life of its trouble."""

import pytest

from support.rule_tests import ADDON, GONE, INSTANCE, Expectations, World
from support.troubles import ATTEMPTS, EXPIRY, OBJECTIVE, TROUBLES

troubles = pytest.mark.parametrize("trouble", TROUBLES, ids=lambda trouble: f"{trouble.alert}-{trouble.finding}")
ALERTS = sorted({trouble.alert for trouble in TROUBLES})


def well_others(world, minutes):
    """Others of the account are well, so that it is no outage."""
    for name in ("carts-db", "users-db"):
        world.addon(minutes, addon={**ADDON, "addon": name})
    return world


def check(expectations, tmp_path):
    complaints = expectations.check(tmp_path)
    assert not complaints, complaints


@troubles
def test_it_fires_in_time_says_what_is_wrong_and_ends(trouble, tmp_path):
    begins, ends, total = 10, 10 + trouble.waits + 30, 200
    world = well_others(trouble.world([("well", begins), ("ill", ends - begins), ("well", total - ends)]), total)
    fires = begins + trouble.waits
    check(Expectations(world).quiet(trouble.alert, 0, begins, fires - 1)
          .fires(fires, trouble.alert, trouble.fires(fires))
          .fires(ends - 1, trouble.alert, trouble.fires(ends - 1))
          .quiet(trouble.alert, ends, total - 1), tmp_path)


@pytest.mark.parametrize("trouble", [each for each in TROUBLES if each.nearly], ids=lambda trouble: trouble.alert)
def test_what_is_nearly_trouble_is_none(trouble, tmp_path):
    world = trouble.world([("ill", 200)], series={**trouble.series, **trouble.nearly})
    check(Expectations(world).quiet(trouble.alert, *range(0, 200, 10)), tmp_path)


@troubles
def test_a_missed_scrape_and_a_restart_change_nothing(trouble, tmp_path):
    """One while it waits, one while it fires, and one of two minutes."""
    total = trouble.waits + 60
    gaps = [("ill", 3), ("stale", 1), ("ill", trouble.waits + 6), ("stale", 1), ("_", 1), ("ill", total)]
    world = well_others(trouble.world(gaps), total)
    expectations = Expectations(world).quiet(trouble.alert, trouble.waits - 1)
    for minute in range(trouble.waits, trouble.waits + 20):
        expectations.fires(minute, trouble.alert, trouble.fires(minute))
    check(expectations, tmp_path)


@troubles
def test_an_addon_that_was_deleted_alerts_for_ten_minutes_more(trouble, tmp_path):
    deleted = trouble.waits + 20
    world = trouble.world([("ill", deleted), *GONE])
    # The exporter is scraped on.
    world.let("up", (1, 300), **INSTANCE)
    well_others(world, 300)
    check(Expectations(world).fires(deleted + 9, trouble.alert, trouble.fires(deleted + 9))
          .quiet(trouble.alert, deleted + 10, deleted + 60, 299), tmp_path)


@troubles
def test_replicas_fire_once(trouble, tmp_path):
    world = trouble.world([("ill", 200)], instances=(INSTANCE, {**INSTANCE, "instance": "b:9974"}))
    minute = trouble.waits + 1
    check(Expectations(well_others(world, 200)).fires(minute, trouble.alert, trouble.fires(minute)), tmp_path)


@troubles
def test_another_name_does_not_break_it(trouble, tmp_path):
    """It is another alert then, since its name is a label, and waits as a new one does."""
    named = 10
    world = well_others(trouble.world([("ill", 250)]), 250)
    world.let("northflank_addon_info", (1, named), *GONE, **ADDON, **INSTANCE, project_name="Shop",
              addon_name="Orders DB", addon_type="postgresql")
    world.let("northflank_addon_info", ("_", named), (1, 240), **ADDON, **INSTANCE, project_name="Shop",
              addon_name="Orders", addon_type="postgresql")
    minute = named + trouble.waits
    check(Expectations(world).fires(minute, trouble.alert, trouble.fires(minute, addon_name="Orders")), tmp_path)


@troubles
def test_while_nobody_watches_what_was_known_stays(trouble, tmp_path):
    """No exporter is up for two hours, and finds the addon well when it is back."""
    dies = trouble.waits + 10
    world = well_others(trouble.world([("ill", dies), ("stale", 1), ("_", 119), ("well", 60)]), dies)
    expectations = Expectations(world).quiet(trouble.alert, dies + 121, dies + 179)
    expectations.fires(dies + 9, trouble.alert, trouble.fires(dies + 9))
    for minute in (dies + 20, dies + 119):
        expectations.fires(minute, trouble.alert, *(
            [trouble.fires(minute, description=trouble.forgotten)] if trouble.stays else []))
    check(expectations, tmp_path)
