"""Every alert has a runbook that fits on a screen; the tables of the documentation list what the rules say."""

import re

import pytest

from support.rules import RULES
from support.runbooks import ALERTS, DOCS, RECORDED, RUNBOOKS, metrics_in

HEADINGS = ["What it means", "What to check", "What to do", "When to silence"]
each = pytest.mark.parametrize("runbook", RUNBOOKS, ids=lambda runbook: runbook.name)


def table(page):
    """The cells of each row about an alert, links as their text."""
    rows = re.findall(r"^\| (?:\[)?(NorthflankBackup\w+.*) \|$", (DOCS / page).read_text(), re.MULTILINE)
    return [[cell.split("]")[0] for cell in row.split(" | ")] for row in rows]


def test_each_alert_has_a_runbook_and_is_listed():
    assert [runbook.name for runbook in RUNBOOKS] == sorted(ALERTS)
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
    # One screen.
    assert 25 <= len(runbook.text.splitlines()) <= 50
    assert max(len(line) for line in runbook.text.splitlines() if line not in runbook.checks) <= 160
    assert 1 <= len(runbook.checks) <= 3


@each
def test_a_link_to_a_finding_has_a_heading(runbook):
    """NotCompleting, Suspect and NotObserved are about several findings; the link of an alert ends in one of them."""
    findings = set(re.findall(r'finding:held\{finding=~?"([^"]*)"', ALERTS[runbook.name]["expr"]))
    headings = set(re.findall(r"^### (.*)$", runbook.text, re.MULTILINE))
    if len(findings) > 1 or any("|" in each for each in findings):
        assert headings == {finding for each in findings for finding in each.split("|")}


@each
def test_queries(runbook):
    """They are about series that are there, and each runbook has one."""
    documented = set(re.findall(r"^## (\S+)$", (DOCS / "metrics.md").read_text(), re.MULTILINE))
    assert runbook.queries
    for query in runbook.queries:
        names = metrics_in(query)
        assert names and names <= documented | RECORDED | {"up"}, query
