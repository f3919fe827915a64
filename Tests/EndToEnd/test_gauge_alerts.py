"""Every alert that asks a gauge: discovery, what is watched, the budget, the time zone, the clock, the configuration."""

import pytest

from support.rule_tests import GONE, INSTANCE, Expectations, World, check
from test_collecting_alerts import OTHER, TOTAL, alert_of
from test_outage_alerts import error

# Alert, how long it waits, the metric, its value when all is well, in trouble, and nearly so; scope, words.
GAUGES = [
    ("NorthflankBackupDiscoveryFailing", 30, "northflank_exporter_discovery_up", 1, 0, 1, "warning", "account",
     "Account acme: new databases are not found",
     "The lists of projects and addons cannot be read completely. Known databases are checked."),
    ("NorthflankBackupNothingWatched", 30, "northflank_exporter_addons", 3, 0, 1, "warning", "account",
     "Account acme: 0 databases are watched",
     "The account is configured, and discovery finds no addon in it, or its filters leave none. "
     "northflank-backup-exporter check-config lists what the filters take."),
    ("NorthflankBackupFleetShrunk", 0, "northflank_exporter_addons_missing", 0, 6, 5, "critical", "account",
     "Account acme: discovery finds 4 of 10 databases",
     "Most likely the token lost a permission, or team or filters changed. The databases and their history are kept; they "
     "count as gone after three readings without them, at least ten minutes later."),
    ("NorthflankBackupClockSkew", 10, "northflank_api_clock_skew_seconds", 2, -541, 300, "warning", "instance",
     "Exporter a:9974: the clock is 9m 1s behind Northflank's (limit 5m)",
     "Until the clocks agree, no backup becomes late and no history is deleted. Correct the clock (NTP)."),
    ("NorthflankBackupReloadFailed", 5, "northflank_exporter_config_last_reload_successful", 1, 0, 1, "warning",
     "instance", "Exporter a:9974: the new configuration is refused",
     "The earlier configuration stays in force. A restart would fail. The log names file, line and key."),
]


def fires_of(name):
    (gauge,) = [gauge for gauge in GAUGES if gauge[0] == name]
    *_, severity, scope, summary, description = gauge
    labels = {"account": "acme"} if scope == "account" else {"instance": "a:9974"}
    return alert_of(summary, description, severity, scope, **labels)


@pytest.mark.parametrize("alert, waits, metric, well, ill, nearly, scope", [(*gauge[:6], gauge[7]) for gauge in GAUGES],
                         ids=[gauge[0] for gauge in GAUGES])
def test_a_gauge(alert, waits, metric, well, ill, nearly, scope, tmp_path):
    """It fires in time, survives missed scrapes and a restart, and ends; nearly is nothing, and so is no data."""
    is_of_account = metric not in ("northflank_exporter_config_last_reload_successful",)
    own = {**INSTANCE, **({"account": "acme"} if is_of_account else {})}
    fires = fires_of(alert)
    begins, ends = 10, 10 + waits + 40

    def world(*parts):
        world = World().let(metric, *parts, **own).let("up", (1, TOTAL), **INSTANCE)
        if metric != "northflank_exporter_addons":
            world.let("northflank_exporter_addons", (10, TOTAL), account="acme", **INSTANCE)
        return world

    gaps = [("stale", 1), (ill, waits + 6), ("stale", 1), ("_", 8), (ill, 23)]
    expectations = Expectations(world((well, begins), (ill, 1), *gaps, (well, 60))).quiet(alert, 9)
    if waits:
        expectations.quiet(alert, begins + waits - 1)
    check(expectations.fires(begins + waits, alert, fires)
          .fires(begins + waits + 16, alert, fires).fires(ends - 1, alert, fires).quiet(alert, ends, TOTAL - 1), tmp_path)
    check(Expectations(world((nearly, TOTAL))).quiet(alert, *range(0, TOTAL, 10)), tmp_path)
    check(Expectations(world((ill, 20), *GONE)).quiet(alert, 30 + waits, TOTAL - 1), tmp_path)


