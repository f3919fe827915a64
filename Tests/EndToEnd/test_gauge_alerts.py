"""Every alert that asks a gauge: discovery, what is watched, the budget, the configuration."""

import pytest

from support.rule_tests import GONE, INSTANCE, Expectations, World, check
from test_collecting_alerts import OTHER, TOTAL, alert_of

# Alert, how long it waits, the metric, its value when all is well, in trouble, and nearly so; scope, words.
GAUGES = [
    ("NorthflankBackupDiscoveryFailing", 30, "northflank_exporter_discovery_up", 1, 0, 1, "warning", "account",
     "New addons of account acme are not found",
     "The lists of projects and addons of account acme cannot be read in whole, so an addon that was made since is not "
     "watched."),
    ("NorthflankBackupNothingWatched", 30, "northflank_exporter_addons", 3, 0, 1, "warning", "account",
     "No addon of account acme is watched",
     "Account acme is configured, but discovery finds no addon in it, or its filters leave none."),
    ("NorthflankBackupFleetShrunk", 5, "northflank_exporter_addons_missing", 0, 6, 5, "critical", "account",
     "More than half of the addons of account acme are missing",
     "60% of the watched addons of account acme are not in Northflank's lists any more. A permission that was taken away "
     "looks the same."),
    ("NorthflankBackupAddonNotFound", 30, "northflank_exporter_addons_not_found", 0, 2, 0, "warning", "account",
     "Addons of account acme that are configured do not exist",
     "Northflank does not know some of the addons that the configuration of account acme names: they were deleted or "
     "renamed, or an id is wrong. The exporter's log says which."),
    ("NorthflankBackupBudgetNearlySpent", 10, "northflank_api_rate_limit_remaining", 800, 149, 150, "warning",
     "account", "The API's rate limit of account acme is nearly used up",
     "14.9% of the requests that account acme may send in this hour are left, for everybody who uses it. The exporter "
     "waits before they are gone, and sees less meanwhile."),
    ("NorthflankBackupClockSkew", 10, "northflank_api_clock_skew_seconds", 2, -301, 300, "warning", "account",
     "The clocks of the backup exporter and of Northflank differ",
     "The exporter's clock differs from Northflank's by 5m 1s, as account acme shows. Until they agree, no backup becomes "
     "late, and no history is deleted."),
    ("NorthflankBackupReloadFailed", 5, "northflank_exporter_config_last_reload_successful", 1, 0, 1, "warning",
     "instance", "The backup exporter a:9974 refuses its new configuration",
     "The configuration of a:9974 was changed and is wrong; the old one stays in force, and a restart would fail. Its "
     "log names file, line and key."),
]


def fires_of(name):
    (gauge,) = [gauge for gauge in GAUGES if gauge[0] == name]
    *_, severity, scope, summary, description = gauge
    labels = {"account": "acme"} if scope == "account" else {"instance": "a:9974"}
    return alert_of(name, summary, description, severity, scope, **labels)


@pytest.mark.parametrize("alert, waits, metric, well, ill, nearly, scope", [(*gauge[:6], gauge[7]) for gauge in GAUGES],
                         ids=[gauge[0] for gauge in GAUGES])
def test_a_gauge(alert, waits, metric, well, ill, nearly, scope, tmp_path):
    """It fires in time, survives missed scrapes and a restart, and ends; nearly is nothing, and so is no data."""
    own = {**INSTANCE, **({"account": "acme"} if scope == "account" else {})}
    fires = fires_of(alert)
    begins, ends = 10, 10 + waits + 40

    def world(*parts):
        world = World().let(metric, *parts, **own).let("up", (1, TOTAL), **INSTANCE)
        world.let("northflank_api_rate_limit_reset_timestamp_seconds", (60 * TOTAL, TOTAL), **own)
        if metric != "northflank_exporter_addons":
            world.let("northflank_exporter_addons", (10, TOTAL), **own)
        return world.let("northflank_api_rate_limit", (1000, TOTAL), **own)

    gaps = [("stale", 1), (ill, waits + 6), ("stale", 1), ("_", 8), (ill, 23)]
    check(Expectations(world((well, begins), (ill, 1), *gaps, (well, 60)))
          .quiet(alert, 9, begins + waits - 1).fires(begins + waits, alert, fires)
          .fires(begins + waits + 16, alert, fires).fires(ends - 1, alert, fires).quiet(alert, ends, TOTAL - 1), tmp_path)
    check(Expectations(world((nearly, TOTAL))).quiet(alert, *range(0, TOTAL, 10)), tmp_path)
    check(Expectations(world((ill, 20), *GONE)).quiet(alert, *range(0, 5)).quiet(alert, 30, TOTAL - 1), tmp_path)


