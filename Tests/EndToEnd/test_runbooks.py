"""Every alert has a runbook, with queries that Prometheus takes; docs/alerts.md tells what the rules say."""

import re
import shutil
import subprocess

import pytest
import yaml

from support import command
from support.rules import ROOT, RULES
from support.runbooks import ALERTS, DOCS, RECORDED, RUNBOOKS, metrics_in

HEADINGS = ["What it means", "What to look at", "What to do", "When to ignore it"]
each = pytest.mark.parametrize("runbook", RUNBOOKS, ids=lambda runbook: runbook.name)


def table(page):
    """The cells of each row about an alert, links as their text."""
    rows = re.findall(r"^\| (?:\[)?(NorthflankBackup\w+.*) \|$", (DOCS / page).read_text(), re.MULTILINE)
    return [[cell.split("]")[0] for cell in row.split(" | ")] for row in rows]


def test_each_alert_has_a_runbook_and_is_listed():
    assert [runbook.name for runbook in RUNBOOKS] == sorted(ALERTS)
    for name, rule in ALERTS.items():
        assert rule["annotations"]["runbook_url"].endswith(f"docs/runbooks/{name}.md")
    # In the order of the rules.
    order = [(name, rule["labels"]["severity"]) for file in reversed(RULES) for name, rule in ALERTS.items()
             if f"alert: {name}\n" in file.read_text()]
    assert [tuple(row[:2]) for row in table("runbooks/README.md")] == order
    assert [tuple(row[:3]) for row in table("alerts.md")] == [
        (name, severity, ALERTS[name]["for"]) for name, severity in order]


@each
def test_form(runbook):
    assert re.findall(r"^# (.*)$", runbook.text.split("\n##")[0], re.MULTILINE) == [runbook.name]
    assert re.findall(r"^## (.*)$", runbook.text, re.MULTILINE) == HEADINGS
    assert 25 <= len(runbook.text.splitlines()) <= 50
    assert max(map(len, runbook.text.splitlines())) <= 140


@each
def test_queries(runbook):
    """They are about series that are there."""
    documented = set(re.findall(r"^## (\S+)$", (DOCS / "metrics.md").read_text(), re.MULTILINE))
    assert runbook.queries
    for query in runbook.queries:
        names = metrics_in(query)
        assert names and names <= documented | RECORDED | {"up"}, query


def test_prometheus_takes_the_queries(tmp_path):
    queries = [query for runbook in RUNBOOKS for query in runbook.queries]
    rules = [{"record": f"query:{number}", "expr": query} for number, query in enumerate(queries)]
    file = tmp_path / "queries.yml"
    file.write_text(yaml.safe_dump({"groups": [{"name": "queries", "rules": rules}]}))
    result = command.run("promtool", "check", "rules", file)
    assert (result.returncode, f"{len(queries)} rules found" in result.stdout) == (0, True), result.stderr


def test_own_addresses_in_the_rules(tmp_path):
    """The one command changes the links, all of them and nothing else."""
    (line,) = re.findall(r"^sed -i .*$", (DOCS / "alerts.md").read_text(), re.MULTILINE)
    shutil.copytree(ROOT / "alerts", tmp_path / "alerts")
    subprocess.run(line, shell=True, check=True, cwd=tmp_path)
    for file in RULES:
        before, after = file.read_text().splitlines(), (tmp_path / "alerts" / file.name).read_text().splitlines()
        changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
        assert len(changed) == sum("_url: " in line for line in before)
        for old, new in changed:
            moved = old.replace("http://localhost:3000/d/", "https://grafana.example.com/d/")
            assert new == moved.replace(": docs/runbooks/", ": https://wiki.example.com/runbooks/")
        assert command.run("promtool", "check", "rules", tmp_path / "alerts" / file.name).returncode == 0
