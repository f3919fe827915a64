"""Grafana's dashboards without Grafana: their JSON, and what their queries give."""

import json
import math
import pathlib
import re
from urllib.parse import urlencode

DIRECTORY = pathlib.Path(__file__).parents[3] / "dashboards"
NAMES = ("fleet", "addon", "exporter")


def load(name):
    return json.loads((DIRECTORY / f"{name}.json").read_text())


def panels(board):
    """The panels, without the names of rows."""
    return [panel for panel in board["panels"] if panel["type"] != "row"]


def variables(board):
    """Pairs of a variable that Prometheus fills and the selector of its values."""
    for variable in board["templating"]["list"]:
        if variable["type"] == "query":
            selector, label = re.fullmatch(r"label_values\((.+), (\w+)\)", variable["query"]).groups()
            yield variable["name"], f"count by ({label}) ({selector})"


def urls(found):
    """Every URL in a piece of a dashboard."""
    if isinstance(found, dict):
        yield from [found["url"]] if isinstance(found.get("url"), str) else []
    for each in found.values() if isinstance(found, dict) else found if isinstance(found, list) else []:
        yield from urls(each)


class Evaluator:
    """Runs the queries of panels for a time range that ends at `end`, with values for the dashboard's variables.

    `since` is how the range begins, such as now-7d, and `scrape` the scrape interval in seconds.
    """

    def __init__(self, prometheus, end, since, variables, scrape):
        self.prometheus, self.end, self.since, self.scrape = prometheus, end, since, scrape
        self.variables = variables

    def start(self, panel):
        """The beginning of a panel's range: the dashboard's, unless it has its own."""
        return self.end - seconds(panel.get("timeFrom") or self.since)

    def step(self, panel):
        points = panel["gridPos"]["w"] * 25
        step = max(seconds(panel.get("interval") or "1s"), (self.end - self.start(panel)) / points)
        return math.ceil(step / self.scrape) * self.scrape

    def series(self, panel):
        """All series of a panel, each with `ref`, `labels`, `name` and `points` of time and value."""
        for target in panel["targets"]:
            for each in self.ask(panel, target):
                yield {
                    "ref": target["refId"], "labels": each["metric"],
                    "name": legend(fill(target.get("legendFormat", ""), self.variables), each["metric"]),
                    "points": [(moment, float(value)) for moment, value in each.get("values") or [each["value"]]]}

    def ask(self, panel, target):
        step = self.step(panel)
        times = {"__interval": f"{step}s", "__rate_interval": f"{max(step + self.scrape, 4 * self.scrape)}s",
                 "{__to:date:seconds}": f"{self.end:.0f}"}
        parameters = {"query": fill(target["expr"], self.variables | times)}
        if target.get("instant"):
            kind, parameters["time"] = "query", self.end
        else:
            # Grafana aligns a range to its step.
            start, end = (moment // step * step for moment in (self.start(panel), self.end))
            kind, parameters = "query_range", {**parameters, "start": start, "end": end, "step": step}
        response = self.prometheus.get(f"/api/v1/{kind}?{urlencode(parameters)}")
        assert response.status == 200, f"{parameters}: {response.text}"
        return response.json["data"]["result"]


def fill(text, variables):
    """The text with values in place of the variables; $1 belongs to a regular expression."""
    return re.sub(r"\$([a-z_]\w*|\{__to:date:seconds\})", lambda match: variables[match[1]], text)


def legend(form, labels):
    return re.sub(r"{{\s*(\w+)\s*}}", lambda match: labels.get(match[1], ""), form)


def seconds(duration):
    number, unit = re.fullmatch(r"(?:now-)?(\d+)([smhd])", duration).groups()
    return int(number) * {"s": 1, "m": 60, "h": 3600, "d": 86400}[unit]
