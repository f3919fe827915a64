"""The Compose files: as the specification has them, with configurations that the programs themselves accept."""

import pathlib
import re
import subprocess
import sys

import pytest
import yaml

from conftest import ROOT

FOLDER = ROOT / "deploy" / "compose"
COMPOSE = yaml.safe_load((FOLDER / "compose.yml").read_text())
SERVICES = COMPOSE["services"]
OVERRIDE = yaml.safe_load((FOLDER / "northflank.yml").read_text())
# What listens in each container.
PORTS = {"exporter": 9974, "prometheus": 9090, "alertmanager": 9093, "grafana": 3000}


def tool(*command):
    """What a program prints, both outputs together; it has to succeed."""
    result = subprocess.run(list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert result.returncode == 0, result.stdout
    return result.stdout


def mounts(service):
    """The files and folders that a service has from here, by their paths in the container."""
    parts = [volume.split(":") for volume in SERVICES[service]["volumes"]]
    return {target: (FOLDER / source).resolve() for source, target, *_ in parts if source.startswith(".")}


def here(service, path):
    """Where a file of a container is."""
    for target, source in mounts(service).items():
        if pathlib.PurePath(path).is_relative_to(target):
            return source / pathlib.PurePath(path).relative_to(target)
    raise AssertionError(f"{path} is not mounted into {service}")


def argument(service, name):
    (value,) = [part.removeprefix(f"{name}=") for part in SERVICES[service]["command"] if part.startswith(f"{name}=")]
    return value


def assert_reaches(address):
    """An address is that of a service."""
    host, _, port = address.removeprefix("http://").partition(":")
    assert PORTS[host] == int(port)


def test_schema():
    tool(pathlib.Path(sys.executable).with_name("check-jsonschema"), "--builtin-schema", "vendor.compose-spec",
         FOLDER / "compose.yml", FOLDER / "northflank.yml")


@pytest.mark.parametrize("name", PORTS)
def test_hardened(name):
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"] and "cap_add" not in service and "privileged" not in service
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["ports"] == [f"127.0.0.1:{PORTS[name]}:{PORTS[name]}"]
    for source in mounts(name).values():
        assert source.exists()
    if name == "exporter":
        assert (FOLDER / service["build"]["context"] / service["build"]["dockerfile"]).exists()
    else:
        assert re.fullmatch(r"[a-z]+/[a-z]+:v?\d+\.\d+\.\d+", service["image"])
        assert f":{PORTS[name]}/" in service["healthcheck"]["test"][-1]
        assert all(volume.endswith(":ro") for volume in service["volumes"] if volume.startswith("."))
    named = {volume.split(":")[0] for volume in service["volumes"] if not volume.startswith(".")}
    assert named == {name} and name in COMPOSE["volumes"]


def test_prometheus_accepts_its_configuration(tmp_path):
    text = here("prometheus", argument("prometheus", "--config.file")).read_text()
    (pattern,) = yaml.safe_load(text)["rule_files"]
    folder = tmp_path / "rules"
    folder.mkdir()
    for target, source in mounts("prometheus").items():
        if pathlib.PurePath(target).match(pattern):
            (folder / source.name).symlink_to(source)
    file = tmp_path / "prometheus.yml"
    file.write_text(text.replace(str(pathlib.PurePath(pattern).parent), str(folder)))
    assert "SUCCESS: 1 rule files found" in tool("promtool", "check", "config", file)
    assert {path.name for path in folder.iterdir()} == {"northflank-backup.rules.yml"}


def test_prometheus_knows_the_others():
    configuration = yaml.safe_load((FOLDER / "prometheus.yml").read_text())
    (job,) = configuration["scrape_configs"]
    (manager,) = configuration["alerting"]["alertmanagers"]
    assert job["job_name"] == "northflank-backup"
    for group in (*job["static_configs"], *manager["static_configs"]):
        for target in group["targets"]:
            assert_reaches(target)


def test_alertmanager_accepts_its_configuration():
    file = here("alertmanager", argument("alertmanager", "--config.file"))
    assert "SUCCESS" in tool("amtool", "check-config", file)


def test_alertmanagers_receivers_work_once_they_are_uncommented(tmp_path):
    text = (ROOT / "alerts" / "alertmanager.example.yml").read_text()
    receivers = re.findall(r"^  - name: (\w+)\n((?:    # .*\n)+)", text, re.MULTILINE)
    assert [name for name, _ in receivers] == ["page", "ticket", "note"]
    for name, commented in receivers:
        uncommented = re.sub("^    # ", "    ", commented, flags=re.MULTILINE)
        (tmp_path / f"{name}.yml").write_text(text.replace(commented, uncommented))
        found = yaml.safe_load((tmp_path / f"{name}.yml").read_text())["receivers"]
        assert [each["name"] for each in found if len(each) > 1] == [name]
        assert "SUCCESS" in tool("amtool", "check-config", tmp_path / f"{name}.yml")
        (secret,) = re.findall(r"_file: ([^\s,}]+)", uncommented)
        assert here("alertmanager", secret).parent == FOLDER / "secrets"


def test_secrets_are_never_committed():
    for path in (".env", "deploy/compose/.env", "secrets/token", "deploy/compose/secrets/slack"):
        tool("git", "-C", ROOT, "check-ignore", "--no-index", "--verbose", path)
    assert (FOLDER / "secrets" / ".gitignore").exists()


def test_grafana_finds_its_data_and_dashboards():
    folder = "/etc/grafana/provisioning"
    (sources,) = [here("grafana", path) for path in mounts("grafana") if path.startswith(f"{folder}/datasources/")]
    for source in yaml.safe_load(sources.read_text())["datasources"]:
        assert_reaches(source["url"])
    (dashboards,) = [here("grafana", path) for path in mounts("grafana") if path.startswith(f"{folder}/dashboards/")]
    (provider,) = yaml.safe_load(dashboards.read_text())["providers"]
    assert here("grafana", provider["options"]["path"]) == ROOT / "dashboards"
    home = SERVICES["grafana"]["environment"]["GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"]
    assert here("grafana", home).exists()


def test_the_override_serves_with_documented_variables():
    exporter = OVERRIDE["services"]["exporter"]
    assert (SERVICES["exporter"]["command"], exporter["command"]) == (["demo"], ["serve"])
    documented = (ROOT / "docs" / "configuration.md").read_text()
    for name, value in exporter["environment"].items():
        assert f"`{name}`" in documented
        # Taken from the variable of the same name.
        assert re.fullmatch(rf"\${{{name}:[-?].*}}", value)
