"""A fleet that several exporters divide among them."""

import re
import shlex

import pytest

from conftest import ROOT
from support import configuration
from support.command import run
from support.configuration import account
from support.prometheus import Prometheus
from support.waiting import eventually


@pytest.fixture
def start_shards(start_simulator, start_exporter):
    """Starts some of the shards of a fleet of 60 addons, and says what each watches."""
    simulator = start_simulator("--simulator.addons", "60", "--simulator.backups-per-addon", "3")
    everything = {(project["id"], addon["id"]) for project in simulator.truth["projects"]
                  for addon in project["addons"]}
    assert len(everything) == 60

    def start(count, *indices, more=(), **options):
        shards = [
            start_exporter(account(simulator), arguments=(
                "--shard.count", str(count), "--shard.index", str(index), *more), **options) for index in indices]
        return shards, [watched(shard) for shard in shards]

    start.everything = everything
    return start


def watched(shard):
    """The addons that a shard shows, once it has found all of its own."""

    def addons(page):
        return {(dict(labels)["project"], dict(labels)["addon"]) for labels in page.having("northflank_addon_up")}

    return addons(shard.wait_for_page(
        lambda page: page.value("northflank_exporter_addons", account="default") == len(addons(page)) > 0))


def test_every_addon_is_watched_by_one_shard_and_few_move_when_there_is_one_more(start_shards):
    _, two = start_shards(2, 0, 1)
    assert two[0] | two[1] == start_shards.everything and not two[0] & two[1]
    _, three = start_shards(3, 0, 1, 2)
    assert three[0] | three[1] | three[2] == start_shards.everything and sum(map(len, three)) == 60
    # Whoever stays has lost something to the new one, and got nothing.
    assert three[0] <= two[0] and three[1] <= two[1]
    assert three[2] == (two[0] - three[0]) | (two[1] - three[1])


def test_prometheus_finds_the_shards_and_sees_every_addon_once(start_shards, tmp_path, programs):
    # Loopback has many addresses, so that both can have one port, as pods do.
    (first,), _ = start_shards(2, 0, addresses=["127.0.0.10:0"])
    port = first.url.rpartition(":")[2]
    (second,), _ = start_shards(
        2, 1, addresses=[f"127.0.0.11:{port}"], more=("--shard.address", f"127.0.0.1{{index}}:{port}"))
    assert [shard.page().value("northflank_exporter_shard_index") for shard in (first, second)] == [0, 1]
    assert first.get("/sd").status == 404
    assert ' msg=starting ' in first.stderr and ' shard="0 of 2" ' in first.stderr
    assert second.get("/api/health").json["shard"] == "1 of 2"
    assert "of shard 0 of 2 " in first.get("/").text
    programs.append(Prometheus(tmp_path, second.url, more=f"""\
  - job_name: found
    http_sd_configs: [{{url: "{second.url}/sd", refresh_interval: 1s}}]
    relabel_configs: [{{source_labels: [__meta_northflank_shard], target_label: shard}}]
"""))
    prometheus = programs[-1]
    eventually(lambda: prometheus.value('count(northflank_addon_info{job="found"})') == 60)
    assert prometheus.value('count(count by (project, addon) (northflank_addon_info{job="found"}))') == 60
    assert prometheus.query('sum by (shard) (northflank_exporter_shard_index{job="found"})') == [
        ({"shard": "0"}, 0), ({"shard": "1"}, 1)]
    assert prometheus.value('sum(northflank_exporter_addons{job="found"})') == 60


def test_shards_of_one_machine_by_the_documented_command(start_simulator, start_exporter, tmp_path):
    simulator = start_simulator("--simulator.addons", "60", "--simulator.backups-per-addon", "3")
    configuration.write(tmp_path / "config.yml", account(simulator))
    page = (ROOT / "docs" / "scaling.md").read_text()
    (documented,) = re.findall(r"^STATE_DIRECTORY=.*(?:\n .*)*", page, re.MULTILINE)
    ports = re.findall(r"localhost(:\d{4})", page)
    shards = []
    for index in range(2):
        state, _, *words = shlex.split(documented.replace("\\\n", " ").replace("exporter-0", f"exporter-{index}"))
        options = dict(zip(words[::2], words[1::2], strict=True))
        options["--shard.index"] = str(index)
        # No test listens at a port that is fixed, or writes there.
        assert options.pop("--web.listen-address") == ports[0]
        folder = tmp_path / state.removeprefix("STATE_DIRECTORY=/")
        first, *others = [f"{name}={value}" for name, value in options.items()]
        environment = {**configuration.ENVIRONMENT, "STATE_DIRECTORY": str(folder)}
        shards.append(start_exporter(command=first, arguments=others, environment=environment))
        page = shards[-1].page()
        assert page.value("northflank_exporter_shards") == 4
        assert page.value("northflank_exporter_shard_index") == index
        assert page.value("northflank_exporter_state_persistent") == 1
        assert (folder / "history.sqlite").exists()
    one, other = map(watched, shards)
    assert not one & other
    assert len(set(ports)) == int(options["--shard.count"])


def test_an_exporter_that_is_alone_is_found_by_the_name_it_was_asked_by(exporter, tmp_path, programs):
    assert [group["targets"] for group in exporter.get("/sd").json] == [[exporter.url.removeprefix("http://")]]
    programs.append(Prometheus(tmp_path, exporter.url, more=f"""\
  - job_name: found
    http_sd_configs: [{{url: "{exporter.url}/sd", refresh_interval: 1s}}]
"""))
    eventually(lambda: programs[-1].value('up{job="found"}') == 1)


@pytest.mark.parametrize("arguments, message", [
    (["--shard.count", "2"], "--shard.index: not set; expected a number from 0 to 1, or ordinal"),
    (["--shard.count", "2", "--shard.index", "2"],
     '--shard.index: "2": expected a whole number from 0 to 1, or ordinal'),
])
def test_shards_that_do_not_fit_are_refused(binary, tmp_path, arguments, message):
    done = run(binary, "check-config", *arguments, directory=tmp_path, environment={"NORTHFLANK_API_TOKEN": "nf-1"})
    assert (done.returncode, done.stdout, done.stderr) == (2, "", message + "\n")


def test_what_a_shard_costs(binary, tmp_path):
    environment = {"NORTHFLANK_API_TOKEN": "nf-1", "NORTHFLANK_SHARD_COUNT": "4", "NORTHFLANK_SHARD_INDEX": "3"}
    done = run(binary, "check-config", directory=tmp_path, environment=environment)
    assert done.returncode == 0
    assert "shard 3 of 4: the figures are those of this shard alone\n" in done.stdout
    assert "125 requests an hour are allowed by budget_share 0.5 of the default limit of 1000, divided among 4 shards" \
        in done.stdout
