"""Alerts about exporters that are there: whether all shards are, and whether they keep their history."""

import pytest

from support.rule_tests import INSTANCE, Expectations, World, check
from test_collecting_alerts import TOTAL, alert_of

SHARD = "NorthflankBackupShardMissing"


def shards(world, *timelines, **labels):
    for index, timeline in enumerate(timelines):
        instance = {**INSTANCE, "instance": f"shard-{index}:9974", **labels}
        for name, value, own in (("shards", len(timelines), {}), ("shard_index", index, {}),
                                 ("addons", 300 + index, {"account": "acme"})):
            world.let(f"northflank_exporter_{name}",
                      *[(value if what == "there" else what, minutes) for what, minutes in timeline], **instance, **own)
    return world


def is_missing(count, of, unwatched=None, where="", **labels):
    """Of the last part, the instance and its databases, if they were scraped before."""
    addons = f"; {unwatched[1]} databases are not watched" if unwatched else ""
    whose = f" {unwatched[0]}, account acme: {unwatched[1]} databases." if unwatched else ""
    return alert_of(f"Shards missing{where}: {count} of {of}{addons}",
                    f"The databases of the missing shards are not watched.{whose} kubectl get pods shows the state of each pod.",
                    "critical", "instance", **labels)


def test_a_shard_that_is_missing(tmp_path):
    """Seen for ten minutes after its last scrape, and waited for ten more."""
    world = shards(World(), [("there", TOTAL)], [("there", 10), ("stale", 1), ("_", 49), ("there", 140)],
                   [("there", TOTAL)])
    fires = is_missing(1, 3, ("shard-1:9974", 301))
    check(Expectations(world).quiet(SHARD, 0, 10, 20, 29).fires(30, SHARD, fires).fires(59, SHARD, fires)
          .quiet(SHARD, 60), tmp_path)


def test_shards_that_restart_one_after_the_other_and_replicas_of_shards(tmp_path):
    restart = [("there", 20), ("stale", 1), ("_", 4), ("there", 175)]
    world = shards(World(), [("there", TOTAL)], restart, [("there", 30), ("stale", 1), ("_", 4), ("there", 165)])
    shards(world, [("there", TOTAL)], [("there", TOTAL)], [("there", TOTAL)])
    check(Expectations(world).quiet(SHARD, *range(0, TOTAL, 5)), tmp_path)


def test_a_fleet_that_is_not_divided_misses_no_shard(tmp_path):
    world = shards(World(), [("there", TOTAL)])
    check(Expectations(world).quiet(SHARD, *range(0, TOTAL, 10)), tmp_path)


def test_a_fleet_does_not_hide_what_another_namespace_misses(tmp_path):
    """Prometheus scrapes two: of one a shard is gone, and the other one has that index, too."""
    gone = [("there", 10), ("stale", 1), ("_", TOTAL)]
    world = shards(World(), [("there", TOTAL)], gone, namespace="staging")
    shards(world, *[[("there", TOTAL)]] * 3, namespace="production")
    # Their instances have the same names, so that Prometheus cannot tell whose databases are not watched.
    fires = is_missing(1, 2, None, " in namespace staging", namespace="staging")
    check(Expectations(world).quiet(SHARD, 29).fires(30, SHARD, fires).fires(TOTAL - 1, SHARD, fires), tmp_path)


def test_an_instance_that_was_not_told_of_the_others_misses_none_by_itself(tmp_path):
    """One says three, the others say one, as in a roll-out that was left half done."""
    world = shards(World(), *[[("there", TOTAL)]] * 3)
    world.let("northflank_exporter_shards", (1, TOTAL), **{**INSTANCE, "instance": "shard-0:9974"})
    world.let("northflank_exporter_shard_index", (0, TOTAL), **{**INSTANCE, "instance": "shard-1:9974"})
    check(Expectations(world).fires(10, SHARD, is_missing(1, 3)), tmp_path)


HISTORY = "NorthflankBackupHistoryNotKept"
NOT_KEPT = alert_of(
    "Exporter a:9974: the history is not written",
    "It could not be written, or a corrupt one was set aside. A restart now can lose counts, states with their beginnings, "
    "and what was learned about sizes.", "warning", "instance", instance="a:9974")


@pytest.mark.parametrize("errors, corruptions, persistent, first, last", [
    # It cannot be written for a while.
    ([(0, 10), ("1+1", 20), (20, 170)], [(0, TOTAL)], [(1, 10), (0, 20), (1, 170)], 15, 43),
    # It was corrupt once.
    ([(0, TOTAL)], [(0, 10), (1, 190)], [(1, TOTAL)], 15, 24),
    # It could not be opened at the start, and is not tried again.
    ([(1, TOTAL)], [(0, TOTAL)], [(0, TOTAL)], 5, TOTAL - 1),
    # It is in memory because that is wanted.
    ([(0, TOTAL)], [(0, TOTAL)], [(0, TOTAL)], None, None),
], ids=["unwritable", "corrupt", "foreign", "memory"])
def test_the_history_is_not_kept(errors, corruptions, persistent, first, last, tmp_path):
    world = World()
    for name, parts in (("write_errors_total", errors), ("corruptions_total", corruptions), ("persistent", persistent)):
        world.let(f"northflank_exporter_state_{name}", *parts, **INSTANCE)
    expectations = Expectations(world)
    if first is None:
        expectations.quiet(HISTORY, *range(0, TOTAL, 5))
    else:
        expectations.quiet(HISTORY, first - 1).fires(first, HISTORY, NOT_KEPT).fires(last, HISTORY, NOT_KEPT)
        expectations.quiet(HISTORY, *range(last + 1, TOTAL, 5))
    check(expectations, tmp_path)
