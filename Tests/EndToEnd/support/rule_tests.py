"""Tests for `promtool test rules`, written as what happens minute by minute."""

import json
import subprocess

from support.rules import RULES

GROUPS = ["northflank-backup"]
ADDON = {"account": "acme", "project": "shop", "addon": "orders-db"}
NAMED = {**ADDON, "project_name": "Shop", "addon_name": "Orders DB"}
# Since when a finding holds, in these worlds, which begin at 0: for 2d 7h.
SINCE = -198_000
INSTANCE = {"job": "northflank-backup", "instance": "a:9974"}
GONE = ("stale", 1), ("_", 0)


def selector(name, **labels):
    return name + "{" + ",".join(f"{key}={json.dumps(value)}" for key, value in labels.items()) + "}"


def values(*parts):
    """What a series says each minute: pairs of what, and for how many minutes. A number with `+` in it grows by what
    is behind it."""
    text = []
    for what, minutes in parts:
        if what in ("stale", "_"):
            text += [what] * minutes
        elif minutes:
            start, _, step = str(what).partition("+")
            text.append(f"{start}+{step or 0}x{minutes - 1}")
    return " ".join(text)


class World:
    """The series that Prometheus has scraped; each is a name, labels, and `values`."""

    def __init__(self):
        self.series = {}

    def let(self, name, *parts, **labels):
        self.series[selector(name, **labels)] = values(*parts)
        return self

    def addon(self, minutes, timeline=None, addon=None, instance=INSTANCE):
        """An addon that is well and scraped; `timeline` turns the value of a moment into parts."""
        timeline = timeline or (lambda value: [(value, minutes)])
        own = {**(addon or ADDON), **instance}
        name = own["addon"].replace("-", " ").title().replace("Db", "DB")
        # A second addon is of the same scrape.
        self.series.setdefault(selector("up", **instance), values((1, minutes)))
        self.let("northflank_addon_info", *timeline(1), **own, project_name="Shop", addon_name=name,
                 addon_type="postgresql")
        self.let("northflank_addon_backup_health", *timeline(1), **own, state="ok")
        self.let("northflank_addon_up", *timeline(1), **own)
        self.let("northflank_addon_paused", *timeline(0), **own)
        return self

    def finding(self, finding, *parts, addon=None, instance=INSTANCE):
        """The parts are 1 while it holds and 0 while it does not."""
        held, before = [], None
        for what, minutes in parts:
            # A series that ends is marked so once.
            ends = what == 0 and before not in (None, 0, "stale", "_")
            held += [("stale", 1), ("_", minutes - 1)] if ends and minutes else [
                ({1: SINCE, 0: "_"}.get(what, what), minutes)]
            before = what if minutes else before
        return self.let("northflank_addon_backup_finding_since_timestamp_seconds", *held,
                        **{**(addon or ADDON), **instance}, finding=finding)


class Expectations:
    """What a world leads to: which alerts fire at which minute, and what is recorded."""

    def __init__(self, world):
        self.world, self.alerts, self.queries = world, [], []

    def fires(self, minute, alert, *instances):
        """At this minute exactly these fire: pairs of labels and annotations; none, and it is quiet."""
        self.alerts.append({
            "eval_time": f"{minute}m", "alertname": alert,
            "exp_alerts": [{"exp_labels": labels, "exp_annotations": annotations}
                           for labels, annotations in instances]})
        return self

    def quiet(self, alert, *minutes):
        for minute in minutes:
            self.fires(minute, alert)
        return self

    def records(self, minute, expression, *samples):
        self.queries.append({
            "expr": expression, "eval_time": f"{minute}m",
            "exp_samples": [{"labels": labels, "value": value} for labels, value in samples]})
        return self


def check(expectations, directory):
    """Runs promtool, and fails with what it complains of."""
    test = {"interval": "1m", "alert_rule_test": expectations.alerts, "promql_expr_test": expectations.queries,
            "input_series": [{"series": series, "values": said} for series, said in expectations.world.series.items()]}
    file = directory / "rules.test.yml"
    # JSON is YAML.
    file.write_text(json.dumps({
        "rule_files": [str(rules) for rules in RULES], "evaluation_interval": "1m", "group_eval_order": GROUPS,
        "tests": [test]}, indent=1))
    done = subprocess.run(["promtool", "test", "rules", str(file)], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
