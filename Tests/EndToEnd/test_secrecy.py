"""The token is nowhere to be seen, whoever says it."""

import json
import pathlib

import pytest

from support import http
from support.command import run
from support.configuration import account
from support.texts import NOT_COLLECTED, TOKEN_NOT_READ

ADDON = ("shop", "orders-db")
TOKEN = "nf-secret-0123456789abcdef"


@pytest.fixture
def secretive(start_simulator):
    return start_simulator("--simulator.token", TOKEN)


def assert_is_secret(exporter):
    # Neither the whole nor a good part of it.
    parts = [TOKEN, TOKEN[:12], TOKEN[-12:]]
    places = {"log": exporter.stderr, "standard output": exporter.stdout,
              "process list": pathlib.Path(f"/proc/{exporter.pid}/cmdline").read_text()}
    for path in ("/", "/metrics", "/-/healthy", "/-/ready", "/nothing"):
        response = exporter.get(path)
        places[path] = f"{response.headers}{response.text}"
    reloaded = http.request("POST", exporter.url + "/-/reload")
    places["reload"] = f"{reloaded.headers}{reloaded.text}"
    for place, text in places.items():
        assert not any(part in text for part in parts), place


def start(start_exporter, simulator, tmp_path):
    file = tmp_path / "token"
    file.write_text(TOKEN)
    return start_exporter(account(simulator, addons=[ADDON], token_file=str(file)),
                          arguments=("--log.level", "debug", "--web.enable-lifecycle"))


def test_while_all_is_well(secretive, start_exporter, tmp_path):
    exporter = start(start_exporter, secretive, tmp_path)
    exporter.wait_until_observed(ADDON)
    assert_is_secret(exporter)


@pytest.mark.parametrize("body", [
    json.dumps({"error": {"status": 401, "message": f"The token {TOKEN} is not valid"}}),
    json.dumps({"error": {"message": f"Bearer {TOKEN}{TOKEN}" + "x" * 300}}),
    f"<html>{TOKEN}</html>",
], ids=["message", "twice", "html"])
@pytest.mark.parametrize("status", [400, 401, 500])
def test_when_the_api_says_it(secretive, start_exporter, tmp_path, status, body):
    secretive.faults({"kind": "canned", "endpoint": "backups", "status": status, "body": body})
    exporter = start(start_exporter, secretive, tmp_path)
    exporter.wait_for_page(lambda page: page.of(ADDON, "northflank_addon_up") == 0)
    exporter.wait_for(NOT_COLLECTED)
    assert_is_secret(exporter)


@pytest.mark.parametrize("backup", [
    {"id": TOKEN, "status": TOKEN, "createdAt": TOKEN}, {"id": 1, "status": "failed", "createdAt": TOKEN},
    {"id": "b", "status": TOKEN, "createdAt": "2024-01-01T00:00:00Z", "config": {"source": {"type": TOKEN}}},
], ids=["a time", "also a wrong type", "a status"])
def test_when_it_is_in_a_list(secretive, start_exporter, tmp_path, backup):
    body = {"data": {"backups": [backup]}, "pagination": {"hasNextPage": False, "count": 1}}
    secretive.faults({"kind": "canned", "endpoint": "backups", "body": json.dumps(body)})
    exporter = start(start_exporter, secretive, tmp_path)
    exporter.wait_for_page(lambda page: page.of(ADDON, "northflank_addon_up") is not None)
    assert_is_secret(exporter)


def test_when_a_redirect_carries_it(secretive, start_exporter, tmp_path):
    secretive.faults({"kind": "redirect", "location": f"http://127.0.0.1/?token={TOKEN}", "endpoint": "backups"})
    exporter = start(start_exporter, secretive, tmp_path)
    exporter.wait_for(NOT_COLLECTED)
    assert_is_secret(exporter)


@pytest.mark.parametrize("token", [TOKEN, "nf-" + "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhY21lIn0.c2lnbmF0dXJl"])
@pytest.mark.parametrize("key", ["token_file", "token_env", "token"])
def test_when_it_stands_in_the_configuration(binary, tmp_path, key, token):
    (tmp_path / "config.yml").write_text(f"accounts: [{{{key}: {token}}}]\n")
    result = run(binary, "check-config", "--config.file", "config.yml", directory=tmp_path)
    assert result.returncode == 2
    assert token[:12] not in result.stdout + result.stderr


def test_when_the_configuration_is_bad(secretive, start_exporter, tmp_path):
    file = tmp_path / "token"
    exporter = start(start_exporter, secretive, tmp_path)
    exporter.wait_until_observed(ADDON)
    file.write_text(f"{TOKEN} {TOKEN}")
    exporter.wait_for(TOKEN_NOT_READ)
    assert http.request("POST", exporter.url + "/-/reload").status == 500
    assert_is_secret(exporter)
