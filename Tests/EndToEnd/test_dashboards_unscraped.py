"""The dashboards after the exporter is not scraped any more: the first screens still show why an alert fires."""

import time

import pytest

from support import configuration, dashboard
from support.dashboard import Evaluator, load
from support.exporter import Exporter
from support.prometheus import Prometheus
from support.simulator import Simulator
from support.waiting import eventually

RULES = dashboard.DIRECTORY.parent / "alerts" / "northflank-backup.rules.yml"
CHOSEN = {name: ".*" for name in ("account", "project", "addon", "state", "instance")} | {"lookback": "10m"}
FAILING = {"account": "acme", "project": "billing", "addon": "invoices-db"}


def first_screen(name):
    """The panels above the first row that show the present."""
    board = load(name)
    end = min(panel["gridPos"]["y"] for panel in board["panels"] if panel["type"] == "row")
    return [panel for panel in dashboard.panels(board)
            if panel["gridPos"]["y"] < end and all(target.get("instant") for target in panel["targets"])]


def shown(prometheus, name):
    """The labels of what each panel shows, by title and query."""
    asked = Evaluator(prometheus, time.time(), "now-1m", CHOSEN | (FAILING if name == "addon" else {}), scrape=1)
    return {(panel["title"], each["ref"], tuple(sorted(each["labels"].items())))
            for panel in first_screen(name) for each in asked.series(panel)}


@pytest.fixture(scope="module")
def scene(binary, tmp_path_factory):
    """What the dashboards show of a fleet in trouble, and then of the same fleet without its exporter."""
    directory = tmp_path_factory.mktemp("unscraped")
    programs = []

    def started(program):
        programs.append(program)
        return program

    try:
        simulator = started(Simulator(binary, directory))
        file = configuration.write(
            directory / "config.yml", configuration.account(simulator, name="acme"),
            configuration.account(simulator, name="refused", token_env="OTHER_TOKEN"))
        environment = {**configuration.ENVIRONMENT, "OTHER_TOKEN": "wrong"}
        exporter = started(Exporter(binary, directory, ("--config.file", file), environment))
        exporter.wait_until_observed(*simulator.addons)
        prometheus = started(Prometheus(directory, exporter.url, more=f'rule_files: ["{RULES}"]'))
        eventually(lambda: prometheus.value("count(count_over_time(type:northflank_backup_age:ratio[1m]) > 3)"))
        eventually(lambda: prometheus.value("count(addon:northflank_backup_finding:held)"))
        eventually(lambda: prometheus.value("max(max_over_time(timestamp(up)[1m:10s]))"))
        eventually(lambda: prometheus.value("northflank_account_last_error_info"))
        before = {name: shown(prometheus, name) for name in dashboard.NAMES}
        programs.remove(exporter)
        exporter.stop()
        eventually(lambda: prometheus.value("up") == 0 and not prometheus.query("northflank_addon_backup_health"))
        yield before, {name: shown(prometheus, name) for name in dashboard.NAMES}, prometheus
    finally:
        for program in reversed(programs):
            program.stop()
            print(program.report()[-5_000:])


@pytest.mark.parametrize("name", dashboard.NAMES)
def test_the_first_screen_stays(scene, name):
    before, after, _ = scene
    # Alerts come and go by themselves.
    lost = {each for each in before[name] - after[name] if each[0] != "Firing alerts"}
    assert before[name] and not lost


def test_the_age_of_the_data_is_told(scene):
    _, _, prometheus = scene
    (panel,) = [each for each in first_screen("fleet") if each["title"] == "Is this data fresh?"]

    def values():
        asked = Evaluator(prometheus, time.time(), "now-1m", CHOSEN, scrape=1)
        return {each["name"]: each["points"][-1][1] for each in asked.series(panel)}

    first = values()
    assert (first["Exporters up"], first["Exporters down"]) == (0, 1)
    eventually(lambda: values()["Last scrape"] > first["Last scrape"] + 1)
    assert values()["Last scrape"] < 60


def test_an_account_that_cannot_be_read_is_named_with_its_reason(scene):
    before, after, _ = scene
    for seen in (before["fleet"], after["fleet"]):
        rows = {(ref, labels) for title, ref, labels in seen if title == "Accounts that cannot be read"}
        refused = (("account", "refused"), ("reason", "unauthorized"))
        # Its databases were never checked, which the second query says.
        assert rows == {("A", refused), ("B", refused)}
