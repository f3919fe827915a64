"""What the runbooks tell to type is tried as it stands: checks, commands, settings, requests, silences."""

import json
import os
import pathlib
import re
import shlex
import subprocess

import northflank
import pytest
import yaml

from support import command
from support.alerting import Alertmanager
from support.configuration import account
from support.prometheus import Prometheus
from support.rules import ALERTS_FOLDER
from support.runbooks import ALERTS, DOCS, RUNBOOKS, filled, labels_of
from support.waiting import eventually

PROGRAM = "northflank-backup-exporter"


@pytest.fixture
def shell(binary, start_exporter, simulator, tmp_path, programs):
    """Runs a line of a runbook on a machine with the exporter, and a Prometheus with the rules."""
    exporter = start_exporter(account(simulator))
    exporter.wait_until_observed(*simulator.addons)
    programs.append(Prometheus(tmp_path, exporter.url, more=f'rule_files: ["{ALERTS_FOLDER / "northflank-backup.rules.yml"}"]'))
    prometheus = programs[-1]
    eventually(lambda: prometheus.value("count(addon:northflank_backup_finding:held) > 0"), within=60)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / PROGRAM).symlink_to(pathlib.Path(binary).resolve())
    config = tmp_path / "checked.yml"
    config.write_text(yaml.safe_dump({"accounts": [{"token_env": "TOKEN"}], "state": {"path": ":memory:"}}))
    environment = {**os.environ, "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}", "TOKEN": "t"}
    places = {"http://localhost:9090": prometheus.url, "FILE": str(config), "https://api.northflank.com": simulator.url}

    def run(line):
        line = filled(line, account="default", project="billing", addon="invoices-db",
                      instance=exporter.url.removeprefix("http://"))
        for there, here in places.items():
            line = line.replace(there, here)
        if re.match(rf"{PROGRAM} (status|explain|healthcheck)\b", line):
            line += f" --url {exporter.url}"
        return subprocess.run(["sh", "-c", line], capture_output=True, text=True, timeout=30, env=environment)

    return run


def test_each_check(shell):
    """The exit code 1 of `status` and `explain` is a database that is not protected, as one is in a runbook."""
    tried = 0
    for line in sorted({line for runbook in RUNBOOKS for line in runbook.checks}):
        done = shell(line)
        assert done.returncode in ((0, 1) if f"{PROGRAM} " in line else (0,)), f"{line}\n{done.stdout}{done.stderr}"
        assert done.stderr == "" and (done.stdout or line.startswith(("promtool", f"{PROGRAM} healthcheck", "curl"))), (
            f"{line}\n{done.stderr}")
        tried += 1
    assert tried > 30


@pytest.fixture(scope="module")
def options(binary):
    """The options of each subcommand, by its name."""
    help_ = json.loads(command.run(binary, "--experimental-dump-help").stdout)["command"]
    return {subcommand["commandName"]: {f"--{name['name']}" for argument in subcommand.get("arguments", [])
                                        for name in argument.get("names", []) if name["kind"] == "long"}
            for subcommand in help_["subcommands"]}


def test_the_programs_commands(options):
    seen = set()
    for page in [DOCS / "alerts.md", *sorted((DOCS / "runbooks").glob("*.md"))]:
        text = page.read_text()
        commands = re.findall(rf"(?<![\w=/.])(?:/usr/bin/)?{PROGRAM} ([a-z][^`\n]*)", text)
        for arguments in commands:
            subcommand, *rest = shlex.split(filled(arguments))
            assert subcommand in options, f"{page.name}: {arguments}"
            assert {word for word in rest if word.startswith("--")} <= options[subcommand], arguments
            seen.add(subcommand)
        own = re.findall(r"(?<![\w-])--(?:web|shard|log|config)\.[\w.-]+", text)
        assert set(own) <= options["serve"], page.name
    assert seen == {"check-config", "explain", "forget", "healthcheck", "status"}


def test_requests_to_the_api():
    """They are among the routes of Northflank's own client."""
    sources = pathlib.Path(northflank.__file__).parent.rglob("*.py")
    routes = {re.sub(r"\{\w+\}", "<>", route) for source in sources
              for route in re.findall(r'"(/v1/[^"]*)"', source.read_text())}
    paths = {re.sub(r"<[a-z]+>", "<>", path) for runbook in RUNBOOKS
             for path in re.findall(r"https://api\.northflank\.com(/v1/[^\s\"?`]*)", runbook.text)}
    assert len(paths) == 3 and paths <= routes, paths - routes


def test_settings(binary, tmp_path):
    """Pieces of configuration are right as they stand."""
    checked = set()
    for code in [code for runbook in RUNBOOKS for code in runbook.code]:
        if not re.match(r"(addons|discovery|objective|projects|state): [{\[]", code):
            continue
        piece = yaml.safe_load(filled(code))
        (key,) = piece
        document = {"accounts": [{"token_env": "TOKEN"}], "state": {"path": ":memory:"}}
        place = document if key == "state" else document["accounts"][0]
        place.update({"discovery": piece} if key == "projects" else piece)
        file = tmp_path / "config.yml"
        file.write_text(yaml.safe_dump(document))
        result = command.run(binary, "check-config", "--config.file", file, environment={"TOKEN": "t"})
        assert result.returncode == 0, f"{code}: {result.stderr}"
        checked.add(key)
    assert checked == {"addons", "discovery", "objective", "state"}


def test_silences(tmp_path, programs):
    """A real amtool makes them, and each is about the runbook's own alert."""
    programs.append(Alertmanager(tmp_path, "http://127.0.0.1:9", 1))
    address = programs[-1].address
    for runbook in RUNBOOKS:
        words = shlex.split(filled(runbook.silence).replace("http://localhost:9093", f"http://{address}"))
        made = subprocess.run(words, capture_output=True, text=True, timeout=30)
        assert made.returncode == 0, made.stderr
        matchers = dict(word.split("=") for word in words[words.index("add") + 1:] if not word.startswith("--"))
        assert matchers.pop("alertname") == runbook.name
        assert set(matchers) == labels_of(ALERTS[runbook.name])
