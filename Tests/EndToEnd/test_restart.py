"""Counters over restarts: kill -9 under load, and what Prometheus makes of it."""

import signal

from support import http
from support.prometheus import Prometheus
from support.texts import HISTORY_TROUBLE
from support.waiting import eventually
from support.world import OUTCOMES, outcomes_of

OBSERVED = "northflank_addon_last_observed_timestamp_seconds"
OBJECTIVE = "northflank_addon_backup_objective_seconds"


def start(start_world):
    """A world without any backup, that has been observed: all that comes from now on is news."""
    addons = [("shop", "orders-db"), ("shop", "carts-cache"), ("billing", "ledger-db"), ("billing", "documents"),
              ("analytics", "jobs-queue"), ("analytics", "events-db")]
    forced = [part for project, addon in addons
              for part in ("--simulator.personality", f"{project}/{addon}=half-hourly")]
    world = start_world(1200, *forced)
    world.simulator.let({addon: "never-backed-up" for addon in addons})
    return world, addons


def test_kill_9_under_load_loses_nothing_and_counts_nothing_twice(start_world):
    world, addons = start(start_world)
    exporter = world.exporter()
    exporter.wait_until_observed(*addons)
    # What was there before the exporter is its baseline.
    base = {addon: {status: count - outcomes_of(exporter.page(), addon)[status]
                    for status, count in world.outcomes[addon].items()} for addon in addons}
    world.simulator.let({addon: "flaky" for addon in addons})
    for _ in range(5):
        wanted = sum(sum(counts.values()) for counts in world.outcomes.values()) + 8
        eventually(lambda: sum(sum(counts.values()) for counts in world.outcomes.values()) >= wanted)
        before = {addon: outcomes_of(exporter.page(), addon) for addon in addons}
        exporter.signal(signal.SIGKILL)
        assert exporter.wait()[0] == -signal.SIGKILL
        exporter = world.exporter()
        after = exporter.wait_for_page(lambda page: all(page.of(addon, OBSERVED) for addon in addons))
        for addon in addons:
            now = outcomes_of(after, addon)
            assert all(now[status] >= before[addon][status] for status in now), (addon, before[addon], now)
    world.simulator.let({addon: "never-backed-up" for addon in addons})

    def counted():
        page, truth = exporter.page(), world.outcomes
        for addon in addons:
            assert outcomes_of(page, addon) == {
                status: count - base[addon][status] for status, count in truth[addon].items()}, addon
        return True

    eventually(counted, within=60)
    totals = [outcomes_of(exporter.page(), addon) for addon in addons]
    assert sum(counts["failed"] for counts in totals) > 0 and sum(counts["completed"] for counts in totals) > 0
    assert not exporter.logged(HISTORY_TROUBLE)


def test_everything_is_served_at_once_after_a_restart(start_world):
    world, addons = start(start_world)
    exporter = world.exporter()
    exporter.wait_until_observed(*addons)
    page = exporter.wait_for_page(lambda page: all(page.of(addon, OBJECTIVE, type="snapshot") for addon in addons))
    exporter.stop()
    # Nobody can be asked, so that what is served is what was kept.
    world.simulator.faults({"kind": "status", "status": 500})
    before = {addon: page.of(addon, OBSERVED) for addon in addons}
    objectives = {addon: page.of(addon, OBJECTIVE, type="snapshot") for addon in addons}
    restarted = world.exporter()
    page = restarted.page()
    for addon in addons:
        assert page.of(addon, OBSERVED) >= before[addon]
        assert page.of(addon, "northflank_addon_backups", status="completed") is not None
        assert page.of(addon, OBJECTIVE, type="snapshot") == objectives[addon]
    assert restarted.is_ready()


def test_increase_is_the_truth_across_a_restart(start_world, tmp_path, programs):
    world, addons = start(start_world)
    exporter = world.exporter()
    exporter.wait_until_observed(*addons)
    port = int(exporter.url.rsplit(":", 1)[1])
    prometheus = Prometheus(tmp_path, exporter.url)
    programs.append(prometheus)
    expression = f'sum({OUTCOMES}{{status="failed"}})'
    first = eventually(lambda: prometheus.value(expression) is not None)
    assert first
    start_value, truth_before = prometheus.value(expression), failed(world)
    assert start_value == sum(outcomes_of(exporter.page(), addon)["failed"] for addon in addons)
    world.simulator.let({addon: "failing" for addon in addons})
    eventually(lambda: failed(world) >= truth_before + 12, within=60)
    exporter.signal(signal.SIGKILL)
    exporter.wait()
    eventually(lambda: failed(world) >= truth_before + 20, within=60)
    restarted = world.exporter(addresses=[f"127.0.0.1:{port}"])
    eventually(lambda: failed(world) >= truth_before + 30, within=60)
    world.simulator.let({addon: "never-backed-up" for addon in addons})
    # Until nothing runs any more, and the last of it was scraped.
    eventually(lambda: sum(outcomes_of(restarted.page(), addon)["failed"] for addon in addons) - start_value
               == failed(world) - truth_before, within=60)
    eventually(lambda: prometheus.value(expression) - start_value == failed(world) - truth_before)
    # At the very instant of a sample, so that Prometheus has nothing to extrapolate.
    (labels, _), = prometheus.query(f'max(timestamp({OUTCOMES}{{status="failed"}}))')[:1]
    assert labels == {}
    instant = prometheus.value(f'max(timestamp({OUTCOMES}{{status="failed"}}))')
    response = http.get(f"{prometheus.url}/api/v1/query?time={instant}"
                        f"&query=sum(increase({OUTCOMES}%7Bstatus=%22failed%22%7D%5B10m%5D))")
    increase = float(response.json["data"]["result"][0]["value"][1])
    assert round(increase, 6) == failed(world) - truth_before


def failed(world):
    return sum(counts["failed"] for counts in world.outcomes.values())
