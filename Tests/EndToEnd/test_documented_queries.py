"""Every query in the documentation is one that Prometheus takes, about metrics that are there."""

import pathlib
import re

from support.prometheus import Prometheus
from support.waiting import eventually

ROOT = pathlib.Path(__file__).parents[2]


def documented():
    """Pairs of a metric and its query, from docs/metrics.md."""
    text = (ROOT / "docs" / "metrics.md").read_text()
    return re.findall(r"^## (\S+)\n.*?```promql\n(.*?)\n```", text, re.MULTILINE | re.DOTALL)


def test_documented_queries(exporter, simulator, tmp_path, programs):
    exporter.wait_until_observed(*simulator.addons)
    programs.append(Prometheus(tmp_path, exporter.url))
    prometheus = programs[-1]
    eventually(lambda: prometheus.value("sum(northflank_exporter_addons)") == len(simulator.addons))
    queries = documented()
    assert len(queries) > 30
    for metric, query in queries:
        assert metric in query or metric + "_bucket" in query, query
        prometheus.query(query)
        # A histogram has no series of its own name.
        assert prometheus.query(f'count({{__name__=~"{metric}(_count)?"}})'), metric


def test_the_readme_alert(exporter, simulator, tmp_path, programs):
    """It fires for exactly the addons without a fresh backup of their own."""
    exporter.wait_until_observed(*simulator.addons)
    programs.append(Prometheus(tmp_path, exporter.url))
    prometheus = programs[-1]
    eventually(lambda: prometheus.value("sum(northflank_exporter_addons)") == len(simulator.addons))
    (expression,) = re.findall(r"^  expr: (.*)$", (ROOT / "README.md").read_text(), re.MULTILINE)
    firing = {labels["addon"] for labels, _ in prometheus.query(expression)}
    assert "invoices-db" in firing and "orders-db" not in firing and "users-copy" not in firing
