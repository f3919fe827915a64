"""What policies change of alerts: labels for routing, waivers, and whether an addon that is gone pages."""

import pytest

from support.rule_tests import ADDON, INSTANCE, NAMED, Expectations, World, check
from support.troubles import trouble_of

AT_RISK, ENDS = "NorthflankBackupAtRisk", "NorthflankBackupWaiverEnds"
GONE = trouble_of("NorthflankBackupAddonGone")
DECIDED = {"policy": "production", "owner": "payments@acme.example"}
INFO = {"project_name": "Shop", "addon_name": "Orders DB", "addon_type": "postgresql"}
DAY = 86_400


def decided(world, minutes=100, **decisions):
    """The addon of the world, about which policies say something."""
    (plain,) = [name for name in world.series if name.startswith("northflank_addon_info{")]
    del world.series[plain]
    return world.let("northflank_addon_info", (1, minutes), **ADDON, **INSTANCE, **INFO, **decisions)


def gone(alert, severity, **labels):
    expected, annotations = GONE.fires(25)
    return ({**expected, **labels, "severity": severity},
            {**annotations, "runbook_url": f"docs/runbooks/{alert}.md"})


@pytest.mark.parametrize("on_gone, alert, severity", [
    (None, GONE.alert, "warning"), ("ticket", GONE.alert, "warning"), ("page", AT_RISK, "critical")])
def test_who_is_alerted_when_it_is_gone(on_gone, alert, severity, tmp_path):
    says = {"on_gone": on_gone} if on_gone else {}
    world = decided(World().addon(100).finding("gone", (0, 5), (1, 95)), **DECIDED, **says)
    other = AT_RISK if alert == GONE.alert else GONE.alert
    check(Expectations(world).quiet(alert, 19).fires(20, alert, gone(alert, severity, **DECIDED)).quiet(other, 20, 99), tmp_path)


def waived(world, *parts):
    return world.let("northflank_addon_backup_health", *parts, **ADDON, **INSTANCE, state="waived")


def test_what_is_waived_does_not_alert_until_the_waiver_is_over(tmp_path):
    world = waived(World().addon(100).finding("never-completed", (1, 100)), (1, 40), (0, 60))
    never = trouble_of("NorthflankBackupNever")
    quiet = Expectations(world).quiet(never.alert, 16, 39)
    check(quiet.fires(70, never.alert, never.fires(70)), tmp_path)


def test_it_stays_waived_while_no_exporter_is_up(tmp_path):
    world = waived(World().addon(30).finding("never-completed", (1, 30)), (1, 30), ("stale", 1))
    world.let("up", (1, 30), (0, 70), **INSTANCE)
    check(Expectations(world).quiet("NorthflankBackupNever", 16, 29, 45, 60, 99), tmp_path)


def test_a_waiver_that_begins_ends_an_alert(tmp_path):
    world = waived(World().addon(100).finding("never-completed", (1, 100)), (0, 40), (1, 60))
    never = trouble_of("NorthflankBackupNever")
    check(Expectations(world).fires(39, never.alert, never.fires(39)).quiet(never.alert, 40, 99), tmp_path)


def ends(left):
    return ({**NAMED, "waived_by": "ops@acme.example", "severity": "info", "scope": "addon"}, {
        "summary": f"The waiver of Orders DB (Shop) ends in {left}",
        "description": "ops@acme.example has waived the protection of acme/shop/orders-db. After the waiver, what is wrong "
                       "with its backups alerts again.",
        "dashboard_url": "http://localhost:3000/d/northflank-backup-addon?var-account=acme&var-project=shop&var-addon=orders-db",
        "runbook_url": f"docs/runbooks/{ENDS}.md"})


def waiver(until, minutes=100):
    return World().addon(minutes).let(
        "northflank_addon_backup_waiver_expiry_timestamp_seconds", (until, minutes), **ADDON, **INSTANCE,
        waived_by="ops@acme.example", waiver_reason="rebuilt from fixtures")


def test_a_week_before_the_end_of_a_waiver(tmp_path):
    """A week is left from minute 5 on, exclusive; the alert comes an hour later."""
    world = waiver(7 * DAY + 5 * 60)
    check(Expectations(world).quiet(ENDS, 65).fires(66, ENDS, ends("6d 22h 59m 0s")), tmp_path)


def test_the_alert_ends_with_the_waiver(tmp_path):
    world = waiver(90 * 60)
    check(Expectations(world).fires(89, ENDS, ends("1m 0s")).quiet(ENDS, 90, 99), tmp_path)
