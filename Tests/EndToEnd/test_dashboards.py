"""The dashboards' queries, asked of a real Prometheus: none is without data on a healthy fleet, none counts twice."""

import json
import re
import time

import pytest

from support import configuration, dashboard, truth
from support.dashboard import Evaluator, fill, load
from support.exporter import Exporter
from support.prometheus import Prometheus
from support.simulator import Addon, Simulator
from support.waiting import eventually

ALERTS = dashboard.DIRECTORY.parent / "alerts"
RULES = ALERTS / "northflank-backup.rules.yml"
EVERYTHING = {name: ".*" for name in ("account", "project", "addon", "state", "instance")} | {"lookback": "10m"}
ONE = {"project": "billing", "addon": "ledger-db"}
FAILING = {"project": "billing", "addon": "invoices-db"}
# Titles of panels.
FRESH, WORST, CALENDAR = "Is this data fresh?", "Databases, worst first", "Worst outcome by day, top 50"
# Queries about trouble, which a healthy fleet has none of.
SILENT = {("Accounts that cannot be read", "B"), ("Firing alerts", "B"), ("Gone in the last 7 days", "A"),
          ("Waivers and their end", "A"), ("Waivers and their end", "B"), ("Findings", "B"), ("Findings", "C"),
          ("Findings", "D")}


@pytest.fixture(scope="module")
def scene(binary, tmp_path_factory):
    """A healthy fleet that two exporters watch, and one with every trouble, whose days pass in ten seconds."""
    directory = tmp_path_factory.mktemp("dashboards")
    programs = []

    def started(program):
        programs.append(program)
        return program

    def exporter(name, number, simulator, **more):
        account = configuration.account(simulator, name=name, **more)
        file = configuration.write(directory / f"{name}-{number}.yml", account,
                                   state={"path": str(directory / f"{name}-{number}.sqlite")})
        return started(Exporter(binary, directory, ("--config.file", file), configuration.ENVIRONMENT,
                                name=f"{name}-{number}"))

    try:
        troubled = started(Simulator(binary, directory, "--simulator.time-scale", "8640", name="troubled"))
        personalities = [part for addon in troubled.addons
                         for part in ("--simulator.personality", f"{addon.project}/{addon.id}=healthy")]
        healthy = started(Simulator(binary, directory, *personalities, name="healthy"))
        lenient = {"name": "lenient", "owner": "ops@acme.example", "max_age": "60d", "min_backups": 1, "min_span": "1h",
                   "restore_every": "3650d"}
        waived = {"name": "previews", "match": {"addons": ["staging/users-copy"]},
                  "waive": {"reason": "throw-away data", "owner": "ops@acme.example", "until": "2099-12-31"}}
        exporters = [exporter("healthy", 0, healthy, restores=True, policies=[lenient]),
                     exporter("healthy", 1, healthy, restores=True, policies=[lenient]),
                     exporter("troubled", 0, troubled, restores=True, policies=[waived])]
        for each in exporters:
            each.wait_until_observed(*troubled.addons)
        targets = directory / "targets.json"
        targets.write_text(json.dumps([{"targets": [each.url.removeprefix("http://") for each in exporters[1:]]}]))
        # As often as everything else here.
        levels = directory / "service-levels.yml"
        levels.write_text(re.sub("interval: .*", "interval: 1s", (ALERTS / "service-levels.yml").read_text()))
        prometheus = started(Prometheus(
            directory, exporters[0].url, job=f'file_sd_configs: [{{files: ["{targets}"]}}]',
            more=f'rule_files: ["{RULES}", "{levels}"]'))
        # All that happens to backups has happened, and rules that need other rules have been evaluated.
        seen = 'count(increase(northflank_addon_backup_outcomes_total{status="%s"}[1m]) > 0)'
        eventually(lambda: prometheus.value(seen % "completed") and prometheus.value(seen % "failed"), within=60)
        eventually(lambda: prometheus.value('count(count_over_time(type:northflank_backup_age:ratio[1m]) > 3)'))
        for recorded in ("slots_due:increase30d", "slots_not_kept:increase30d", "within_objective:ratio30d"):
            eventually(lambda: prometheus.value(f"count(addon:northflank_backup_{recorded})"))
        yield healthy, troubled, prometheus
    finally:
        for program in reversed(programs):
            program.stop()
            print(program.report()[-5_000:])