def test_since_when_discovery_fails_and_why(tmp_path):
    alert = "NorthflankBackupDiscoveryFailing"
    world = World().let("northflank_exporter_discovery_up", (1, 10), (0, TOTAL), account="acme", **INSTANCE)
    world.let("northflank_exporter_discovery_last_success_timestamp_seconds", (540, TOTAL), account="acme", **INSTANCE)
    # Addons are read, so that it is no outage.
    world.addon(TOTAL, addon={"account": "acme", "project": "p", "addon": "a-db"}).let(
        "northflank_addon_last_observed_timestamp_seconds", ("0+60", TOTAL), account="acme", project="p", addon="a-db", **INSTANCE)
    error(world, (1, TOTAL), reason="forbidden")
    labels, annotations = fires_of(alert)
    check(Expectations(world).fires(69, alert, (labels, {
        "summary": f"{annotations['summary']}, for 1h 0m", "description": annotations["description"]
        + " Northflank denies the lists (HTTP 403). Add Projects > Manage > Read and Project > Addons > General > Read to "
        "its role."})), tmp_path)


def test_one_shard_that_cannot_discover_is_enough(tmp_path):
    alert = "NorthflankBackupDiscoveryFailing"
    world = World().let("northflank_exporter_discovery_up", (1, TOTAL), account="acme", **INSTANCE)
    world.let("northflank_exporter_discovery_up", (0, TOTAL), account="acme", **OTHER)
    check(Expectations(world).quiet(alert, 29).fires(30, alert, fires_of(alert)), tmp_path)


def test_a_clock_that_is_ahead(tmp_path):
    alert = "NorthflankBackupClockSkew"
    labels, annotations = fires_of(alert)
    world = World().let("northflank_api_clock_skew_seconds", (7300, TOTAL), account="acme", **INSTANCE)
    check(Expectations(world).fires(10, alert, (labels, {
        **annotations, "summary": "Exporter a:9974: the clock is 2h 1m ahead of Northflank's (limit 5m)"})), tmp_path)


def test_a_web_configuration_that_is_refused_is_a_refused_configuration(tmp_path):
    alert = "NorthflankBackupReloadFailed"
    world = World().let("northflank_exporter_config_last_reload_successful", (1, TOTAL), **INSTANCE)
    world.let("northflank_exporter_web_config_last_reload_successful", (1, 10), (0, 30), (1, 60), **INSTANCE)
    world.let("northflank_exporter_config_last_reload_success_timestamp_seconds", (-7200, TOTAL), **INSTANCE)
    labels, annotations = fires_of(alert)
    fires = labels, {**annotations, "summary": f"{annotations['summary']}, the configuration in force is 2h 15m old"}
    check(Expectations(world).quiet(alert, 9, 14).fires(15, alert, fires).quiet(alert, 40), tmp_path)


def test_an_account_that_is_divided_is_watched_by_all_of_its_shards(tmp_path):
    world = World().let("northflank_exporter_addons", (0, TOTAL), account="acme", **INSTANCE)
    world.let("northflank_exporter_addons", (4, TOTAL), account="acme", **OTHER)
    check(Expectations(world).quiet("NorthflankBackupNothingWatched", *range(0, TOTAL, 10)), tmp_path)


def unanswered():
    """No connection to the API comes about."""
    return error(World(), (1, TOTAL), reason="connect")


def test_lists_that_cannot_be_read_are_no_alert_of_their_own_during_an_outage(tmp_path):
    world = unanswered().let("northflank_exporter_discovery_up", (0, TOTAL), account="acme", **INSTANCE)
    world.let("northflank_exporter_addons", (0, TOTAL), account="acme", **INSTANCE)
    expectations = Expectations(world).quiet("NorthflankBackupDiscoveryFailing", *range(0, TOTAL, 10))
    check(expectations.quiet("NorthflankBackupNothingWatched", *range(0, TOTAL, 10)), tmp_path)


def test_lists_that_cannot_be_read_are_another_alert(tmp_path):
    """Polls work, and nothing was discovered because nothing could be."""
    world = World().let("northflank_exporter_discovery_up", (0, TOTAL), account="acme", **INSTANCE)
    world.let("northflank_exporter_addons", (0, TOTAL), account="acme", **INSTANCE)
    check(Expectations(world).quiet("NorthflankBackupNothingWatched", *range(0, TOTAL, 10)), tmp_path)


BUDGET = "NorthflankBackupBudgetUsedUp"


