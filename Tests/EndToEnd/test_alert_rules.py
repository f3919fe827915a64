"""The rules and the Alertmanager example as a whole: nothing without a test, a runbook, a known metric, a receiver."""

import re
import subprocess

import pytest
import yaml

import test_collecting_alerts as collecting
import test_exporter_alerts as exporters
import test_gauge_alerts as gauges
import test_outage_alerts as outages
import test_pause_alerts as pauses
import test_policy_alerts as policies
import test_token_expiry_alerts as expiries
from support.rule_tests import GROUPS
from support.rules import ALERTS_FOLDER, ROOT, RULES, groups, rules
from support.troubles import TROUBLES

ALL = rules()
ALERT_RULES = [rule for rule in ALL if "alert" in rule]
NAMES = [rule["alert"] for rule in ALERT_RULES]
EXAMPLE = ALERTS_FOLDER / "alertmanager.example.yml"
each_alert = pytest.mark.parametrize("rule", ALERT_RULES, ids=NAMES)


def test_promtool_takes_them():
    done = subprocess.run(["promtool", "check", "rules", "--lint=all", "--lint-fatal", *map(str, RULES)],
                          capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    # The order in which the tests evaluate them.
    assert [group["name"] for group in groups()] == GROUPS


def test_each_alert_has_tests_that_expect_it_and_tests_that_expect_quiet():
    """Each of these is the subject of tests of both kinds; see their modules."""
    tested = {trouble.alert for trouble in TROUBLES} | {gauge[0] for gauge in gauges.GAUGES} | {
        gauges.BUDGET, gauges.ZONE, gauges.OVERLAP, collecting.ABSENT, collecting.DOWN, exporters.SHARD, exporters.HISTORY,
        outages.OUTAGE, expiries.ALERT, policies.ENDS, pauses.ALERT}
    assert sorted(NAMES) == sorted(tested) and len(NAMES) == 23


def test_what_pages():
    """Symptoms only: data is at risk, or no trouble can be found."""
    assert [rule["alert"].removeprefix("NorthflankBackup") for rule in ALERT_RULES
            if rule["labels"]["severity"] == "critical"] == [
        "AtRisk", "AccountNotObserved", "FleetShrunk", "ExporterAbsent", "ShardMissing"]


@each_alert
def test_each_says_what_it_is_about_and_where_to_read_on(rule):
    assert set(rule["labels"]) == {"severity", "scope"}
    assert rule["labels"]["severity"] in ("critical", "warning", "info")
    assert rule["labels"]["scope"] in ("addon", "account", "instance", "exporter")
    # No link by default: an address that is not the user's leads nowhere.
    assert set(rule["annotations"]) == {"summary", "description"}
    if rule["labels"]["scope"] == "addon":
        for label in ("$labels.addon_name", "$labels.project_name"):
            assert label in rule["annotations"]["summary"]
    # Longer than a scrape that was missed, and a restart; the lists of the fleet are read in whole or not at all.
    assert re.fullmatch(r"(5|10|15|30)m|1h", rule["for"]) or rule["alert"] == "NorthflankBackupFleetShrunk"


def test_every_metric_is_one_that_is_documented_or_recorded():
    documented = set(re.findall(r"^## (\S+)$", (ROOT / "docs" / "metrics.md").read_text(), re.MULTILINE))
    recorded = {rule["record"] for rule in ALL if "record" in rule}
    named = set()
    for file in RULES:
        named |= set(re.findall(r"(?<![\w/:-])((?:[a-z]+:)?northflank_\w+(?::\w+)?)(?=[\s{\[()])", file.read_text()))
    assert len(named) > 25
    assert not named - documented - recorded
    # Nothing is recorded that neither an alert nor a dashboard uses.
    used = "".join(file.read_text() for file in [*RULES, *(ROOT / "dashboards").glob("*.json")])
    assert not [name for name in recorded if used.count(name) < 2]


@pytest.mark.parametrize("severity, receiver", [
    ("critical", "page"), ("warning", "ticket"), ("info", "note"), ("unheard-of", "ticket")])
def test_who_is_told(severity, receiver):
    done = subprocess.run(
        ["amtool", "config", "routes", "test", f"--config.file={EXAMPLE}", f"--verify.receivers={receiver}",
         f"severity={severity}", "alertname=X"], capture_output=True, text=True)
    assert (done.returncode, done.stdout.strip()) == (0, receiver), done.stderr


def test_what_is_silenced_exists():
    done = subprocess.run(["amtool", "check-config", str(EXAMPLE)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    inhibitions = yaml.safe_load(EXAMPLE.read_text())["inhibit_rules"]
    named = {name for rule in inhibitions for matcher in rule["source_matchers"] + rule["target_matchers"]
             for name in re.findall(r"NorthflankBackup\w+", matcher)}
    assert named and named <= set(NAMES)
    scopes = {scope for rule in inhibitions for matcher in rule["target_matchers"] if matcher.startswith("scope")
              for scope in re.findall(r"[a-z]+", matcher.removeprefix("scope"))}
    assert scopes == {rule["labels"]["scope"] for rule in ALERT_RULES} - {"exporter"}
    # No alert mutes itself.
    for rule in inhibitions:
        (source,) = re.findall(r'"(\w+)"', rule["source_matchers"][0])
        (muted,) = [each["labels"]["scope"] for each in ALERT_RULES if each["alert"] == source]
        assert f'scope="{muted}"' not in rule["target_matchers"] or f'alertname!="{source}"' in rule["target_matchers"]
