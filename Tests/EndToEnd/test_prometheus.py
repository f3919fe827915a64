"""A real Prometheus scrapes the exporter for a while and then knows the truth about every addon."""

import pytest

from support import configuration, truth
from support.configuration import account
from support.exporter import Exporter
from support.page import OPEN_METRICS, Page
from support.prometheus import Prometheus
from support.simulator import Simulator
from support.waiting import eventually

JOB = 'job="northflank-backup"'
# Words that the generated fleet does not have.
ODD = ("shop", "orders-db")
ODD_BACKUPS = [
    {"id": "a", "name": "A", "status": "completed", "createdAt": "2024-05-01T01:00:00.001Z",
     "completedAt": "2024-05-01T01:00:01.499Z", "config": {"source": {"type": "new"}, "size": "9007199254740991"}},
    {"id": "b", "name": "B", "status": "new", "createdAt": "2024-05-01T02:00:00Z"},
    {"id": "c", "name": "C", "status": "aborting", "createdAt": "2024-05-01T03:00:00Z"},
]


@pytest.fixture(scope="module")
def scene(binary, tmp_path_factory):
    """A simulator, an exporter and a Prometheus that has made at least fifteen scrapes."""
    directory = tmp_path_factory.mktemp("prometheus")
    programs = []
    try:
        programs.append(Simulator(binary, directory, "--simulator.addons", "40", "--simulator.seed", "11"))
        simulator = programs[-1]
        simulator.can(ODD, ODD_BACKUPS)
        file = configuration.write(directory / "config.yml", account(simulator, discovery={"interval": "10s"}))
        programs.append(Exporter(binary, directory, ("--config.file", file), configuration.ENVIRONMENT))
        exporter = programs[-1]
        exporter.wait_until_observed(*simulator.addons)
        programs.append(Prometheus(directory, exporter.url))
        prometheus = programs[-1]
        eventually(lambda: (prometheus.value(f"count_over_time(up{{{JOB}}}[5m])") or 0) >= 15, within=90)
        yield simulator, exporter, prometheus
    finally:
        for program in reversed(programs):
            program.stop()
            print(program.report()[-20_000:])


def expected_fleet(simulator):
    return truth.expected_fleet(simulator.truth) | {ODD: truth.expected_samples(ODD_BACKUPS)}


def stored_fleet(prometheus):
    """What Prometheus has now, in the form of the expected fleet."""
    fleet = {}
    matcher = f'{{__name__=~"{"|".join(truth.NAMES)}"}}'
    for labels, value in prometheus.query(matcher):
        samples = fleet.setdefault((labels["project"], labels["addon"]), {})
        samples[labels["__name__"], labels.get("status") or labels.get("type")] = value
    return fleet


def test_queries_give_the_truth(scene):
    simulator, _, prometheus = scene
    before = expected_fleet(simulator)

    def compared():
        everything = expected_fleet(simulator)
        expected = truth.without_lists_that_moved(everything, before)
        # What Prometheus scrapes from here on was collected from here on.
        since = simulator.truth["nowSeconds"]
        eventually(lambda: prometheus.value("min(northflank_addon_last_observed_timestamp_seconds)") > since)
        stored = stored_fleet(prometheus)
        if expected_fleet(simulator) != everything:
            return False  # the fleet lives on: another try
        assert {addon: samples for addon, samples in stored.items() if addon in expected} == expected
        return True

    # The fleet lives on, and must not between two looks at it.
    eventually(compared, within=120)
    assert len(stored_fleet(prometheus)) == 40
    assert prometheus.value("count(northflank_addon_up == 1)") == 40
    assert prometheus.value('count(northflank_addon_backups{status=~"completed|failed"})') == 40 * len(truth.COUNTED)


def test_the_target_was_up_all_the_time(scene):
    _, _, prometheus = scene
    assert prometheus.target["health"] == "up"
    assert prometheus.target["lastError"] == ""
    assert prometheus.value(f"min_over_time(up{{{JOB}}}[5m])") == 1
    assert prometheus.complaints == []


@pytest.mark.parametrize("name", ["duplicate_timestamp", "out_of_order", "out_of_bounds"])
def test_no_sample_was_refused(scene, name):
    _, _, prometheus = scene
    assert prometheus.own_metric(f"prometheus_target_scrapes_sample_{name}_total") == 0


def test_every_sample_of_the_page_was_taken(scene):
    _, exporter, prometheus = scene

    def is_same():
        response = exporter.get("/metrics", Accept="application/openmetrics-text;version=1.0.0")
        samples = Page(response.text, OPEN_METRICS).samples
        scraped, stored = (prometheus.value(f"scrape_samples_{name}{{{JOB}}}")
                           for name in ("scraped", "post_metric_relabeling"))
        assert scraped == stored == len(samples)
        return True

    eventually(is_same)


def test_ages_are_those_of_the_moment_of_the_scrape(scene):
    _, _, prometheus = scene
    age = "northflank_addon_backup_last_completed_age_seconds"
    end = "northflank_addon_backup_last_completed_timestamp_seconds"
    # In one query: between two a backup may end.
    assert (prometheus.value(f"count({age}) == count({end})") or 0) > 20
    assert prometheus.value(f"max(abs(timestamp({age}) - {age} - {end}))") < 0.5


def test_prometheus_knows_the_types(scene):
    _, _, prometheus = scene
    metadata = prometheus.get("/api/v1/targets/metadata").json["data"]
    types = {entry["metric"]: entry["type"] for entry in metadata if entry["metric"].startswith("northflank_")}
    counters = {
        "northflank_api_requests", "northflank_api_retries", "northflank_api_errors", "northflank_exporter_requests",
        "northflank_exporter_webhook_events", "northflank_exporter_state_write_errors",
        "northflank_exporter_http_connections_ended", "northflank_exporter_http_requests_refused",
        "northflank_exporter_state_corruptions", "northflank_addon_backup_outcomes",
        "northflank_addon_backup_failed_slots", "northflank_addon_backup_missed_slots", "northflank_addon_backup_slots_due",
        "northflank_addon_backups_removed_early"}
    assert {name for name, kind in types.items() if kind == "counter"} == counters
    assert {name for name, kind in types.items() if kind == "histogram"} == {"northflank_api_request_duration_seconds"}
    assert {kind for name, kind in types.items()
            if name.startswith("northflank_addon_") and name not in counters} == {"gauge"}


def test_the_series_of_a_deleted_addon_end_at_once(scene):
    simulator, _, prometheus = scene
    addon = simulator.addons[-1]
    selector = f'northflank_addon_up{{project="{addon.project}",addon="{addon.id}"}}'
    assert prometheus.value(selector) == 1
    faults = simulator.all_faults
    simulator.faults(*faults, {"kind": "deleted", "project": addon.project, "addon": addon.id})
    try:
        # Long before the five minutes after which Prometheus gives up a series by itself.
        eventually(lambda: prometheus.query(selector) == [])
    finally:
        simulator.faults(*faults)
    eventually(lambda: prometheus.value(selector) == 1)