def test_one_shard_that_cannot_discover_is_enough(tmp_path):
    alert = "NorthflankBackupDiscoveryFailing"
    world = World().let("northflank_exporter_discovery_up", (1, TOTAL), account="acme", **INSTANCE)
    world.let("northflank_exporter_discovery_up", (0, TOTAL), account="acme", **OTHER)
    fires = fires_of(alert)
    check(Expectations(world).quiet(alert, 29).fires(30, alert, fires), tmp_path)


def test_a_web_configuration_that_is_refused_is_a_refused_configuration(tmp_path):
    alert = "NorthflankBackupReloadFailed"
    world = World().let("northflank_exporter_config_last_reload_successful", (1, TOTAL), **INSTANCE)
    world.let("northflank_exporter_web_config_last_reload_successful", (1, 10), (0, 30), (1, 60), **INSTANCE)
    check(Expectations(world).quiet(alert, 9, 14).fires(15, alert, fires_of(alert)).fires(39, alert, fires_of(alert))
          .quiet(alert, 40), tmp_path)


def test_an_account_that_is_divided_is_watched_by_all_of_its_shards(tmp_path):
    world = World().let("northflank_exporter_addons", (0, TOTAL), account="acme", **INSTANCE)
    world.let("northflank_exporter_addons", (4, TOTAL), account="acme", **OTHER)
    check(Expectations(world).quiet("NorthflankBackupNothingWatched", *range(0, TOTAL, 10)), tmp_path)


def unanswered():
    """No connection to the API comes about."""
    world = World().let("northflank_api_errors_total", ("0+1", TOTAL), account="acme", reason="connect", **INSTANCE)
    return world.let("northflank_api_requests_total", (0, TOTAL), account="acme", code="200", endpoint="projects",
                     **INSTANCE)


def test_lists_that_cannot_be_read_are_no_news_during_an_outage(tmp_path):
    world = unanswered().let("northflank_exporter_discovery_up", (0, TOTAL), account="acme", **INSTANCE)
    world.let("northflank_exporter_addons", (0, TOTAL), account="acme", **INSTANCE)
    expectations = Expectations(world).quiet("NorthflankBackupDiscoveryFailing", *range(0, TOTAL, 10))
    check(expectations.quiet("NorthflankBackupNothingWatched", *range(0, TOTAL, 10)), tmp_path)


def test_lists_that_cannot_be_read_are_another_alert(tmp_path):
    """Polls work, and nothing was discovered because nothing could be."""
    world = World().let("northflank_exporter_discovery_up", (0, TOTAL), account="acme", **INSTANCE)
    world.let("northflank_exporter_addons", (0, TOTAL), account="acme", **INSTANCE)
    check(Expectations(world).quiet("NorthflankBackupNothingWatched", *range(0, TOTAL, 10)), tmp_path)


def test_an_account_of_which_nothing_is_known_during_an_outage(tmp_path):
    """Its first discovery has not failed yet, or there is none."""
    world = unanswered().let("northflank_exporter_addons", (0, TOTAL), account="acme", **INSTANCE)
    check(Expectations(world).quiet("NorthflankBackupNothingWatched", *range(0, TOTAL, 10)), tmp_path)


def test_one_replica_that_does_not_know_an_addon_is_enough(tmp_path):
    alert = "NorthflankBackupAddonNotFound"
    world = World().let("northflank_exporter_addons_not_found", (0, TOTAL), account="acme", **INSTANCE)
    world.let("northflank_exporter_addons_not_found", (2, TOTAL), account="acme", **OTHER)
    check(Expectations(world).fires(30, alert, fires_of(alert)), tmp_path)


@pytest.mark.parametrize("resets, quiet_from", [(100, 100), (TOTAL, TOTAL)], ids=["it is over", "it goes on"])
def test_a_window_that_is_over_has_its_budget_again(resets, quiet_from, tmp_path):
    """Though nothing was sent since, and nobody has said so. Of two replicas the one that has less left counts."""
    alert = "NorthflankBackupBudgetNearlySpent"
    world = World()
    for instance, left in ((INSTANCE, 149), (OTHER, 800)):
        own = {**instance, "account": "acme"}
        world.let("northflank_api_rate_limit_remaining", (left, TOTAL), **own)
        world.let("northflank_api_rate_limit", (1000, TOTAL), **own)
        world.let("northflank_api_rate_limit_reset_timestamp_seconds", (60 * resets, TOTAL), **own)
    fires = fires_of(alert)
    check(Expectations(world).fires(10, alert, fires).fires(quiet_from - 1, alert, fires)
          .quiet(alert, *range(quiet_from, TOTAL, 10)), tmp_path)
