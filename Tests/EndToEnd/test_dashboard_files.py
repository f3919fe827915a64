"""The dashboards as they are in the repository: made by the generator, complete, and leading to each other."""

import re
import subprocess
import sys
from urllib.parse import parse_qs, urlsplit

import promql_parser
import pytest
import yaml

from support import dashboard
from support.dashboard import DIRECTORY, NAMES, load, panels, urls

ALERTS = DIRECTORY.parent / "alerts"
UIDS = {name: f"northflank-backup-{name}" for name in NAMES}
# What Prometheus itself adds.
OF_PROMETHEUS = {"up", "ALERTS", "ALERTS_FOR_STATE", "scrape_duration_seconds", "scrape_samples_scraped"}
# Of 900 pixels, what Grafana's own head leaves: 20 rows of 38.
ROWS_AT_FIRST_SIGHT = 20


def names_of(board):
    return {variable["name"] for variable in board["templating"]["list"]}


def queries(board):
    """Every query, with durations in place of Grafana's own variables."""
    found = [target["expr"] for panel in panels(board) for target in panel["targets"]]
    found += [query for _, query in dashboard.variables(board)]
    found += [each["expr"] for each in board["annotations"].get("list", [])]
    found = [query.replace("${__to:date:seconds}", "1") for query in found]
    return [re.sub(r"\$(__(rate_)?interval|lookback)", "5m", query) for query in found]


def known_metrics():
    text = (DIRECTORY.parent / "docs" / "metrics.md").read_text()
    documented = re.findall(r"^## (\S+)\n\n.*\n\n(gauge|counter|histogram)\b", text, re.MULTILINE)
    rules = [rule for file in (*ALERTS.glob("*.rules.yml"), ALERTS / "service-levels.yml")
             for group in yaml.safe_load(file.read_text())["groups"] for rule in group["rules"]]
    return OF_PROMETHEUS | {rule["record"] for rule in rules if "record" in rule} | {
        name + ("_bucket" if kind == "histogram" else "") for name, kind in documented}


def metrics_in(query):
    found = set()

    def visit(expression):
        if isinstance(expression, promql_parser.VectorSelector):
            found.add(expression.name)

    promql_parser.walk(promql_parser.parse(query), visit)
    return found


def test_the_files_are_what_the_generator_writes(tmp_path):
    subprocess.run([sys.executable, "-B", "-m", "generate", str(tmp_path)], cwd=DIRECTORY, check=True)
    for name in NAMES:
        written, kept = ((folder / f"{name}.json").read_text() for folder in (tmp_path, DIRECTORY))
        assert written == kept, "run make dashboards"


@pytest.mark.parametrize("name", NAMES)
def test_queries_are_promql_about_metrics_that_exist(name):
    board, known = load(name), known_metrics()
    assert len(known) > 60
    for query in queries(board):
        assert metrics_in(query) <= known, query
        # Variables of the dashboard, and no others.
        assert set(re.findall(r"\$([a-z_]\w*)", query)) <= names_of(board), query


@pytest.mark.parametrize("name", NAMES)
def test_every_panel_has_what_it_needs(name):
    for panel in panels(load(name)):
        assert panel["title"], panel
        assert panel["fieldConfig"]["defaults"]["unit"], panel["title"]
        assert panel["datasource"]["uid"] == "${datasource}", panel["title"]
        for target in panel["targets"]:
            assert target["datasource"]["uid"] == "${datasource}", panel["title"]
            assert target.get("instant") != target.get("range"), panel["title"]
        if panel["type"] in ("timeseries", "state-timeline", "status-history"):
            assert all(target["range"] and target["legendFormat"] for target in panel["targets"]), panel["title"]


@pytest.mark.parametrize("name", NAMES)
def test_the_layout(name):
    board = load(name)
    taken = set()
    for panel in board["panels"]:
        x, y, w, h = (panel["gridPos"][key] for key in "xywh")
        cells = {(column, row) for column in range(x, x + w) for row in range(y, y + h)}
        assert x + w <= 24 and not cells & taken, panel["title"]
        taken |= cells
    # No gaps either.
    assert len(taken) == 24 * (1 + max(row for _, row in taken))
    assert len({panel["id"] for panel in board["panels"]}) == len(board["panels"])
    first_row = min(panel["gridPos"]["y"] for panel in board["panels"] if panel["type"] == "row")
    assert 15 <= first_row <= ROWS_AT_FIRST_SIGHT


@pytest.mark.parametrize("name", NAMES)
def test_the_head(name):
    board = load(name)
    assert board["uid"] == UIDS[name]
    assert board["refresh"] == "1m"
    wanted = {"fleet": ["datasource", "account", "project", "addon", "state", "lookback"],
              "addon": ["datasource", "account", "project", "addon", "lookback"],
              "exporter": ["datasource", "account", "instance", "lookback"]}
    assert [variable["name"] for variable in board["templating"]["list"]] == wanted[name]
    several = {variable["name"] for variable in board["templating"]["list"] if variable.get("multi")}
    assert several == (set() if name == "addon" else set(wanted[name]) - {"datasource", "lookback"})


def check_link(url, source):
    """A link to one of the dashboards, with variables of both ends; `source` has the variables that it uses."""
    parts = urlsplit(url)
    (target,) = [name for name, uid in UIDS.items() if parts.path == f"/d/{uid}"]
    passed = set(re.findall(r"\$\{(\w+):queryparam\}", parts.query))
    assert passed <= source, url
    given = {key.removeprefix("var-") for key in parse_qs(parts.query) if key.startswith("var-")}
    assert passed | given <= names_of(load(target)), url
    return target


@pytest.mark.parametrize("name", NAMES)
def test_links(name):
    board = load(name)
    targets = {check_link(each["url"], names_of(board)) for each in board["links"]}
    assert targets == set(NAMES) - {name}
    for url in urls(board["panels"]):
        check_link(url, names_of(board))


def test_an_addon_of_the_fleet_leads_to_its_dashboard():
    tables = [panel for panel in panels(load("fleet")) if panel["type"] == "table"
              and "addon" in panel["transformations"][-1]["options"]["renameByName"]]
    assert len(tables) == 7
    for panel in tables:
        (url,) = [url for url in urls(panel) if UIDS["addon"] in url]
        assert parse_qs(urlsplit(url).query).items() >= {
            f"var-{name}": [f"${{__data.fields.{name}}}"] for name in ("account", "project", "addon")}.items()
        # The fields are there under these names.
        assert {"account", "project", "addon"} <= set(panel["transformations"][-1]["options"]["indexByName"])


def test_the_links_of_alerts_lead_to_dashboards():
    address = "https://grafana.example"
    command = [sys.executable, "-B", DIRECTORY.parent / "scripts" / "rules", "--output=-", f"--grafana={address}"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    rules = [rule for group in yaml.safe_load(text)["groups"] for rule in group["rules"] if "alert" in rule]
    assert len(rules) > 20
    targets = set()
    for rule in rules:
        url = re.sub(r"{{.*?}}", "x", rule["annotations"]["dashboard_url"])
        assert url.startswith(address)
        targets.add(check_link(url.removeprefix(address), set()))
    assert targets == {"addon", "exporter"}
