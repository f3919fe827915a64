"""What runbooks tell to type or to look for is there: log messages, commands, settings, requests, silences."""

import json
import pathlib
import re
import shlex
import subprocess

import northflank
import pytest
import yaml

from support import command
from support.alerting import Alertmanager
from support.rules import ROOT
from support.runbooks import ALERTS, DOCS, RUNBOOKS, filled, labels_of, literals

PROGRAM = "northflank-backup-exporter"


def test_log_messages():
    known = literals((ROOT / "Sources").rglob("*.swift"))
    cases = (ROOT / "Sources/Northflank/APIError.swift").read_text().split("enum Reason")[1].split("}")[0]
    reasons = {raw or name for name, raw in re.findall(r'(?:case |, )(\w+)(?: = "(\w+)")?', cases)}
    for runbook in RUNBOOKS:
        for message in re.findall(r'msg="([^"]*)"', runbook.text):
            assert re.sub(r"<[a-z]+>", "<>", message) in known, message
        assert set(re.findall(r"reason=(\w+)", runbook.text)) <= reasons - {"cancelled"}


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
    assert seen == {"check-config", "forget", "healthcheck", "status"}


def test_requests_to_the_api():
    """They are among the routes of Northflank's own client."""
    sources = pathlib.Path(northflank.__file__).parent.rglob("*.py")
    routes = {re.sub(r"\{\w+\}", "<>", route) for source in sources
              for route in re.findall(r'"(/v1/[^"]*)"', source.read_text())}
    paths = {re.sub(r"<[a-z]+>", "<>", path) for runbook in RUNBOOKS
             for path in re.findall(r"https://api\.northflank\.com(/v1/[^\s\"?]*)", runbook.text)}
    assert len(paths) > 5 and paths <= routes, paths - routes


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
    assert checked == {"addons", "discovery", "objective", "projects", "state"}


def test_silences(tmp_path, programs):
    """A real amtool makes them, and each is about the runbook's own alert."""
    programs.append(Alertmanager(tmp_path, "http://127.0.0.1:9", 1))
    address = programs[-1].address
    for runbook in RUNBOOKS:
        (line,) = [line for line in runbook.shell if line.startswith("amtool ")]
        words = shlex.split(filled(line).replace("http://localhost:9093", f"http://{address}"))
        made = subprocess.run(words, capture_output=True, text=True, timeout=30)
        assert made.returncode == 0, made.stderr
        matchers = dict(word.split("=") for word in words[words.index("add") + 1:] if not word.startswith("--"))
        assert matchers.pop("alertname") == runbook.name
        assert set(matchers) == labels_of(ALERTS[runbook.name])
