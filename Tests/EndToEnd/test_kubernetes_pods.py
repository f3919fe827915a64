"""The exporter as the Helm chart starts it."""

import pytest
import yaml

from support import command
from support.chart import CHART, NAME, VALUES, configuration_of, objects
from support.pod import Pod
from support.waiting import eventually


def test_the_charts_version_is_the_exporters(binary):
    version = command.run(binary, "--version").stdout.split("version ")[1].split()[0]
    metadata = yaml.safe_load((CHART / "Chart.yaml").read_text())
    assert (metadata["version"], metadata["appVersion"]) == (version, version)


@pytest.mark.parametrize("values, missing", [
    ({}, {"accounts[0].token_file"}), (VALUES["sharded"], {"accounts[0].token_file"}),
    (VALUES["everything"], {"accounts[0].token_file", "accounts[0].webhook.token_file", "accounts[1].token_file",
                              "accounts[1].ca_file"})], ids=VALUES)
def test_configurations_lack_nothing_but_the_files_of_the_pod(binary, tmp_path, values, missing):
    (tmp_path / "config.yml").write_text(yaml.safe_dump(configuration_of(objects(values))))
    result = command.run(binary, "check-config", "--config.file", tmp_path / "config.yml")
    assert result.returncode == 2
    assert {line.split(": ")[1] for line in result.stderr.splitlines()} == missing
    before = command.run(binary, "check-config", "--syntax-only", "--config.file", tmp_path / "config.yml")
    assert (before.returncode, before.stderr) == (0, "")


@pytest.fixture
def start_pod(binary, tmp_path, programs, simulator):
    """Starts a pod of the chart, on the simulator."""
    def start(name, values):
        (account,) = values["config"]["accounts"]
        account["base_url"] = simulator.url
        programs.append(Pod(binary, tmp_path, objects(values), name, {"northflank-api": {"token": simulator.TOKEN}}))
        return programs[-1]

    return start


def test_two_pods_watch_every_addon_once(start_pod, simulator):
    values = {"shards": 2, "config": {"accounts": [{"name": "acme"}], "poll": {"interval": "1s"}}}
    pods = [start_pod(f"{NAME}-{ordinal}", values) for ordinal in range(2)]
    for ordinal, pod in enumerate(pods):
        for probe in ("startupProbe", "livenessProbe", "readinessProbe"):
            eventually(lambda: pod.probe(probe), what=probe)
        assert pod.page().value("northflank_exporter_shards") == 2
        assert pod.page().value("northflank_exporter_shard_index") == ordinal
        assert pod.page().value("northflank_exporter_state_persistent") == 1
        assert pod.file("/var/lib/northflank-backup-exporter/history.sqlite").exists()
        assert [target for group in pod.get("/sd").json for target in group["targets"]] == [
            f"{NAME}-{index}.{NAME}-headless.backups.svc:9974" for index in range(2)]
    eventually(lambda: set.union(*(pod.page().addons for pod in pods)) == set(simulator.addons))
    first, second = (pod.page().addons for pod in pods)
    assert first and second and not first & second
