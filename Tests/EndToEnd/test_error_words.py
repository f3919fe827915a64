"""What a person reads when an account or an addon cannot be read: one sentence, and what to do, with names."""

import re
import socket
import threading
from contextlib import contextmanager

import pytest

from support.configuration import ENVIRONMENT, account
from support.proxy import refusing_proxy
from support.waiting import eventually

ADDON = ("shop", "orders-db")
PLACE = r"base_url \(exporter-\d+\.yml:\d+\)"


def error_of(exporter, addon=None):
    """The error of the account, or of an addon, once there is one."""

    def error():
        report = exporter.get("/api/health").json
        if addon:
            entries = [entry for entry in report["addons"] if (entry["project"], entry["addon"]) == addon]
        else:
            entries = report["accounts"]
        found = entries[0]["error"] if entries else None
        assert found and found["reason"] not in ("first_checks", "budget"), entries
        return found

    return eventually(error)


def check(error, reason, message, remedy):
    assert error["reason"] == reason, error
    assert re.fullmatch(message, error["message"]), error
    assert re.fullmatch(remedy, error["remedy"]), error


@pytest.mark.parametrize("status, reason, message, remedy", [
    (401, "unauthorized", r"Northflank refuses the token \(HTTP 401\)",
     "set SIMULATOR_TOKEN to a valid token and restart the exporter"),
    (403, "forbidden", r"Northflank denies the list of projects \(HTTP 403\)",
     "give the token's role Project > Projects > Manage > Read and Project > Addons > General > Read"),
    (503, "unavailable", "Northflank answers HTTP 503",
     "check Northflank's status page; the exporter retries every minute"),
    (418, "client_error", r"127\.0\.0\.1:\d+ answers HTTP 418, not as Northflank does",
     f"check {PLACE} and the proxies between"),
])
def test_the_lists_are_refused(simulator, start_exporter, status, reason, message, remedy):
    simulator.faults({"kind": "status", "status": status, "endpoint": "projects"})
    check(error_of(start_exporter(account(simulator))), reason, message, remedy)


def test_a_token_in_a_file_is_named(simulator, start_exporter, tmp_path):
    token = tmp_path / "token"
    token.write_text("wrong")
    check(error_of(start_exporter(account(simulator, token_file=str(token)))), "unauthorized",
          r"Northflank refuses the token \(HTTP 401\)",
          f"put a valid token into {re.escape(str(token))}; the exporter reads it again at once")


def test_one_addon_is_refused(simulator, start_exporter):
    simulator.faults({"kind": "status", "status": 403, "endpoint": "backups", "addon": ADDON[1]})
    exporter = start_exporter(account(simulator))
    check(error_of(exporter, ADDON), "forbidden", r"Northflank denies the backups \(HTTP 403\)",
          "give the token's role Project > Addons > General > Read in project shop")
    assert len(exporter.logged("check failed", addon=ADDON[1], reason="forbidden")) == 1
    assert exporter.logged("account cannot be read") == []


def test_an_addon_that_does_not_exist_has_its_line(simulator, start_exporter):
    exporter = start_exporter(account(simulator, addons=[("shop", "nowhere")]))
    check(error_of(exporter, ("shop", "nowhere")), "not_found", r"Northflank has no addon shop/nowhere \(HTTP 404\)",
          r"correct the id \(exporter-\d+\.yml:\d+\), or remove the entry")


@contextmanager
def server(answer):
    """A server that writes these bytes to each client, and nothing if there are none."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        clients = []

        def serve():
            while True:
                try:
                    client, _ = listening.accept()
                except OSError:
                    return
                clients.append(client)
                if answer:
                    client.recv(1 << 16)
                    client.sendall(answer)
                    client.close()

        threading.Thread(target=serve, daemon=True).start()
        yield listening.getsockname()[1]
        for client in clients:
            client.close()


def elsewhere(url):
    return {"base_url": url, "token_env": "SIMULATOR_TOKEN", "addons": [{"project": ADDON[0], "addon": ADDON[1]}]}


def test_nothing_listens(start_exporter):
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    exporter = start_exporter(elsewhere(f"https://127.0.0.1:{port}"))
    check(error_of(exporter), "connect", rf"no connection to 127\.0\.0\.1:{port} \(connection refused\)",
          f"check the firewall, HTTPS_PROXY and {PLACE} where the exporter runs")
    eventually(lambda: exporter.logged("account cannot be read", reason="connect"))


def test_the_name_does_not_resolve(start_exporter):
    exporter = start_exporter(elsewhere("https://no-such-host.invalid"))
    check(error_of(exporter), "dns", r"the name no-such-host\.invalid does not resolve",
          r"check the name resolution where the exporter runs: getent hosts no-such-host\.invalid")


def test_the_server_does_not_speak_tls(start_exporter):
    with server(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n") as port:
        exporter = start_exporter(elsewhere(f"https://127.0.0.1:{port}"))
        check(error_of(exporter), "tls", rf"TLS with 127\.0\.0\.1:{port} fails \(the server does not speak TLS\)",
              "check the clock and the CA certificates where the exporter runs, and any proxy that intercepts TLS")


def test_the_server_does_not_answer(start_exporter):
    with server(b"") as port:
        exporter = start_exporter(elsewhere(f"http://127.0.0.1:{port}"), poll={"timeout": "1s"})
        check(error_of(exporter), "timeout", rf"127\.0\.0\.1:{port} does not answer within 1s",
              rf"check the network: curl -sv -m 10 http://127\.0\.0\.1:{port}/ ; the exporter retries every minute")


def test_the_proxy_refuses(start_exporter):
    with refusing_proxy() as (proxy, _):
        exporter = start_exporter(elsewhere("https://api.backups.example"),
                                  environment={**ENVIRONMENT, "https_proxy": proxy})
        check(error_of(exporter), "proxy",
              r"the proxy refuses the connection to api\.backups\.example \(HTTP 403\)",
              r"correct HTTPS_PROXY, or add api\.backups\.example to NO_PROXY")


def test_an_outage_has_one_line(simulator, start_exporter):
    exporter = start_exporter(account(simulator))
    exporter.wait_until_observed(*simulator.addons)
    simulator.faults({"kind": "status", "status": 503})
    eventually(lambda: exporter.logged("account cannot be read", reason="unavailable"), within=60)
    error = error_of(exporter)
    simulator.faults()
    eventually(lambda: exporter.logged("account can be read again"), within=90)
    assert error["message"] == "Northflank answers HTTP 503"
    assert len(exporter.logged("account cannot be read")) == 1
    assert exporter.logged("check failed") == []
