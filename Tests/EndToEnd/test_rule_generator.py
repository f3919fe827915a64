"""scripts/rules: the committed rules are its defaults, each parameter changes what it says, and a mistake is refused."""

import json
import re
import subprocess
import sys

import pytest
import yaml

from conftest import ROOT
from support.rule_tests import GROUPS
from support.rules import ALERTS_FOLDER
from test_addon_alerts import well_others
from support.troubles import INCOMPLETE, RISK, trouble_of

DEFAULT = ALERTS_FOLDER / "northflank-backup.rules.yml"
RUNBOOKS, GRAFANA = "https://git.example.com/exporter/docs/runbooks", "https://grafana.example.com"


def made(*options):
    done = subprocess.run([sys.executable, "-B", ROOT / "scripts/rules", "--output", "-", *options], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def alerts(*options):
    groups = yaml.safe_load(made(*options))["groups"]
    return {rule["alert"]: rule for group in groups for rule in group["rules"] if "alert" in rule}


def test_the_committed_rules_are_the_defaults():
    assert made() == DEFAULT.read_text()


def test_every_option_at_once_makes_rules_that_promtool_accepts(tmp_path):
    file = tmp_path / "rules.yml"
    file.write_text(made(
        "--job", "backups", "--runbooks", RUNBOOKS, "--grafana", GRAFANA, "--threshold", "age-ratio=3", "--threshold",
        "paused=30d", "--severity", f"{RISK}=page", "--for", f"{RISK}=5m", "--disable", INCOMPLETE, "--label", "team=databases"))
    checked = subprocess.run(["promtool", "check", "rules", "--lint=all", "--lint-fatal", file], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    # The comment that explains the name of the job included.
    assert "northflank-backup\"" not in file.read_text() and file.read_text().count('job="backups"') > 5


def test_thresholds():
    before, after = alerts(), alerts("--threshold", "paused=30d", "--threshold", "token-notice=7d", "--threshold", "clock-skew=10m")
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {f"NorthflankBackup{name}" for name in ("PausedLong", "TokenExpires", "ClockSkew")}
    assert "> 30 * 86400" in after["NorthflankBackupPausedLong"]["expr"]
    assert "< 7 * 86400" in after["NorthflankBackupTokenExpires"]["expr"]
    assert "> 10 * 60" in after["NorthflankBackupClockSkew"]["expr"]
    # The text says the limit that holds.
    assert "(limit 10m)" in after["NorthflankBackupClockSkew"]["annotations"]["summary"]
    recorded = made("--threshold", "age-ratio=3", "--threshold", "expiry-notice=24h", "--threshold", "removed-share=0.25",
                    "--threshold", "account-unread=30m")
    for expected in ("ratio:max > 3\n", "24 * 3600\n", "0.25 < (", " offset 30m\n"):
        assert expected in recorded and expected not in DEFAULT.read_text()


def test_every_threshold_has_an_effect():
    for name, default in re.findall(r"^  ([a-z][a-z-]+) +(\S+)  ", help_(), re.MULTILINE):
        other = re.sub(r"\d+", lambda number: str(int(number[0]) + 7), default, count=1)
        assert made("--threshold", f"{name}={other}") != DEFAULT.read_text(), name


def help_():
    done = subprocess.run([sys.executable, "-B", ROOT / "scripts/rules", "--help"], capture_output=True, text=True)
    assert done.returncode == 0
    return done.stdout


def test_the_help_has_each_alert_with_its_defaults():
    listed = re.findall(r"^  (NorthflankBackup\w+) +(\w+) +(\w+)$", help_(), re.MULTILINE)
    assert listed == [(name, rule["labels"]["severity"], rule["for"]) for name, rule in alerts().items()]


def test_severities_waits_labels_and_disabled_alerts():
    changed = alerts("--severity", f"{INCOMPLETE}=critical", "--for", f"{RISK}=5m", "--disable", "NorthflankBackupPausedLong",
                     "--label", "team=databases", "--label", "site=eu west")
    assert changed.keys() == alerts().keys() - {"NorthflankBackupPausedLong"}
    assert changed[INCOMPLETE]["labels"] == {"severity": "critical", "scope": "addon", "team": "databases", "site": "eu west"}
    assert (changed[RISK]["for"], changed[RISK]["labels"]["severity"]) == ("5m", "critical")


def test_options_in_a_file(tmp_path):
    (tmp_path / "options").write_text(f"--disable\n{RISK}\n--for=NorthflankBackupSuspect=30m\n")
    changed = alerts(f"@{tmp_path / 'options'}")
    assert RISK not in changed and changed["NorthflankBackupSuspect"]["for"] == "30m"


def test_links(tmp_path):
    """Complete addresses, and of a runbook the part about the oldest finding."""
    rules = made("--runbooks", RUNBOOKS, "--grafana", GRAFANA)
    for name, rule in {rule["alert"]: rule for group in yaml.safe_load(rules)["groups"] for rule in group["rules"]
                       if "alert" in rule}.items():
        assert rule["annotations"]["runbook_url"].startswith(f"{RUNBOOKS}/{name}.md")
        board = "addon" if rule["labels"]["scope"] == "addon" else "exporter"
        assert rule["annotations"]["dashboard_url"].startswith(f"{GRAFANA}/d/northflank-backup-{board}")
    (tmp_path / "rules.yml").write_text(rules)
    trouble = trouble_of(INCOMPLETE, "attempt-failed")
    world = well_others(trouble.world([("ill", 60)]), 60).finding("too-old", (-1000, 60))
    test = {"interval": "1m", "input_series": [{"series": name, "values": said} for name, said in world.series.items()],
            "alert_rule_test": [{"eval_time": "15m", "alertname": INCOMPLETE, "exp_alerts": [{
                "exp_labels": trouble.labels, "exp_annotations": {
                    "summary": "Orders DB (Shop): no backup completes, for 2d 7h",
                    "description": "acme/shop/orders-db. attempt-failed for 2d 7h. too-old for 31m 40s. The last dump failed.",
                    "runbook_url": f"{RUNBOOKS}/{INCOMPLETE}.md#attempt-failed",
                    "dashboard_url": f"{GRAFANA}/d/northflank-backup-addon?var-account=acme&var-project=shop"
                                     "&var-addon=orders-db"}}]}]}
    (tmp_path / "test.yml").write_text(json.dumps({
        "rule_files": ["rules.yml"], "evaluation_interval": "1m", "group_eval_order": GROUPS, "tests": [test]}))
    done = subprocess.run(["promtool", "test", "rules", tmp_path / "test.yml"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("options, words", [
    (["--disable", "NorthflankBackupNever"], "--disable NorthflankBackupNever: unknown; known are NorthflankBackupAtRisk, "),
    (["--severity", "X=critical"], "--severity X: unknown"), (["--for", f"{RISK}=soon"], "write it as 15m"),
    (["--threshold", "ratio=2"], "--threshold ratio: unknown; known are age-ratio, "),
    (["--threshold", "paused=14"], "write it as the default, 14d"),
    (["--threshold", "age-ratio"], "write NAME=VALUE"),
    (["--runbooks", "docs/runbooks"], "write an address as https://host/path"),
    (["--grafana", "https://grafana.example.com/"], "without a slash at the end"),
    (["--job", 'a"b'], "only letters, digits"), (["--label", 'a="x'], "not a label"),
    (["--severity", f"{RISK}=Very Bad"], "not a word"),
])
def test_a_mistake_is_refused(options, words):
    done = subprocess.run([sys.executable, "-B", ROOT / "scripts/rules", "--output", "-", *options], capture_output=True, text=True)
    assert done.returncode != 0 and done.stdout == "" and words in done.stderr, done.stderr