def evaluator(prometheus, **variables):
    return Evaluator(prometheus, time.time(), "now-1m", EVERYTHING | variables, scrape=1)


def panel(name, title):
    (found,) = [each for each in dashboard.panels(load(name)) if each["title"] == title]
    return found


@pytest.mark.parametrize("name", dashboard.NAMES)
def test_every_query_has_data_on_a_healthy_fleet(scene, name):
    _, _, prometheus = scene
    asked = evaluator(prometheus, account="healthy", **(ONE if name == "addon" else {}))
    for each in dashboard.panels(load(name)):
        answered = {series["ref"] for series in asked.series(each)}
        # Findings have no series where nothing is wrong.
        wanted = {target["refId"] for target in each["targets"]
                  if (each["title"], target["refId"]) not in SILENT
                  and not re.search(r"^(sort_desc|1 \+ 0).*finding_since", target["expr"])}
        assert answered == wanted, each["title"]


def test_no_panel_of_any_addon_is_empty_without_saying_why(scene):
    _, troubled, prometheus = scene
    for addon in troubled.addons:
        asked = evaluator(prometheus, account="troubled", project=addon.project, addon=addon.id)
        for each in dashboard.panels(load("addon")):
            assert list(asked.series(each)) or each["fieldConfig"]["defaults"].get("noValue"), (addon, each["title"])


@pytest.mark.parametrize("name", dashboard.NAMES)
def test_variables_and_annotations(scene, name):
    _, _, prometheus = scene
    board = load(name)
    queries = [query for _, query in dashboard.variables(board)]
    queries += [each["expr"] for each in board["annotations"].get("list", [])]
    chosen = EVERYTHING | {"account": "troubled"} | (FAILING if name == "addon" else {})
    for query in queries:
        assert prometheus.query(fill(query, chosen)), query


@pytest.mark.parametrize("name, addon", [("fleet", {}), ("addon", ONE)])
def test_nothing_is_marked_where_nothing_failed(scene, name, addon):
    """The only query that may be without data on a healthy fleet."""
    _, _, prometheus = scene
    (annotation,) = load(name)["annotations"]["list"]
    assert prometheus.query(fill(annotation["expr"], EVERYTHING | {"account": "healthy"} | addon)) == []


def values(prometheus, name, title, **chosen):
    """The newest value of each series of a panel by its name."""
    return {each["name"]: each["points"][-1][1] for each in evaluator(prometheus, **chosen).series(panel(name, title))}


def test_two_exporters_of_one_fleet_count_once(scene):
    healthy, _, prometheus = scene
    count = len(healthy.addons)
    states = values(prometheus, "fleet", "Databases by state", account="healthy")
    assert states == {**dict.fromkeys(states, 0), "ok": count} and len(states) == 11
    assert values(prometheus, "fleet", "Not protected (of all databases)", account="healthy") == {
        "not protected": 0, "of all": count}
    fresh = values(prometheus, "fleet", FRESH)
    assert (fresh["Exporters up"], fresh["Exporters down"], fresh["Not checked"]) == (3, 0, 0)
    assert values(prometheus, "fleet", "Findings (databases)", account="healthy") == {}

    def stored_is_the_truth():
        stored = values(prometheus, "fleet", "Stored backups (bytes)", account="healthy")
        fleet = truth.expected_fleet(healthy.truth)
        assert stored.keys() == {f"healthy/{project}" for project, _ in fleet}
        assert sum(stored.values()) == sum(
            value for samples in fleet.values() for (name, _), value in samples.items()
            if name == "northflank_addon_backup_stored_bytes")
        return True

    # This fleet lives by the clock on the wall, as Prometheus does: a backup may just have ended.
    eventually(stored_is_the_truth)


