"""Backups that were removed before their time: a ticket, and a page if they were most."""

import pytest

from support.rule_tests import ADDON, INSTANCE, NAMED, Expectations, World, check
from support.texts_of_rules import age
from support.troubles import RISK, SUSPECT


def said(removed, left, minute):
    since = age(198_000 + minute * 60)
    return {"description": f"acme/shop/orders-db. removed-early for {since}. {removed} restorable points were removed early, "
                           f"{left} are left."}, since


def fires(alert, removed, left, minute):
    annotations, since = said(removed, left, minute)
    severity, words = ("critical", f"no completed backup, at risk for {since}") if alert == RISK else (
        "warning", f"restorable points were removed early, for {since}")
    return ({**NAMED, "severity": severity, "scope": "addon"}, {**annotations, "summary": f"Orders DB (Shop): {words}"})


@pytest.mark.parametrize("left, pages", [(14, True), (16, False)])
def test_more_than_half(left, pages, tmp_path):
    """Fifteen of 29, or of 31, were removed; `increase` says a little more than that."""
    world = World().addon(100).finding("removed-early", (0, 20), (1, 80))
    world.let("northflank_addon_backups_removed_early_total", (0, 20), (15, 80), **ADDON, **INSTANCE, type="dump")
    world.let("northflank_addon_backups", (left + 15, 18), (left, 82), **ADDON, **INSTANCE, status="completed")
    expectations = Expectations(world).quiet(RISK, 19, 34)
    expectations.fires(99, SUSPECT, fires(SUSPECT, 15, left, 99))
    for minute in (35, 99):
        expectations.fires(minute, RISK, *([fires(RISK, 15, left, minute)] if pages else []))
    check(expectations, tmp_path)


def test_a_finding_that_ends_is_over_at_once_and_survives_missed_scrapes(tmp_path):
    """No alert ends because an addon was not scraped; one that holds no longer ends with the next evaluation."""
    world = World().addon(100).finding("removed-early", (0, 5), (1, 55), (0, 40))
    gap = World().addon(0, lambda value: [(value, 30), ("stale", 1), ("_", 5), (value, 64)])
    gap.finding("removed-early", (1, 30), ("stale", 1), ("_", 5), (1, 64))
    held = 'addon:northflank_backup_finding:held{finding="removed-early"}'
    labels = ", ".join(f'{key}="{value}"' for key, value in {**NAMED, "finding": "removed-early"}.items())
    name = f"addon:northflank_backup_finding:held{{{labels}}}"
    check(Expectations(world).records(59, held, (name, 1)).records(60, held), tmp_path)
    check(Expectations(gap).records(29, held, (name, 1)).records(35, held, (name, 1)).records(99, held, (name, 1)), tmp_path)
