"""Alerts about exporters that are gone: all of them, or one."""

import pytest

from support.rule_tests import INSTANCE, Expectations, World, check

OTHER = {**INSTANCE, "instance": "b:9974"}
TOTAL = 200


def alert_of(name, summary, description, severity, scope, **labels):
    link = f"?var-account={labels['account']}" if "account" in labels else ""
    return ({**labels, "severity": severity, "scope": scope}, {
        "summary": summary, "description": description,
        "dashboard_url": f"http://localhost:3000/d/northflank-backup-exporter{link}",
        "runbook_url": f"docs/runbooks/{name}.md"})


ABSENT = "NorthflankBackupExporterAbsent"
IS_ABSENT = alert_of(
    ABSENT, "Nobody watches the backups",
    "Prometheus scrapes no northflank-backup-exporter (job northflank-backup): it is down, or no longer configured. "
    "Backups that fail now go unnoticed.", "critical", "exporter")
DOWN = "NorthflankBackupExporterDown"
IS_DOWN = alert_of(
    DOWN, "The backup exporter b:9974 is down",
    "Prometheus cannot scrape b:9974. If it is a shard, the backups of its addons are not watched.",
    "critical", "instance", **OTHER)


@pytest.mark.parametrize("away", [[(0, 30)], [("stale", 1), ("_", 29)]], ids=["down", "no longer configured"])
def test_nobody_watches(away, tmp_path):
    world = World().let("up", (1, 10), *away, (1, 160), **INSTANCE)
    check(Expectations(world).quiet(ABSENT, 9, 14).fires(15, ABSENT, IS_ABSENT).fires(39, ABSENT, IS_ABSENT)
          .quiet(ABSENT, 40), tmp_path)


def test_never_configured(tmp_path):
    check(Expectations(World().let("up", (1, TOTAL), job="node")).quiet(ABSENT, 4).fires(5, ABSENT, IS_ABSENT), tmp_path)


def test_a_restart_of_four_minutes_and_missed_scrapes_alert_nobody(tmp_path):
    world = World().let("up", (1, 10), (0, 4), (1, 10), (0, 1), (1, 10), (0, 1), (1, 100), **INSTANCE)
    check(Expectations(world).quiet(ABSENT, *range(60)).quiet(DOWN, *range(60)), tmp_path)


def test_what_other_jobs_have_down_is_not_meant(tmp_path):
    world = World().let("up", (1, TOTAL), **INSTANCE).let("up", (0, TOTAL), job="node", instance="a:9100")
    check(Expectations(world).quiet(DOWN, *range(0, TOTAL, 10)), tmp_path)


def test_one_of_two_is_down(tmp_path):
    world = World().let("up", (1, TOTAL), **INSTANCE).let("up", (1, 10), (0, 30), (1, 160), **OTHER)
    check(Expectations(world).quiet(DOWN, 9, 19).fires(20, DOWN, IS_DOWN).fires(39, DOWN, IS_DOWN).quiet(DOWN, 40)
          .quiet(ABSENT, *range(10, 50, 5)), tmp_path)
