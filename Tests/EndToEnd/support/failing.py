"""What has to happen when the API fails for one addon, and when it works again."""

from support import truth
from support.configuration import account
from support.texts import NOT_COLLECTED, NOT_READ

# All pages of its 126 backups are read, so that cursors matter.
ADDON = ("shop", "orders-db")
UP = "northflank_addon_up"
OBSERVED = "northflank_addon_last_observed_timestamp_seconds"


def errors(page, reason):
    return page.value("northflank_api_errors_total", account="default", reason=reason)


def fail_and_recover(simulator, start_exporter, fault, reason, **poll):
    """Switches a fault on and off, and asserts what shows of it."""
    exporter = start_exporter(account(simulator, addons=[ADDON]), poll=poll)
    good = exporter.wait_until_observed(ADDON)
    assert good.of(ADDON, UP) == 1
    assert errors(good, reason) == 0

    simulator.faults({**fault, "endpoint": "backups"})
    bad = exporter.wait_for_page(lambda page: page.of(ADDON, UP) == 0, within=60)
    later = exporter.wait_for_page(lambda page: errors(page, reason) > errors(bad, reason), within=60)
    for page in (bad, later):
        assert truth.samples_of(page, ADDON) == truth.samples_of(good, ADDON)
        assert page.names_of(ADDON) >= good.names_of(ADDON)
    # Between the last good page and the fault there may have been one more good poll.
    assert bad.of(ADDON, OBSERVED) == later.of(ADDON, OBSERVED) < good.of(ADDON, OBSERVED) + 3
    failures = {key: value for key, value in later.having("northflank_api_errors_total").items() if value}
    assert set(failures) == {frozenset({("account", "default"), ("reason", reason)})}
    # Without another answer in between, the failures of the only addon are the account's.
    (warning,) = exporter.logged(NOT_COLLECTED) + exporter.logged(NOT_READ)
    assert f"reason={reason}" in warning and "level=warn" in warning

    simulator.faults()
    back = exporter.wait_for_page(lambda page: page.of(ADDON, UP) == 1, within=60)
    assert back.of(ADDON, OBSERVED) > later.of(ADDON, OBSERVED)
    assert len(exporter.logged("check succeeded again") + exporter.logged("account can be read again")) == 1


