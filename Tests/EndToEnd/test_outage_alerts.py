"""An outage of the API gives one alert, not one for each addon; it names the reason and what to do."""

import pytest

from support.rule_tests import ADDON, INSTANCE, Expectations, World, check
from support.texts_of_rules import age
from support.troubles import TROUBLES

FLEET = [{**ADDON, "addon": f"db-{number}"} for number in range(5)]
ABOUT_ADDONS = sorted({trouble.alert for trouble in TROUBLES})
OUTAGE = "NorthflankBackupAccountNotObserved"
LABELS = {"account": "acme", "severity": "critical", "scope": "account"}
UNAVAILABLE = "Northflank answers with a server error (HTTP 5xx). Wait for Northflank."
KEEP = "States stay as they were; no new trouble is found."
REASONS = {
    "unavailable": UNAVAILABLE,
    "unauthorized": "Northflank refuses the token (HTTP 401). Give the exporter a new token.",
    "forbidden": "Northflank denies the lists (HTTP 403). Add Projects > Manage > Read and Project > Addons > General > "
                 "Read to its role.",
    "not_found": "Northflank does not know the address or the team (HTTP 404). Correct base_url or team.",
    "connect": "No connection to Northflank. Check the network of the exporter.",
    "timeout": "Northflank does not answer in time. Check the network of the exporter.",
    "dns": "Northflank's name is not resolved. Check the DNS of the exporter.",
    "tls": "The TLS connection to Northflank fails. Check certificates and proxies.",
    "proxy": "The proxy refuses. Check the proxy.",
    "client_error": "The reading fails (client_error).",
}


def outage(minutes, words=f"{UNAVAILABLE} 5 databases."):
    """So many minutes after the last check of an addon."""
    since = f", for {age(minutes * 60)}" if minutes else ""
    return (LABELS, {"summary": f"Account acme: no database can be checked{since}", "description": f"{KEEP} {words}"})


def error(world, *parts, reason="unavailable"):
    """The parts are 1 while the account has the error, `_` while it has none."""
    return world.let("northflank_account_last_error_info", *parts, account="acme", reason=reason, **INSTANCE)


def fleet(minutes, down, begins, ends):
    """Five addons, well otherwise, of which so many cannot be collected, and are not observed 15 minutes later."""
    world = World()
    for number, addon in enumerate(FLEET):
        world.addon(minutes, addon=addon)
        fails = number < down
        if fails:
            world.let("northflank_addon_up", (1, begins), (0, ends - begins), (1, minutes - ends), **addon, **INSTANCE)
            world.finding("not-observed", (0, begins + 15), (1, ends - begins - 15), (0, minutes - ends), addon=addon)
        world.let("northflank_addon_last_observed_timestamp_seconds", *(
            [("0+60", begins), (begins * 60, ends - begins), (f"{ends * 60}+60", minutes - ends)] if fails
            else [("0+60", minutes)]), **addon, **INSTANCE)
    return world.let("northflank_exporter_addons", (5, minutes), account="acme", **INSTANCE)


def test_an_outage_is_one_alert(tmp_path):
    """Five hours; addons have no alert meanwhile, nor in the hour after it."""
    world = error(fleet(500, 5, 10, 310), ("_", 10), (1, 300), ("stale", 1))
    expectations = Expectations(world).quiet(OUTAGE, 9, 19, 34).fires(35, OUTAGE, outage(25))
    for minute in (60, 309):
        expectations.fires(minute, OUTAGE, outage(minute - 10))
    expectations.quiet(OUTAGE, 310, 499)
    for alert in ABOUT_ADDONS:
        expectations.quiet(alert, 20, 30, 45, 100, 309, 325, 370, 499)
    check(expectations, tmp_path)


@pytest.mark.parametrize("reason", REASONS)
def test_the_reason_and_what_to_do(reason, tmp_path):
    world = error(fleet(100, 5, 10, 100), ("_", 10), (1, 90), reason=reason)
    check(Expectations(world).fires(60, OUTAGE, outage(50, f"{REASONS[reason]} 5 databases.")), tmp_path)


@pytest.mark.parametrize("reason", ["budget", "first_checks", "rate_limited", "clock"])
def test_an_account_that_answers_is_no_outage(reason, tmp_path):
    world = error(fleet(100, 5, 10, 100), ("_", 10), (1, 90), reason=reason)
    check(Expectations(world).quiet(OUTAGE, *range(0, 100, 5)), tmp_path)


