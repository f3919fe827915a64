"""A token that is refused is told apart from other outages, for as long as it lasts and no longer."""

from support.rule_tests import ADDON, INSTANCE, Expectations, World, check
from test_outage_alerts import OUTAGE, api, fleet, outage

REFUSED = "NorthflankBackupTokenRefused"
IS_REFUSED = ({"account": "acme", "severity": "critical", "scope": "account"}, {
    "summary": "Northflank refuses the token of account acme",
    "description": "Northflank answers 401 to the requests of account acme: its token has expired or was revoked. What "
                   "was known before still shows; nothing new is seen until there is a new token.",
    "dashboard_url": "http://localhost:3000/d/northflank-backup-exporter?var-account=acme",
    "runbook_url": "docs/runbooks/NorthflankBackupTokenRefused.md"})


def test_it_is_told_of_instead_of_the_outage_and_ends_with_it(tmp_path):
    world = api(fleet(200, 5, 10, 60), ("0+5", 10), (50, 50), ("55+5", 140), unauthorized=[(0, 10), ("1+1", 50), (50, 140)])
    check(Expectations(world).quiet(REFUSED, 9, 14).fires(15, REFUSED, IS_REFUSED).fires(59, REFUSED, IS_REFUSED)
          .quiet(REFUSED, *range(60, 200, 5)).quiet(OUTAGE, *range(0, 200, 5)), tmp_path)


def test_in_a_large_account_it_is_seen_when_no_answer_is_good_any_more(tmp_path):
    """A quarter of an hour after the last good answer, before half of the addons were asked."""
    world = api(World(), ("0+5", 10), (45, 40), ("50+5", 150), unauthorized=[(0, 10), ("1+1", 40), (40, 150)])
    check(Expectations(world).quiet(REFUSED, 28).fires(29, REFUSED, IS_REFUSED).fires(49, REFUSED, IS_REFUSED)
          .quiet(REFUSED, *range(50, 200, 5)).quiet(OUTAGE, *range(0, 200, 5)), tmp_path)


def test_an_account_that_is_polled_every_two_hours_is_told_of_once(tmp_path):
    """Its refusals are 50 minutes apart, as its discovery is."""
    world = api(fleet(400, 5, 10, 400), ("0+5", 10), (50, 390),
                unauthorized=[(0, 10), *[(5 * count, 50) for count in range(1, 8)], (40, 40)])
    expectations = Expectations(world)
    for minute in range(15, 400, 5):
        expectations.fires(minute, REFUSED, IS_REFUSED)
    check(expectations.quiet(OUTAGE, *range(0, 400, 5)), tmp_path)


def test_a_single_refusal_among_good_answers_is_none(tmp_path):
    """A token that was replaced in time."""
    world = api(fleet(200, 0, 0, 0), ("0+5", 200), unauthorized=[(0, 10), (1, 190)])
    check(Expectations(world).quiet(REFUSED, *range(0, 200, 5)).quiet(OUTAGE, *range(0, 200, 5)), tmp_path)


def test_a_few_refusals_among_other_errors_are_an_outage_like_any(tmp_path):
    world = api(fleet(200, 5, 10, 200), ("0+5", 10), (50, 190),
                unavailable=[(0, 10), ("2+2", 190)], unauthorized=[(0, 10), ("1+1", 190)])
    both = outage(unauthorized=15, unavailable=30)
    check(Expectations(world).quiet(REFUSED, *range(0, 200, 5)).fires(60, OUTAGE, *both), tmp_path)


def test_one_account_does_not_speak_for_another(tmp_path):
    world = api(fleet(200, 5, 10, 200), ("0+5", 10), (50, 190), unavailable=[(0, 10), ("1+1", 190)])
    for number in range(2):
        other = {**ADDON, "account": "other", "addon": f"db-{number}"}
        world.addon(200, addon=other).let("northflank_addon_up", (0, 200), **other, **INSTANCE)
    world.let("northflank_api_errors_total", ("0+1", 200), account="other", reason="unauthorized", **INSTANCE)
    expectations = Expectations(world).fires(60, OUTAGE, *outage(unavailable=15))
    expectations.records(60, f'count by (account) (ALERTS{{alertname="{REFUSED}"}})', ('{account="other"}', 1))
    check(expectations, tmp_path)
