"""Every query in the documentation is one that Prometheus takes, about metrics that are there."""

import pathlib
import re

from support.configuration import account
from support.prometheus import Prometheus
from support.waiting import eventually

ROOT = pathlib.Path(__file__).parents[2]


def documented():
    """Pairs of a metric and its query, from docs/metrics.md."""
    text = (ROOT / "docs" / "metrics.md").read_text()
    return re.findall(r"^## (\S+)\n.*?```promql\n(.*?)\n```", text, re.MULTILINE | re.DOTALL)


# There only when things go badly, when a token expires, or during the first checks after a start.
RARE = {"northflank_exporter_budget_used_up_timestamp_seconds", "northflank_addon_last_error_info",
        "northflank_account_last_error_info", "northflank_api_token_expiry_timestamp_seconds",
        "northflank_addon_restore_last_failed_timestamp_seconds", "northflank_account_finding_since_timestamp_seconds",
        "northflank_account_time_zone_difference_seconds",
        "northflank_exporter_first_checks_expected_end_timestamp_seconds",
        "northflank_exporter_web_config_last_reload_successful"}

# So that the metrics about policies and waivers are there.
POLICIES = [{"name": "all", "match": {}, "max_age": "9d", "min_backups": 1},
            {"name": "previews", "match": {"projects": ["staging"]},
             "waive": {"reason": "throw-away data", "owner": "ops@acme.example", "until": "2099-12-31"}}]


def test_documented_queries(start_exporter, simulator, tmp_path, programs):
    exporter = start_exporter(account(simulator, restores=True, policies=POLICIES))
    exporter.wait_until_observed(*simulator.addons)
    exporter.wait_for_page(lambda page: page.having("northflank_addon_restore_last_completed_timestamp_seconds"))
    programs.append(Prometheus(tmp_path, exporter.url))
    prometheus = programs[-1]
    eventually(lambda: prometheus.value("sum(northflank_exporter_addons)") == len(simulator.addons))
    queries = documented()
    assert len(queries) > 30
    for metric, query in queries:
        assert metric in query or metric + "_bucket" in query, query
        prometheus.query(query)
        # A histogram has no series of its own name.
        if metric not in RARE:
            eventually(lambda: prometheus.query(f'count({{__name__=~"{metric}(_count)?"}})'), what=f"data of {metric}")