def test_a_reason_that_changes_does_not_end_the_alert(tmp_path):
    world = error(fleet(100, 5, 10, 100), ("_", 10), (1, 40), ("stale", 1))
    error(world, ("_", 50), (1, 50), reason="unauthorized")
    expectations = Expectations(world)
    for minute, reason in ((49, "unavailable"), (50, "unauthorized"), (60, "unauthorized")):
        expectations.fires(minute, OUTAGE, outage(minute - 10, f"{REASONS[reason]} 5 databases."))
    check(expectations, tmp_path)


def test_a_missed_scrape_and_a_restart_change_nothing(tmp_path):
    world = error(fleet(100, 5, 10, 100), ("_", 10), (1, 20), ("stale", 1), ("_", 7), (1, 62))
    for series in [name for name in world.series if name.startswith("northflank_exporter_addons")]:
        world.series[series] = f"5x29 stale{' _' * 7} 5x61"
    expectations = Expectations(world)
    for minute in range(35, 100):
        expectations.fires(minute, OUTAGE, outage(minute - 10))
    check(expectations, tmp_path)


def test_what_was_wrong_before_is_counted(tmp_path):
    """Two addons, one of them with two findings."""
    world = error(fleet(100, 5, 10, 100), ("_", 10), (1, 90))
    for number, finding in ((0, "too-old"), (0, "attempt-failed"), (1, "no-objective")):
        world.finding(finding, (1, 100), addon=FLEET[number])
    check(Expectations(world).fires(60, OUTAGE, outage(
        50, f"{UNAVAILABLE} 5 databases. 2 were not protected when last checked.")), tmp_path)


def test_a_token_that_never_worked(tmp_path):
    """No addon is known, and none was ever checked."""
    world = error(World().let("northflank_exporter_addons", (0, 100), account="acme", **INSTANCE), (1, 100),
                  reason="unauthorized")
    world.let("up", (1, 100), **INSTANCE)
    check(Expectations(world).quiet(OUTAGE, 9).fires(10, OUTAGE, outage(0, f"{REASONS['unauthorized']} 0 databases.")),
          tmp_path)


def test_some_addons_that_fail_are_no_outage(tmp_path):
    world = error(fleet(200, 4, 10, 150), ("_", 10), (1, 140), ("stale", 1))
    check(Expectations(world).quiet(OUTAGE, *range(0, 200, 10)), tmp_path)


def test_one_shard_that_reads_is_enough(tmp_path):
    """The other one has the error; its addons are alerts of their own."""
    world = error(fleet(200, 4, 10, 200), ("_", 10), (1, 190))
    world.let("northflank_exporter_addons", (9, 200), account="acme", job="northflank-backup", instance="b:9974")
    check(Expectations(world).quiet(OUTAGE, *range(0, 200, 10)), tmp_path)


def test_an_account_of_which_the_only_exporter_is_down(tmp_path):
    """Another exporter is up, so that NorthflankBackupExporterAbsent does not fire."""
    world = World().let("up", (1, 200), **{**INSTANCE, "instance": "b:9974"})
    world.let("up", (1, 10), (0, 100), (1, 90), **INSTANCE)
    world.let("northflank_exporter_addons", (7, 10), ("stale", 1), ("_", 99), (7, 90), account="acme", **INSTANCE)
    fires = outage(0, "Its exporter is down. 7 databases.")
    check(Expectations(world).quiet(OUTAGE, 29).fires(30, OUTAGE, fires).fires(109, OUTAGE, fires).quiet(OUTAGE, 110), tmp_path)


def test_one_account_does_not_speak_for_another(tmp_path):
    world = error(fleet(200, 5, 10, 200), ("_", 10), (1, 190))
    for name in ("a-db", "b-db"):
        world.addon(200, addon={"account": "other", "project": "p", "addon": name})
    other = {"account": "other", "project": "p", "addon": "a-db"}
    world.finding("not-observed", (0, 10), (1, 190), addon=other)
    world.let("northflank_addon_up", (1, 10), (0, 190), **other, **INSTANCE)
    expectations = Expectations(world).fires(60, OUTAGE, outage(50))
    expectations.records(60, 'count by (account) (ALERTS{alertname="NorthflankBackupNotObserved"})',
                         ('{account="other"}', 1))
    check(expectations, tmp_path)
