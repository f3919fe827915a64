"""When a token expires soon: two weeks before its end, until there is another one."""

import pytest

from support.rule_tests import GONE, INSTANCE, Expectations, World, check
from test_collecting_alerts import OTHER, TOTAL, alert_of

ALERT = "NorthflankBackupTokenExpires"
METRIC = "northflank_api_token_expiry_timestamp_seconds"
MINUTE, DAY = 60, 86_400
# At minute 10 two weeks are left.
END = 14 * DAY + 10 * MINUTE


def fires(left):
    return alert_of(
        f"Account acme: the token expires in {left}",
        "From then on no database of the account can be checked. Create a token at Northflank and replace the content of "
        "token_file, or the variable of token_env; a file needs no restart.", "warning", "account", account="acme")


def token(*parts, instance=INSTANCE):
    return World().let(METRIC, *parts, account="acme", **instance)


def test_two_weeks_before_and_an_hour_later(tmp_path):
    """Just two weeks are no reason. Missed scrapes and a restart change nothing; a new token ends it at once."""
    world = token((END, 80), ("stale", 1), ("_", 19), (END, 20), (END + 90 * DAY, 80))
    check(Expectations(world).quiet(ALERT, 70).fires(71, ALERT, fires("13d 22h"))
          .fires(99, ALERT, fires("13d 22h")).fires(119, ALERT, fires("13d 22h"))
          .quiet(ALERT, *range(120, TOTAL, 10)), tmp_path)


@pytest.mark.parametrize("parts", [[(14 * DAY + TOTAL * MINUTE, TOTAL)], [(END, 9), *GONE], [("_", TOTAL)]],
                         ids=["later", "replaced in time by one that does not expire", "not known"])
def test_nothing(parts, tmp_path):
    check(Expectations(token(*parts)).quiet(ALERT, *range(0, TOTAL, 5)), tmp_path)


def test_a_token_without_an_end_ends_it_within_an_hour(tmp_path):
    world = token((0, 1), (END, 99), *GONE)
    check(Expectations(world).fires(80, ALERT, fires("13d 22h")).fires(158, ALERT, fires("13d 21h"))
          .quiet(ALERT, 160), tmp_path)


def test_of_two_replicas_the_token_that_ends_first_counts(tmp_path):
    world = token((END, TOTAL)).let(METRIC, (END + 90 * DAY, TOTAL), account="acme", **OTHER)
    check(Expectations(world).fires(71, ALERT, fires("13d 22h")), tmp_path)
