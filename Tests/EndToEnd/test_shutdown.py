"""The end: soon, with code 0, and not in the middle of an answer."""

import signal
import socket
from urllib.parse import urlsplit

import pytest

from support.configuration import account
from support.waiting import eventually

SIGNALS = pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "SIGINT"])


def assert_ends(program, number):
    program.signal(number)
    code, seconds = program.wait(within=20)
    assert code == 0
    assert seconds < 5


@SIGNALS
def test_while_idle(simulator, exporter, number):
    exporter.wait_until_observed(*simulator.addons)
    assert_ends(exporter, number)
    assert exporter.stderr.rstrip().endswith("msg=stopped")
    assert "level=error" not in exporter.stderr and "level=warn" not in exporter.stderr


@SIGNALS
def test_while_the_api_never_answers(simulator, start_exporter, number):
    simulator.faults({"kind": "noAnswer"})
    exporter = start_exporter(account(simulator, addons=[("shop", "orders-db")]), poll={"timeout": "5m"})
    exporter.wait_for("listening")
    assert_ends(exporter, number)


@SIGNALS
def test_while_it_waits_to_try_again(simulator, start_exporter, number):
    simulator.faults({"kind": "status", "status": 503, "retryAfter": 50})
    exporter = start_exporter(account(simulator, addons=[("shop", "orders-db")]))
    exporter.wait_for_page(lambda page: sum(page.having("northflank_api_retries_total").values()) > 0)
    assert_ends(exporter, number)


@SIGNALS
def test_the_demo(start_exporter, number):
    demo = start_exporter(command="demo", environment={})
    demo.wait_for_page(lambda page: len(page.addons) == 12)
    assert_ends(demo, number)
    assert "level=error" not in demo.stderr


def test_while_clients_stay_connected(exporter):
    parts = urlsplit(exporter.url)
    address = (parts.hostname, parts.port)
    with socket.create_connection(address) as silent, socket.create_connection(address) as half:
        half.sendall(b"GET /metrics HTTP/1.1\r\nHos")
        exporter.get("/-/healthy")  # by now the others are accepted
        assert_ends(exporter, signal.SIGTERM)
        silent.close()


@pytest.fixture
def slow_scrape(start_simulator, start_exporter):
    """An exporter, and a connection on which it has only begun to answer: more than fits into any buffer."""
    simulator = start_simulator("--simulator.addons", "1500", "--simulator.backups-per-addon", "1")
    exporter = start_exporter(account(simulator), poll={"interval": "1h", "concurrency": 64})
    # An answer that was counted is not on the page before it was kept.
    eventually(lambda: exporter.get("/metrics").text.count("\nnorthflank_addon_up{") == 1500, within=120)
    connection = socket.socket()
    # Before connecting, so that the peer never learns of a larger window.
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.settimeout(20)
    parts = urlsplit(exporter.url)
    connection.connect((parts.hostname, parts.port))
    connection.sendall(b"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n")
    with connection:
        yield exporter, connection, connection.recv(64)


def test_a_scrape_in_flight_is_finished(slow_scrape):
    exporter, connection, answer = slow_scrape
    exporter.signal(signal.SIGTERM)
    # In small pieces the rest could take longer than the exporter waits, if the machine is busy.
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
    while chunk := connection.recv(1 << 20):
        answer += chunk
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 ")
    assert body.endswith(b"\r\n0\r\n\r\n")
    assert body.count(b"\nnorthflank_addon_up{") == 1500
    assert exporter.wait()[0] == 0


def test_a_client_that_does_not_read_cannot_hold_it_up(slow_scrape):
    exporter, _, answer = slow_scrape
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert_ends(exporter, signal.SIGTERM)