def test_a_table_has_one_value_for_each_addon(scene):
    healthy, _, prometheus = scene
    for title in (WORST, "Restorable points and reach"):
        found = {}
        for each in evaluator(prometheus, account="healthy").series(panel("fleet", title)):
            key = each["ref"], Addon(each["labels"]["project"], each["labels"]["addon"])
            assert key not in found, f"{title}: {key}"
            found[key] = each
        for target in panel("fleet", title)["targets"]:
            assert {addon for ref, addon in found if ref == target["refId"]} == set(healthy.addons), target["expr"]


def test_the_state_chosen_filters_the_table(scene):
    _, _, prometheus = scene
    asked = evaluator(prometheus, account="troubled", state="never")
    addons = {each["labels"]["addon"] for each in asked.series(panel("fleet", WORST)) if each["ref"] == "A"}
    assert addons == {"sandbox-db"}
    # Other queries add no rows.
    filters = [each["options"]["filters"] for each in panel("fleet", WORST)["transformations"]
               if each["id"] == "filterByValue"]
    assert filters == [[{"fieldName": "Value #A", "config": {"id": "isNotNull", "options": {}}}]]
    (severity,) = {each["points"][0][1] for each in asked.series(panel("fleet", WORST))
                   if each["ref"] == "A"}
    mapping = panel("fleet", WORST)["fieldConfig"]["overrides"][0]["properties"]
    (options,) = [each["options"] for entry in mapping if entry["id"] == "mappings" for each in entry["value"]]
    assert options[f"{severity:g}"]["text"] == "never"


def test_a_finding_that_has_ended_is_not_shown(scene):
    """The look-back of ten minutes is for what is not scraped; the troubled fleet's findings come and go in seconds."""
    _, _, prometheus = scene
    asked = evaluator(prometheus, account="troubled")
    findings = panel("fleet", "Findings (databases)")
    shown = {each["labels"]["finding"]: each["points"][-1][1] for each in asked.series(findings)}
    held = ('count by (finding) (max by (account, project, addon, finding) '
            '(northflank_addon_backup_finding_since_timestamp_seconds{account="troubled"} @ %s))' % asked.end)
    assert shown == {labels["finding"]: value for labels, value in prometheus.query(held)}
    assert shown["never-completed"] == 1


def test_the_calendar_has_the_worst_first(scene):
    """Series of a range come in the order of their labels, of which the first is the place."""
    _, troubled, prometheus = scene
    asked, calendar = evaluator(prometheus, account="troubled"), panel("fleet", CALENDAR)
    places = {each["labels"]["addon"]: each["labels"]["_place"] for each in asked.series(calendar)}
    assert places.keys() == {addon.id for addon in troubled.addons}
    assert list(places.values()) == sorted(places.values()) and next(iter(places)) == "sandbox-db"
    (target,) = calendar["targets"]
    assert "topk(50, " in target["expr"]
    few = {**target, "expr": target["expr"].replace("topk(50, ", "topk(2, ")}
    assert len(asked.ask(calendar, few)) == 2


def test_a_waiver_is_shown_with_who_decided_it(scene):
    _, _, prometheus = scene
    for each in evaluator(prometheus, account="troubled").series(panel("fleet", "Waivers and their end")):
        assert each["labels"] == {
            "account": "troubled", "project": "staging", "addon": "users-copy", "policy": "previews",
            "waived_by": "ops@acme.example", "waiver_reason": "throw-away data"}


def test_databases_are_counted_by_policy(scene):
    healthy, troubled, prometheus = scene
    found = {(each["ref"], each["labels"]["policy"]): each["points"][-1][1]
             for each in evaluator(prometheus).series(panel("fleet", "Not protected by policy"))}
    assert found["A", "lenient"] == len(healthy.addons) and found["B", "lenient"] == 0
    assert found["A", "previews"] == found["C", "previews"] == 1
    assert found["A", "no policy"] == len(troubled.addons) - 1
