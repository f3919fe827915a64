"""Every alert about the collecting itself: the exporter, the account, the budget, the configuration."""

import pytest

from support.rule_tests import GONE, INSTANCE, Expectations, World, check

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


def test_one_of_two_is_down(tmp_path):
    world = World().let("up", (1, TOTAL), **INSTANCE).let("up", (1, 10), (0, 30), (1, 160), **OTHER)
    check(Expectations(world).quiet(DOWN, 9, 19).fires(20, DOWN, IS_DOWN).fires(39, DOWN, IS_DOWN).quiet(DOWN, 40)
          .quiet(ABSENT, *range(10, 50, 5)), tmp_path)


SHARD = "NorthflankBackupShardMissing"


def shards(world, *timelines):
    for index, timeline in enumerate(timelines):
        instance = {**INSTANCE, "instance": f"shard-{index}:9974"}
        for name, value in (("shards", len(timelines)), ("shard_index", index)):
            world.let(f"northflank_exporter_{name}",
                      *[(value if what == "there" else what, minutes) for what, minutes in timeline], **instance)
    return world


def test_a_shard_that_is_missing(tmp_path):
    """Seen for ten minutes after its last scrape, and waited for ten more."""
    world = shards(World(), [("there", TOTAL)], [("there", 10), ("stale", 1), ("_", 49), ("there", 140)],
                   [("there", TOTAL)])
    fires = alert_of(SHARD, "1 shards of the backup exporter are missing",
                     "Not every shard is scraped; shards missing: 1. The backups of their addons are not watched.",
                     "critical", "instance")
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


REFUSED = "NorthflankBackupTokenRefused"


def test_a_token_that_is_refused(tmp_path):
    """One refusal every five minutes; the outage that it is has no alert of its own."""
    world = World().let("up", (1, TOTAL), **INSTANCE)
    for reason, parts in {
            "unauthorized": [(0, 10)] + [(count, 5) for count in range(1, 9)] + [(8, 150)],
            "server_error": [(0, TOTAL)]}.items():
        world.let("northflank_api_errors_total", *parts, account="acme", reason=reason, **INSTANCE)
    world.let("northflank_api_requests_total", ("0+5", 10), (45, 40), ("50+5", 150), account="acme", code="200",
              endpoint="backups", **INSTANCE)
    fires = alert_of(REFUSED, "Northflank refuses the token of account acme",
                     "Northflank answered 401 to account acme, in 30 minutes: 6 times. The token has expired or was "
                     "revoked. Nothing is seen until there is a new one.", "critical", "account", account="acme")
    expectations = Expectations(world).quiet(REFUSED, 9, 14).fires(40, REFUSED, fires).quiet(REFUSED, 76, TOTAL - 1)
    expectations.records(15, f'count(ALERTS{{alertname="{REFUSED}",alertstate="firing"}})', ("{}", 1))
    expectations.records(74, f'count(ALERTS{{alertname="{REFUSED}",alertstate="firing"}})', ("{}", 1))
    check(expectations.quiet("NorthflankBackupAccountNotObserved", *range(0, TOTAL, 5)), tmp_path)


# Alert, how long it waits, the metric, its value when all is well, in trouble, and nearly so; scope, words.
GAUGES = [
    ("NorthflankBackupDiscoveryFailing", 30, "northflank_exporter_discovery_up", 1, 0, 1, "warning", "account",
     "New addons of account acme are not found",
     "The lists of projects and addons of account acme cannot be read in whole, so an addon that was made since is not "
     "watched."),
    ("NorthflankBackupNothingWatched", 30, "northflank_exporter_addons", 3, 0, 1, "warning", "account",
     "No addon of account acme is watched",
     "Account acme is configured, but discovery finds no addon in it, or its filters leave none."),
    ("NorthflankBackupAddonNotFound", 30, "northflank_exporter_addons_not_found", 0, 2, 0, "warning", "account",
     "2 addons of account acme no longer exist",
     "Northflank does not know 2 of the addons that the configuration of account acme names: they were deleted or "
     "renamed, or an id is wrong. The exporter's log names them."),
    ("NorthflankBackupBudgetNearlySpent", 10, "northflank_api_rate_limit_remaining", 800, 149, 150, "warning",
     "account", "The API's rate limit of account acme is nearly used up",
     "14.9% of the requests that account acme may send in this hour are left, for everybody who uses it. The exporter "
     "waits before they are gone, and sees less meanwhile."),
    ("NorthflankBackupReloadFailed", 5, "northflank_exporter_config_last_reload_successful", 1, 0, 1, "warning",
     "instance", "The backup exporter a:9974 refuses its new configuration",
     "The configuration of a:9974 was changed and is wrong; the old one stays in force, and a restart would fail. Its "
     "log names file, line and key."),
]


@pytest.mark.parametrize("alert, waits, metric, well, ill, nearly, severity, scope, summary, description", GAUGES,
                         ids=[gauge[0] for gauge in GAUGES])
def test_a_gauge(alert, waits, metric, well, ill, nearly, severity, scope, summary, description, tmp_path):
    """It fires in time, survives missed scrapes and a restart, and ends; nearly is nothing, and so is no data."""
    own = {**INSTANCE, **({"account": "acme"} if scope == "account" else {})}
    labels = {"account": "acme"} if scope == "account" else {"instance": "a:9974"}
    fires = alert_of(alert, summary, description, severity, scope, **labels)
    begins, ends = 10, 10 + waits + 40

    def world(*parts):
        return World().let(metric, *parts, **own).let("northflank_api_rate_limit", (1000, TOTAL), **own).let(
            "up", (1, TOTAL), **INSTANCE)

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
    (words,) = [gauge[-2:] for gauge in GAUGES if gauge[0] == alert]
    fires = alert_of(alert, *words, "warning", "account", account="acme")
    check(Expectations(world).quiet(alert, 29).fires(30, alert, fires), tmp_path)


def test_an_account_that_is_divided_is_watched_by_all_of_its_shards(tmp_path):
    world = World().let("northflank_exporter_addons", (0, TOTAL), account="acme", **INSTANCE)
    world.let("northflank_exporter_addons", (4, TOTAL), account="acme", **OTHER)
    check(Expectations(world).quiet("NorthflankBackupNothingWatched", *range(0, TOTAL, 10)), tmp_path)


def test_lists_that_cannot_be_read_are_no_news_during_an_outage(tmp_path):
    world = World().let("northflank_exporter_discovery_up", (0, TOTAL), account="acme", **INSTANCE)
    world.let("northflank_exporter_addons", (0, TOTAL), account="acme", **INSTANCE)
    world.let("northflank_api_errors_total", ("0+1", TOTAL), account="acme", reason="connect", **INSTANCE)
    world.let("northflank_api_requests_total", (0, TOTAL), account="acme", code="200", endpoint="projects", **INSTANCE)
    expectations = Expectations(world).quiet("NorthflankBackupDiscoveryFailing", *range(0, TOTAL, 10))
    check(expectations.quiet("NorthflankBackupNothingWatched", *range(0, TOTAL, 10)), tmp_path)


HISTORY = "NorthflankBackupHistoryNotKept"
NOT_KEPT = alert_of(
    HISTORY, "The backup exporter a:9974 cannot keep its history",
    "a:9974 could not write its history, or had to set a corrupt one aside. A restart now may lose what it has counted.",
    "warning", "instance", instance="a:9974")


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
