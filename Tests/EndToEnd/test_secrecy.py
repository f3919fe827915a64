"""The tokens and the webhook's secret are nowhere to be seen, whatever Northflank answers."""

import json
import os
import pathlib

import pytest

from support import http
from support.command import run
from support.configuration import account
from support.texts import NOT_COLLECTED, NOT_READ, TOKEN_NOT_READ
from support.waiting import eventually

ADDON = ("shop", "orders-db")
TOKEN = "nf-secret-0123456789abcdef"
OTHER_TOKEN = "nf-hidden-fedcba9876543210"
WEBHOOK_SECRET = "hook-covert-a1b2c3d4e5f6"
SECRETS = (TOKEN, OTHER_TOKEN, WEBHOOK_SECRET)
WEBHOOK = "/webhook/northflank"
WEBHOOK_HEADER = "X-Northflank-Notification-Integration-Token"
OPEN_METRICS = "application/openmetrics-text; version=1.0.0"


@pytest.fixture
def secretive(start_simulator):
    return start_simulator("--simulator.token", TOKEN)


def answers(exporter):
    """What the exporter answers on all its paths, right and wrong, head and body."""
    requests = [("GET", path, {}) for path in (
        "/", "/metrics", "/api/health", "/api/state", "/sd", "/-/healthy", "/-/ready", "/nothing", f"/?token={TOKEN}")]
    requests += [
        ("GET", "/metrics", {"Accept": OPEN_METRICS}), ("POST", "/metrics", {}), ("POST", "/-/reload", {}),
        ("POST", "/-/forget?addon=a/b/c", {}), ("POST", WEBHOOK, {}),
        ("POST", WEBHOOK, {WEBHOOK_HEADER: WEBHOOK_SECRET[:-1]}), ("POST", WEBHOOK, {WEBHOOK_HEADER: WEBHOOK_SECRET}),
        ("GET", "/metrics", {"Authorization": f"Bearer {TOKEN}"})]
    for method, path, headers in requests:
        response = http.request(method, exporter.url + path, headers, body=b"{}" if method == "POST" else None)
        yield f"{method} {path} {headers}", f"{response.headers}".encode() + response.body


def assert_is_secret(exporter, *outputs, folder=None):
    places = dict(answers(exporter))
    for command in (("status",), ("status", "--json"), ("healthcheck",)):
        result = run(exporter.arguments[0], *command, "--url", exporter.url)
        places[command] = f"{result.stdout}{result.stderr}".encode()
    places |= {"log": exporter.stderr.encode(), "standard output": exporter.stdout.encode(),
               "process list": pathlib.Path(f"/proc/{exporter.pid}/cmdline").read_bytes()}
    places |= {f"output {index}": text.encode() for index, text in enumerate(outputs)}
    if folder:
        files = [file for file in folder.rglob("*") if file.is_file()]
        assert {file.name for file in files} >= {"history.sqlite", "history.sqlite-wal"}
        places |= {file: file.read_bytes() for file in files}
    # Neither the whole nor a good part of it.
    parts = [part.encode() for secret in SECRETS for part in (secret, secret[:12], secret[-12:])]
    for place, text in places.items():
        assert not any(part in text for part in parts), place
    # There is no child that could have them in its environment.
    for task in os.listdir(f"/proc/{exporter.pid}/task"):
        assert pathlib.Path(f"/proc/{exporter.pid}/task/{task}/children").read_text() == ""


def start(start_exporter, simulator, tmp_path):
    file = tmp_path / "token"
    file.write_text(TOKEN)
    return start_exporter(account(simulator, addons=[ADDON], token_file=str(file)),
                          arguments=("--log.level", "debug", "--web.enable-lifecycle"))


def test_while_all_is_well(secretive, start_simulator, start_exporter, binary, tmp_path):
    """Tokens from a file and a variable, and a webhook's secret; also in the history and in what commands print."""
    other = start_simulator("--simulator.token", OTHER_TOKEN)
    for name, secret in (("token", TOKEN), ("hook", WEBHOOK_SECRET)):
        (tmp_path / name).write_text(secret)
    accounts = [
        account(secretive, name="first", addons=[ADDON], token_file=str(tmp_path / "token"),
                webhook={"token_file": str(tmp_path / "hook")}),
        account(other, name="second", token_env="OTHER_TOKEN"),
    ]
    environment = {"OTHER_TOKEN": OTHER_TOKEN}
    exporter = start_exporter(*accounts, environment=environment,
                              state={"path": str(tmp_path / "state" / "history.sqlite")},
                              arguments=("--log.level", "debug", "--web.enable-lifecycle"))
    exporter.wait_for_page(lambda page: len(page.having("northflank_addon_up", account="second")) == 12
                           and page.value("northflank_addon_up", account="first", project="shop", addon="orders-db"))
    config = tmp_path / "exporter-2.yml"
    printed = [run(binary, *command, "--config.file", config, "--log.level", "debug", environment=environment)
               for command in (("check-config",), ("once",))]
    assert all(result.stdout for result in printed)
    assert_is_secret(exporter, *(result.stdout + result.stderr for result in printed), folder=tmp_path / "state")


def wait_until_logged(exporter):
    """Until the failure has its line: the account's, unless another request was answered within half a minute."""
    eventually(lambda: NOT_READ in exporter.stderr or NOT_COLLECTED in exporter.stderr, within=60)


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
    wait_until_logged(exporter)
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
    wait_until_logged(exporter)
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
