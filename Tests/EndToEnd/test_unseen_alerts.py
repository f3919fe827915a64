"""An addon that cannot be read while others of its account can; one that only waits for its turn is none."""

from support import troubles
from support.rule_tests import INSTANCE, Expectations, World, check
from support.troubles import LAST_SEEN, duration
from test_outage_alerts import ABOUT_ADDONS, FLEET, OUTAGE, api, fleet

UNSEEN = "NorthflankBackupNotObserved"


def unseen(number, words):
    name = {"project_name": "Shop", "addon_name": f"DB {number}"}
    summary, description = troubles.unseen(f"db-{number}", f"DB {number}", words)
    return ({**FLEET[number], **name, "finding": "not-observed", "severity": "warning", "scope": "addon"}, {
        "summary": summary, "description": description,
        "dashboard_url": "http://localhost:3000/d/northflank-backup-addon"
                         f"?var-account=acme&var-project=shop&var-addon=db-{number}",
        "runbook_url": "docs/runbooks/NorthflankBackupNotObserved.md"})


def test_one_addon_that_cannot_be_read_among_others(tmp_path):
    world = api(fleet(200, 1, 10, 150), ("0+5", 200), unavailable=[("0+1", 200)])
    fires = unseen(0, LAST_SEEN.format(time=duration(30 * 60)))
    check(Expectations(world).quiet(UNSEEN, 25, 39).fires(40, UNSEEN, fires).quiet(UNSEEN, 150)
          .quiet(OUTAGE, *range(0, 200, 10)), tmp_path)


def test_a_first_start_with_a_budget_that_takes_hours(tmp_path):
    """Nobody is alerted of addons that wait for their first poll, unless that takes more than six hours."""
    world = World()
    for number, addon in enumerate(FLEET):
        world.addon(500, addon=addon)
        polled = 5 if number < 4 else 450
        world.let("northflank_addon_up", ("_", polled), (1, 500 - polled), **addon, **INSTANCE)
        world.finding("not-observed", (1, polled), (0, 500 - polled), addon=addon)
    api(world, ("0+5", 500))
    expectations = Expectations(world)
    for alert in ABOUT_ADDONS:
        expectations.quiet(alert, *range(0, 375, 15))
    late = unseen(4, "have not been seen yet")
    check(expectations.fires(375, UNSEEN, late).quiet(UNSEEN, 450), tmp_path)


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
    return api(world.let("up", (1, 10), (0, 300), (1, total - 310), **INSTANCE), ("0+5", total))


def test_an_exporter_that_was_down_for_hours_asks_one_after_the_other(tmp_path):
    check(Expectations(restarted(first_poll=240)).quiet(UNSEEN, *range(0, 600, 5)), tmp_path)


def test_one_that_cannot_be_read_survives_a_restart_of_the_exporter(tmp_path):
    """It is asked for the first time a quarter of an hour later; what is known of it is kept."""
    world = fleet(200, 1, 10, 200)
    down = FLEET[0]
    world.let("northflank_addon_up", (1, 10), (0, 90), ("stale", 1), ("_", 24), (0, 75), **down, **INSTANCE)
    api(world, ("0+5", 200), unavailable=[(0, 10), ("1+1", 190)])
    expectations = Expectations(world)
    for minute in range(95, 200, 5):
        words = LAST_SEEN.format(time=duration((minute - 10) * 60))
        expectations.fires(minute, UNSEEN, unseen(0, words))
    check(expectations, tmp_path)
