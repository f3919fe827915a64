"""Every alert about an addon, through the life of its trouble."""

import pytest

from support.rule_tests import ADDON, GONE, INSTANCE, SINCE, Expectations, World, check
from support.troubles import TROUBLES, trouble_of

troubles = pytest.mark.parametrize("trouble", TROUBLES, ids=lambda trouble: f"{trouble.alert}-{trouble.finding}")


def well_others(world, minutes):
    """Others of the account are well, so that it is no outage."""
    for name in ("carts-db", "users-db"):
        world.addon(minutes, addon={**ADDON, "addon": name})
    return world


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


def test_replicas_that_disagree_about_a_name_do_not_take_turns(tmp_path):
    """They are scraped in different minutes; the name is that of the one that was started last."""
    trouble = trouble_of("NorthflankBackupAtRisk")
    world = World()
    for number, (instance, name) in enumerate({"a:9974": "Orders", "b:9974": "Orders DB", "c:9974": "Orders"}.items()):
        own = {**INSTANCE, "instance": instance}
        turns = [part for _ in range(70) for part in ((1, 1), ("_", 2))][number * 2:]
        world.let("up", (1, 200), **own)
        world.let("northflank_addon_backup_finding_since_timestamp_seconds", (SINCE, 200), **ADDON, **own, finding=trouble.finding)
        world.let("northflank_addon_info", *turns, **ADDON, **own, project_name="Shop", addon_name=name,
                  addon_type="postgresql")
        started = 1_000_000 + 1000 * (instance == "b:9974")
        world.let("process_start_time_seconds", (started, 200), **own)
    expectations = Expectations(world)
    for minute in range(25, 200):
        labels, annotations = trouble.fires(minute)
        since = annotations["summary"].rpartition(" for ")[2]
        annotations["description"] = f"acme/shop/orders-db. never-completed for {since}."
        expectations.fires(minute, trouble.alert, (labels, annotations))
    check(expectations, tmp_path)


@troubles
def test_an_account_with_any_name(trouble, tmp_path):
    account = 'R&D "team"'
    world = World()
    for series, said in well_others(trouble.world([("ill", 200)]), 200).series.items():
        world.series[series.replace('account="acme"', 'account="R&D \\"team\\""')] = said
    labels, annotations = trouble.fires(trouble.waits)
    told = {name: text.replace("acme", account) for name, text in annotations.items()}
    check(Expectations(world).fires(trouble.waits, trouble.alert, ({**labels, "account": account}, told)), tmp_path)


@troubles
def test_while_nobody_watches_what_was_known_stays(trouble, tmp_path):
    """No exporter is up for two hours, and finds the addon well when it is back."""
    dies = trouble.waits + 10
    world = well_others(trouble.world([("ill", dies), ("stale", 1), ("_", 119), ("well", 60)]), dies)
    expectations = Expectations(world).quiet(trouble.alert, dies + 121, dies + 179)
    expectations.fires(dies + 9, trouble.alert, trouble.fires(dies + 9))
    for minute in (dies + 20, dies + 119):
        expectations.fires(minute, trouble.alert, *(
            [trouble.fires(minute, forgotten=True)] if trouble.stays else []))
    check(expectations, tmp_path)


def test_without_an_objective_no_backup_is_missing(tmp_path):
    """Unprotected is the ticket then."""
    trouble = trouble_of("NorthflankBackupAtRisk")
    world = World().addon(200).finding(trouble.finding, (1, 200)).finding("no-objective", (1, 100), (0, 100))
    expected = trouble.fires(115)
    expected[1]["description"] = "acme/shop/orders-db. never-completed for 2d 8h."
    check(Expectations(world).quiet(trouble.alert, *range(0, 115, 5)).fires(115, trouble.alert, expected), tmp_path)


def test_ages_and_ratios_of_types_are_those_of_the_replica_that_has_seen_most(tmp_path):
    world = World()
    ages = {"a:9974": {"dump": 90_000, "snapshot": 500, "import": 10}, "b:9974": {"dump": 80_000, "snapshot": 700}}
    for instance, types in ages.items():
        for kind, age in types.items():
            own = {**ADDON, **INSTANCE, "instance": instance, "type": kind}
            world.let("northflank_addon_backup_last_completed_age_seconds", (age, 20), **own)
            world.let("northflank_addon_backup_objective_seconds",
                      (40_000 if instance == "a:9974" else 50_000, 20), **own)
    addon = 'account="acme", addon="orders-db", project="shop"'

    def sample(name, kind, value):
        return f'type:northflank_backup_age:{name}{{{addon}, type="{kind}"}}', value

    check(Expectations(world)
          .records(10, "type:northflank_backup_age:seconds", sample("seconds", "dump", 80_000),
                   sample("seconds", "snapshot", 500), sample("seconds", "any", 500))
          .records(10, "type:northflank_backup_age:ratio * 1", (f'{{{addon}, type="dump"}}', 2),
                   (f'{{{addon}, type="snapshot"}}', 0.0125)), tmp_path)