def test_checks_that_wait_for_the_budget(tmp_path):
    """For half an hour. A new window ends it at once."""
    world = error(World(), (1, 100), ("stale", 1), reason="budget")
    own = {**INSTANCE, "account": "acme"}
    world.let("northflank_exporter_addons", (200, TOTAL), **own)
    for reason, count in {"new": 60, "slot": 28}.items():
        world.let("northflank_exporter_poll_queue_length", (count, TOTAL), **own, reason=reason)
    for name, value in {"northflank_api_rate_limit_remaining": 100, "northflank_api_rate_limit": 1000,
                        "northflank_api_rate_limit_reset_timestamp_seconds": 3600,
                        "northflank_exporter_poll_interval_seconds": 5400}.items():
        world.let(name, (value, TOTAL), **own)
    fires = alert_of("Account acme: 88 checks wait for requests",
                     "The request budget is used up. 100 of 1000 requests of the account are left; a new window begins in "
                     "30m 0s. Each database is checked every 1h 30m. Raise budget_share, or ask Northflank for a higher limit.",
                     "info", "account", account="acme")
    check(Expectations(world).quiet(BUDGET, 29).fires(30, BUDGET, fires).quiet(BUDGET, 100), tmp_path)


@pytest.mark.parametrize("reason", ["first_checks", "unavailable"])
def test_another_reason_is_no_used_up_budget(reason, tmp_path):
    check(Expectations(error(World(), (1, TOTAL), reason=reason)).quiet(BUDGET, *range(0, TOTAL, 10)), tmp_path)


ZONE = "NorthflankBackupTimeZone"


def test_schedules_that_fit_another_time_zone(tmp_path):
    own = {**INSTANCE, "account": "acme", "time_zone": "UTC", "fits": "Europe/Berlin"}
    world = World().let("northflank_account_time_zone_difference_seconds", (3600, 20), ("stale", 1), ("_", 3), (3600, 76),
                        ("stale", 1), **own)
    world.let("northflank_exporter_addons", (9, 20), ("stale", 1), ("_", 3), (9, 176), account="acme", **INSTANCE)
    fires = alert_of("Account acme: schedules fit Europe/Berlin, not UTC",
                     "The backups start 1h away from their schedules in the time zone in force, so slots can be judged "
                     "wrongly. Set time_zone of the account to the zone that fits, or to auto.", "info", "account", account="acme")
    check(Expectations(world).quiet(ZONE, 59).fires(60, ZONE, fires).fires(99, ZONE, fires).quiet(ZONE, 100), tmp_path)


OVERLAP = "NorthflankBackupExportersOverlap"


def pollers(*instances):
    """Pairs of a count of shards and more labels."""
    world = World()
    for number, (shards, labels) in enumerate(instances):
        own = {**INSTANCE, "instance": f"{'ab'[number]}:9974", **labels}
        world.let("northflank_exporter_addons", (9, TOTAL), account="acme", **own)
        world.let("northflank_exporter_shards", (shards, TOTAL), **own)
    return world


def test_two_exporters_of_one_account(tmp_path):
    fires = alert_of("Account acme: 2 exporters poll it; the request limit is shared",
                     "Exporters without shards read the same account, a:9974, b:9974. Each of them sends all requests. Stop all "
                     "but one, or divide the fleet with --shard.count.", "warning", "account", account="acme")
    check(Expectations(pollers((1, {}), (1, {}))).quiet(OVERLAP, 29).fires(30, OVERLAP, fires), tmp_path)


@pytest.mark.parametrize("instances", [
    [(1, {})], [(2, {}), (2, {})], [(1, {"namespace": "staging"}), (1, {"namespace": "production"})],
], ids=["one", "shards", "fleets"])
def test_no_overlap(instances, tmp_path):
    check(Expectations(pollers(*instances)).quiet(OVERLAP, *range(0, TOTAL, 10)), tmp_path)


def test_a_restart_under_another_name_is_no_overlap(tmp_path):
    world = World()
    for name, parts in (("a:9974", [(9, 50), ("stale", 1)]), ("b:9974", [("_", 50), (9, 150)])):
        own = {**INSTANCE, "instance": name}
        world.let("northflank_exporter_addons", *parts, account="acme", **own)
        world.let("northflank_exporter_shards", *[(1 if what == 9 else what, minutes) for what, minutes in parts], **own)
    check(Expectations(world).quiet(OVERLAP, *range(0, TOTAL, 5)), tmp_path)
