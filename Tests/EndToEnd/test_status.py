"""What `status` shows on a terminal, in a pipe and to scripts, and with which code it ends."""

import json
import os
import re
import subprocess

import pytest

from support.configuration import account
from support.terminal import on_terminal
from support.waiting import eventually

BAD = ["never", "failing", "stuck", "unprotected"]


@pytest.fixture
def watched(exporter, simulator):
    exporter.wait_until_observed(*simulator.addons)
    eventually(lambda: exporter.get("/api/health").json["accounts"][0]["first_checks"] is None)
    return exporter


def status(binary, exporter, *arguments, **environment):
    variables = {name: value for name, value in os.environ.items()
                 if name not in ("COLUMNS", "NO_COLOR", "CLICOLOR_FORCE", "TERM")} | environment
    return subprocess.run([binary, "status", "--url", exporter.url, *arguments], capture_output=True, text=True,
                          env=variables, check=False)


def rows(text):
    return [line.split() for line in text.splitlines() if re.match(r"[a-z]+ +\S.* default/", line)]


def test_only_what_is_not_protected_and_the_verdict_last(binary, watched):
    shown = status(binary, watched, COLUMNS="80")
    assert shown.returncode == 1
    assert {row[0] for row in rows(shown.stdout)} <= set(BAD)
    lines = shown.stdout.splitlines()
    assert lines[0].split() == ["STATE", "FOR", "ADDON", "LAST", "GOOD", "LIMIT"]
    assert re.fullmatch(r"\d+ of 12 databases are not protected as decided\.", lines[-1])
    assert max(map(len, lines)) <= 80
    assert watched.get("/api/health").json["headline"] == lines[-1]


def test_a_pipe_has_a_line_for_each_row_and_finding(binary, watched):
    shown = status(binary, watched)
    lines = shown.stdout.splitlines()
    assert lines[0].split()[-1] == "CHECKED"
    table = lines[1:lines.index("")]
    assert [line.startswith("    ") for line in table] == [False, True] * (len(table) // 2)


def test_filters(binary, watched):
    assert {row[0] for row in rows(status(binary, watched, "failing").stdout)} == {"failing"}
    shop = status(binary, watched, "shop/*", "--all")
    assert {row[0] for row in rows(shop.stdout)} <= {"ok", "paused"} and shop.returncode == 0
    assert "(of 12 databases; filter: shop/*)" in shop.stdout
    assert status(binary, watched, "--project", "shop", "--all").stdout.count("default/shop/") == \
        shop.stdout.count("default/shop/")
    for arguments, problem in [(("shp/*",), "no database matches shp/* (nearest project: shop)"),
                               (("--project", "shp"), "no database is in project shp (nearest project: shop)")]:
        unknown = status(binary, watched, *arguments)
        assert (unknown.returncode, unknown.stdout) == (2, "")
        assert unknown.stderr == f"northflank-backup-exporter: {problem}\n"


def test_oneline_and_json(binary, watched):
    lines = [line.split("\t") for line in status(binary, watched, "--format", "oneline").stdout.splitlines()]
    assert lines and all(len(line) == 4 and line[0] in BAD for line in lines)
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", line[1]) for line in lines)
    whole = json.loads(status(binary, watched, "--format", "json", "failing").stdout)
    same = watched.get("/api/health?state=failing").json
    assert [addon["addon"] for addon in whole["addons"]] == [addon["addon"] for addon in same["addons"]] != []
    assert whole["counts"] == same["counts"] and whole["headline"] == same["headline"]
    assert json.loads(status(binary, watched, "--json", "failing").stdout)["counts"] == whole["counts"]


def test_colour_is_for_terminals(binary, watched):
    command = [binary, "status", "--url", watched.url]
    shown, code = on_terminal(command)
    assert code == 1
    assert "\x1b[31mfailing\x1b[0m" in shown and "\x1b[33munprotected\x1b[0m" in shown
    plain = re.sub(r"\x1b\[\d+m", "", shown)
    assert "\x1b" not in plain and "failing" in plain
    for variables in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        assert "\x1b" not in on_terminal(command, **variables)[0]
    assert "\x1b" not in status(binary, watched).stdout
    assert "\x1b[31m" in status(binary, watched, CLICOLOR_FORCE="1").stdout


def test_a_reader_that_stops_is_no_failure(binary, watched):
    """More than a pipe holds, to a reader of one line; the exit code is still the verdict."""
    process = subprocess.Popen([binary, "status", "--url", watched.url, "--json"], stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE)
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait() == 1


def test_an_outage_is_said_first(binary, simulator, start_exporter):
    simulator.faults({"kind": "status", "status": 503})
    exporter = start_exporter(account(simulator))

    def refused():
        shown = status(binary, exporter)
        assert shown.returncode == 2
        assert shown.stdout.startswith("! default: Northflank answers HTTP 503 since ")
        return shown.stdout.splitlines()[-1] == "0 databases are known: the only account cannot be read."

    eventually(refused)
