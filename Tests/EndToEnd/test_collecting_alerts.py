"""Alerts about exporters that are gone: all of them, or one."""

import pytest

from support.rule_tests import INSTANCE, Expectations, World, check
from support.texts_of_rules import age

OTHER = {**INSTANCE, "instance": "b:9974"}
TOTAL = 200


def alert_of(summary, description, severity, scope, **labels):
    return ({**labels, "severity": severity, "scope": scope}, {"summary": summary, "description": description})


ABSENT = "NorthflankBackupExporterAbsent"
DOWN = "NorthflankBackupExporterDown"
JOB = "Prometheus scrapes no northflank-backup-exporter (job northflank-backup)."


def is_absent(minutes, why):
    """So many minutes after the last good scrape; None if there was none."""
    since = "" if minutes is None else f", for {age(minutes * 60)}"
    return alert_of(f"No exporter is scraped{since}: no backup is watched",
                    f"{JOB} {why} A backup that fails now is not noticed.", "critical", "exporter")


def is_down(minutes, watched, instance=OTHER):
    words = "by another exporter" if watched else ""
    return alert_of(f"Exporter {instance['instance']} is down, for {age(minutes * 60)}; its databases are "
                    + (f"watched {words}" if watched else "not watched"),
                    "Prometheus cannot scrape it. Look at its log and at the state of its container or service.",
                    "warning", "instance", **instance)


@pytest.mark.parametrize("away, why", [
    ([(0, 30)], "a:9974 is down."), ([("stale", 1), ("_", 29)], "The job has no target."),
], ids=["down", "no longer configured"])
def test_no_exporter_is_scraped(away, why, tmp_path):
    world = World().let("up", (1, 10), *away, (1, 160), **INSTANCE)
    check(Expectations(world).quiet(ABSENT, 9, 14).fires(15, ABSENT, is_absent(6, why)).fires(39, ABSENT, is_absent(30, why))
          .quiet(ABSENT, 40), tmp_path)


def test_never_configured(tmp_path):
    check(Expectations(World().let("up", (1, TOTAL), job="node")).quiet(ABSENT, 4).fires(
        5, ABSENT, is_absent(None, "The job has no target.")), tmp_path)


def test_a_restart_of_four_minutes_and_missed_scrapes_alert_nobody(tmp_path):
    world = World().let("up", (1, 10), (0, 4), (1, 10), (0, 1), (1, 10), (0, 1), (1, 100), **INSTANCE)
    check(Expectations(world).quiet(ABSENT, *range(60)).quiet(DOWN, *range(60)), tmp_path)


def two(index, account="acme"):
    """Two exporters, of which the other one is down for half an hour; with its shard index and its account."""
    world = World().let("up", (1, TOTAL), **INSTANCE).let("up", (1, 10), (0, 30), (1, 160), **OTHER)
    away = [("stale", 1), ("_", 29)]
    for name, value, own in (("addons", 5, account), ("shard_index", index, None)):
        labels = {"account": own} if own else {}
        world.let(f"northflank_exporter_{name}", (value, 10), *away, (value, 160), **OTHER, **labels)
    world.let("northflank_exporter_addons", (5, TOTAL), account="acme", **INSTANCE)
    return world.let("northflank_exporter_shard_index", (0, TOTAL), **INSTANCE)


@pytest.mark.parametrize("index, account, watched", [(0, "acme", True), (1, "acme", False), (0, "other", False)],
                         ids=["replica", "shard", "account of its own"])
def test_one_of_two_is_down(index, account, watched, tmp_path):
    check(Expectations(two(index, account)).quiet(ABSENT, *range(0, TOTAL, 5)).quiet(DOWN, 9, 19)
          .fires(20, DOWN, is_down(11, watched)).fires(39, DOWN, is_down(30, watched)).quiet(DOWN, 40), tmp_path)
