"""What policies change of alerts: labels for routing, waivers, and whether an addon that is gone pages."""

import pytest

from support.rule_tests import ADDON, INSTANCE, NAMED, Expectations, World, check
from support.troubles import GONE, RISK, trouble_of

ENDS = "NorthflankBackupWaiverEnds"
NEVER = trouble_of(RISK)
DECIDED = {"policy": "production", "owner": "payments@acme.example"}
INFO = {"project_name": "Shop", "addon_name": "Orders DB", "addon_type": "postgresql"}
DAY = 86_400
FORGET = "Deleted on purpose: northflank-backup-exporter forget acme/shop/orders-db"


def decided(world, minutes=100, **decisions):
    """The addon of the world, about which policies say something."""
    (plain,) = [name for name in world.series if name.startswith("northflank_addon_info{")]
    del world.series[plain]
    return world.let("northflank_addon_info", (1, minutes), **ADDON, **INSTANCE, **INFO, **decisions)


TICKET = {
    "summary": "Orders DB (Shop): not in Northflank's lists for 2d 7h",
    "description": "acme/shop/orders-db was last listed with 28 completed backups, newest dump 118 GB. "
                   f"{FORGET} Policy production, owner payments@acme.example."}
PAGE = {
    "summary": "Orders DB (Shop): not in Northflank's lists, at risk for 2d 7h",
    "description": f"acme/shop/orders-db. gone for 2d 7h. {FORGET} Policy production, owner payments@acme.example."}


@pytest.mark.parametrize("on_gone, alert, severity, texts", [
    (None, GONE, "warning", TICKET), ("ticket", GONE, "warning", TICKET), ("page", RISK, "critical", PAGE)])
def test_who_is_alerted_when_it_is_gone(on_gone, alert, severity, texts, tmp_path):
    says = {"on_gone": on_gone} if on_gone else {}
    world = decided(World().addon(100).finding("gone", (0, 5), (1, 95)), **DECIDED, **says)
    world.let("northflank_addon_backups", (28, 5), ("stale", 1), **ADDON, **INSTANCE, status="completed")
    world.let("northflank_addon_backup_last_completed_size_bytes", (118_000_000_000, 5), ("stale", 1), **ADDON, **INSTANCE,
              type="dump")
    other = RISK if alert == GONE else GONE
    fires = ({**NAMED, **DECIDED, "severity": severity, "scope": "addon"}, texts)
    check(Expectations(world).quiet(alert, 19).fires(20, alert, fires).quiet(other, 20, 99), tmp_path)


@pytest.mark.parametrize("decisions, sentence", [
    (DECIDED, "Policy production, owner payments@acme.example."), ({"policy": "gold"}, "Policy gold."),
    ({"owner": "ops@acme.example"}, "Owner ops@acme.example.")])
def test_labels_and_words_for_routing(decisions, sentence, tmp_path):
    world = decided(World().addon(100).finding("never-completed", (1, 100)), **decisions)
    labels, annotations = NEVER.fires(15)
    check(Expectations(world).fires(15, RISK, ({**labels, **decisions}, {
        **annotations, "description": f"acme/shop/orders-db. never-completed for 2d 7h. {sentence}"})), tmp_path)


def waived(world, *parts):
    return world.let("northflank_addon_backup_health", *parts, **ADDON, **INSTANCE, state="waived")


def never(minute):
    labels, annotations = NEVER.fires(minute)
    since = annotations["summary"].rpartition(" for ")[2]
    return labels, {**annotations, "description": f"acme/shop/orders-db. never-completed for {since}."}


def test_what_is_waived_does_not_alert_until_the_waiver_is_over(tmp_path):
    world = waived(World().addon(100).finding("never-completed", (1, 100)), (1, 40), (0, 60))
    check(Expectations(world).quiet(RISK, 16, 39).fires(70, RISK, never(70)), tmp_path)


def test_it_stays_waived_while_no_exporter_is_up(tmp_path):
    world = waived(World().addon(30).finding("never-completed", (1, 30)), (1, 30), ("stale", 1))
    world.let("up", (1, 30), (0, 70), **INSTANCE)
    check(Expectations(world).quiet(RISK, 16, 29, 45, 60, 99), tmp_path)


def test_a_waiver_that_begins_ends_an_alert(tmp_path):
    world = waived(World().addon(100).finding("never-completed", (1, 100)), (0, 40), (1, 60))
    check(Expectations(world).fires(39, RISK, never(39)).quiet(RISK, 40, 99), tmp_path)


def ends(left, after=""):
    return ({**NAMED, "severity": "info", "scope": "addon"}, {
        "summary": f"Orders DB (Shop): waiver ends in {left}",
        "description": f"acme/shop/orders-db. Waived by ops@acme.example: rebuilt from fixtures.{after}"})


def waiver(until, minutes=100):
    return World().addon(minutes).let(
        "northflank_addon_backup_waiver_expiry_timestamp_seconds", (until, minutes), **ADDON, **INSTANCE,
        waived_by="ops@acme.example", waiver_reason="rebuilt from fixtures")


def test_a_week_before_the_end_of_a_waiver(tmp_path):
    """A week is left from minute 5 on, exclusive; the alert comes an hour later."""
    world = waived(waiver(7 * DAY + 5 * 60).finding("never-completed", (1, 100)), (1, 100))
    check(Expectations(world).quiet(ENDS, 65).fires(
        66, ENDS, ends("6d 22h", " After the waiver: never-completed, for 2d 8h.")), tmp_path)


def test_the_alert_ends_with_the_waiver(tmp_path):
    world = waiver(90 * 60)
    check(Expectations(world).fires(89, ENDS, ends("1m 0s")).quiet(ENDS, 90, 99), tmp_path)
