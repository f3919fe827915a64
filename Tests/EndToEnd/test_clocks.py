"""Clocks that jump: the machine was suspended, the program was paused, or the clock was set."""

import signal
import time

import pytest

from support.clock import Clock
from support.configuration import ENVIRONMENT, account
from support.waiting import always
from support.world import HEALTH

OBSERVED = "northflank_addon_last_observed_timestamp_seconds"
SKEW = "northflank_api_clock_skew_seconds"
HOURS = 6 * 3600.0


@pytest.fixture
def clock(tmp_path):
    return Clock(tmp_path)


def latest(page, addons):
    return max(page.of(addon, OBSERVED) for addon in addons)


# While a program is paused, as by `docker pause`, also the clock goes on that stands still while a machine is suspended.
@pytest.mark.parametrize("clocks", [{"boot": HOURS}, {"boot": HOURS, "awake": HOURS}], ids=["suspended", "paused"])
def test_hours_pass_while_nothing_runs(start_simulator, start_exporter, clock, clocks):
    simulator = start_simulator(environment=clock.environment)
    exporter = start_exporter(account(simulator), environment={**ENVIRONMENT, **clock.environment})
    addons = simulator.addons
    before = latest(exporter.wait_until_observed(*addons), addons)
    for program in (exporter, simulator):
        program.signal(signal.SIGSTOP)
    clock.shift(wall=HOURS, **clocks)
    for program in (simulator, exporter):
        program.signal(signal.SIGCONT)
    always(lambda: exporter.get("/-/healthy").status == 200, during=1)
    page = exporter.wait_until_observed(*addons, since=before + HOURS, within=20)
    assert not page.having(HEALTH, state="unknown") or not any(page.having(HEALTH, state="unknown").values())
    assert page.value(SKEW, account="default") == pytest.approx(0, abs=2)
    assert "level=error" not in exporter.stderr and "stands still" not in exporter.stderr


@pytest.mark.parametrize("hours", [3, -3], ids=["ahead", "behind"])
def test_a_clock_that_is_set_wrong_and_right_again(simulator, start_exporter, clock, hours):
    exporter = start_exporter(account(simulator), environment={**ENVIRONMENT, **clock.environment})
    addons = simulator.addons
    good = exporter.wait_until_observed(*addons)
    clock.shift(wall=hours * 3600)
    wrong = exporter.wait_for_page(
        lambda page: page.value(SKEW, account="default") == pytest.approx(hours * 3600, abs=2))
    # Polls go on, also if their times are earlier than those before.
    polls = "northflank_api_requests_total"
    exporter.wait_for_page(lambda page: sum(page.having(polls, endpoint="backups", code="200").values())
                           >= sum(wrong.having(polls, endpoint="backups", code="200").values()) + 2 * len(addons))
    for state in ("late", "missing"):
        assert exporter.page().having(HEALTH, state=state) == good.having(HEALTH, state=state)
    clock.shift()
    exporter.wait_for_page(lambda page: page.value(SKEW, account="default") == pytest.approx(0, abs=2))
    real, virtual, _ = (float(each) for each in simulator.clock_arguments[1:])
    # The times of wrong readings do not stay.
    page = exporter.wait_for_page(lambda page: good.of(addons[0], OBSERVED) < latest(page, addons)
                                  <= time.time() - real + virtual)
    assert page.value(SKEW, account="default") == pytest.approx(0, abs=2)
    assert len(exporter.logged("clock skew")) == 1 == exporter.stderr.count("level=error")
