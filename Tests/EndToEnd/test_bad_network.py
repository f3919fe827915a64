"""A network that fails for an hour, and one that is slow."""

import pytest

from support import configuration
from support.exporter import Exporter
from support.mounts import needs_root
from support.network import SlowLink, blackout, heal, own_network
from support.relay import Relay
from support.waiting import eventually
from support.world import HEALTH, OUTCOMES, outcomes_of

OBSERVED = "northflank_addon_last_observed_timestamp_seconds"
HOUR = 3600.0


@pytest.fixture
def network():
    with own_network():
        yield


@needs_root
def test_a_partition_of_an_hour(network, start_world):
    """Nothing is lost and nothing is counted twice; addons are unknown as long as nothing of them is seen."""
    world = start_world(900)
    exporter = world.exporter(poll={"interval": "5m", "timeout": "1s", "concurrency": 20})
    addons = world.simulator.addons
    good = exporter.wait_until_observed(*addons)
    base = {addon: {status: count - outcomes_of(good, addon)[status] for status, count in counts.items()}
            for addon, counts in world.outcomes.items()}
    port = int(world.simulator.url.rsplit(":", 1)[1])
    blackout(port)
    lost = exporter.wait_for_page(lambda page: page.value("northflank_exporter_discovery_up", account="default") == 0
                                  and set(page.having("northflank_addon_up").values()) == {0}, within=40)
    assert lost.addons == good.addons
    before = max(lost.of(addon, OBSERVED) for addon in addons)
    # Worse states stay.
    unknown = exporter.wait_for_page(lambda page: sum(page.having(HEALTH, state="ok").values()) == 0
                                     and sum(page.having(HEALTH, state="unknown").values()) > 0)
    assert max(unknown.of(addon, OBSERVED) for addon in addons) == before
    assert exporter.is_ready() and exporter.get("/-/healthy").status == 200
    lines = exporter.stderr.count("\n")
    heal(port)
    back = exporter.wait_until_observed(*addons, since=before + HOUR)
    assert not any(back.having(HEALTH, state="unknown").values())
    # Each addon says once that it fails, and once that it works again.
    assert lines < 4 * len(addons)
    world.simulator.let({addon: "never-backed-up" for addon in addons})

    def counted():
        page, truth = exporter.page(), world.outcomes
        for addon in addons:
            assert outcomes_of(page, addon) == {
                status: count - base[addon][status] for status, count in truth[addon].items()}, addon
        return True

    eventually(counted, within=60)
    assert sum(exporter.page().having(OUTCOMES).values()) > sum(good.having(OUTCOMES).values())
    assert "level=error" not in exporter.stderr


@needs_root
def test_eight_kilobytes_a_second(network, binary, simulator, tmp_path, programs):
    """Each addon is read again and again, without a timeout."""
    programs.append(SlowLink("64kbit"))
    link = programs[-1]
    relay = Relay(int(simulator.url.rsplit(":", 1)[1]), address=link.HERE)
    addons = simulator.addons[:2]
    file = configuration.write(
        tmp_path / "slow.yml", configuration.account(
            simulator, addons=addons, base_url=f"http://{link.HERE}:{relay.port}", insecure_http=True),
        interval="10s", timeout="30s")
    programs.append(Exporter(
        link.entered(tmp_path, binary), tmp_path, ("--config.file", file, *simulator.clock_arguments),
        configuration.ENVIRONMENT, addresses=(f"{link.THERE}:0",)))
    exporter = programs[-1]
    page = exporter.wait_until_observed(*addons, within=60)
    exporter.wait_until_observed(*addons, since=max(page.of(addon, OBSERVED) for addon in addons), within=60)
    page = exporter.page()
    assert page.addons == set(addons)
    assert sum(page.having("northflank_api_errors_total").values()) == 0
    assert page.value("northflank_api_retries_total", account="default", reason="timeout") == 0
    assert "level=error" not in exporter.stderr
