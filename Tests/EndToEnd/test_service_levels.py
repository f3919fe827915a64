"""The recording rules of service levels, and the example for Sloth."""

import re
import subprocess

import pytest
import yaml

from support.rules import ALERTS_FOLDER

SLOTH = yaml.safe_load((ALERTS_FOLDER / "sloth.example.yml").read_text())
RULES = ALERTS_FOLDER / "service-levels.yml"


def promtool(*arguments):
    done = subprocess.run(["promtool", *map(str, arguments)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_promtool_takes_the_rules():
    promtool("check", "rules", "--lint=all", "--lint-fatal", RULES)


def test_they_record_what_they_say():
    promtool("test", "rules", ALERTS_FOLDER / "service-levels.test.yml")


def queries(slo):
    sli = slo["sli"]
    return [sli["raw"]["error_ratio_query"]] if "raw" in sli else [sli["events"]["error_query"], sli["events"]["total_query"]]


@pytest.mark.parametrize("slo", SLOTH["slos"], ids=lambda slo: slo["name"])
def test_each_query_of_the_example_is_valid_with_a_window(slo, tmp_path):
    """Sloth itself is not needed: it puts a window into each query."""
    assert SLOTH["version"] == "prometheus/v1" and 0 < slo["objective"] < 100
    rules = []
    for index, query in enumerate(queries(slo)):
        assert "[{{.window}}]" in query
        rules.append({"record": f"query:{index}:checked", "expr": query.replace("{{.window}}", "1h")})
    file = tmp_path / "rules.yml"
    file.write_text(yaml.safe_dump({"groups": [{"name": "sloth", "rules": rules}]}))
    promtool("check", "rules", file)


def test_the_example_uses_rules_that_exist():
    recorded = set(re.findall(r"record: (\S+)", RULES.read_text()))
    used = set(re.findall(r"\w+:northflank\w+:\w+", yaml.safe_dump(SLOTH)))
    assert used and used <= recorded
