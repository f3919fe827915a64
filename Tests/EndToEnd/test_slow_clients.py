"""Pages that clients read slowly or not at all, and the memory that this takes."""

import contextlib
import gzip
import re
import socket
import time
from urllib.parse import urlsplit

import pytest

from support.configuration import account
from support.waiting import always, eventually

ADDONS = 1500
# The most that one client may take: the chunk that it does not read, and what belongs to a connection.
CLIENT_BYTES = 400_000


@pytest.fixture
def large(start_simulator, start_exporter):
    """An exporter whose page has megabytes, and which polls nothing for now."""
    simulator = start_simulator("--simulator.addons", str(ADDONS), "--simulator.backups-per-addon", "1")
    exporter = start_exporter(account(simulator), poll={"interval": "1h", "concurrency": 64})
    eventually(lambda: exporter.get("/metrics").text.count("\nnorthflank_addon_up{") == ADDONS, within=120)

    # The schedules are read after the backups, and take memory too.
    eventually(lambda: exporter.get("/metrics").text.count("\nnorthflank_addon_backup_objective_seconds{") >= ADDONS,
               within=60)
    return exporter


def resident_bytes(exporter):
    with open(f"/proc/{exporter.pid}/status") as status:
        return int(re.search(r"VmRSS:\s+(\d+) kB", status.read())[1]) * 1024


def connect(exporter, request):
    """A client whose system takes little from the exporter that the client does not read."""
    connection = socket.socket()
    # Before connecting, so that the peer never learns of a larger window.
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.settimeout(20)
    parts = urlsplit(exporter.url)
    connection.connect((parts.hostname, parts.port))
    connection.sendall(request)
    return connection


def read(connection):
    return b"".join(iter(lambda: connection.recv(1 << 20), b""))


def test_clients_that_do_not_read_take_a_chunk_each(large):
    count = 60
    # A compressed page would fit into what the system keeps for a connection.
    request = b"GET /metrics HTTP/1.1\r\nHost: x\r\nAccept-Encoding: identity\r\n\r\n"
    for _ in range(3):
        page = large.get("/metrics", Accept_Encoding="identity")
    assert len(page.body) > 10 * CLIENT_BYTES
    before = resident_bytes(large)
    with contextlib.ExitStack() as stack:
        for _ in range(count):
            connection = stack.enter_context(connect(large, request))
            assert connection.recv(12) == b"HTTP/1.1 200"
        always(lambda: resident_bytes(large) < before + count * CLIENT_BYTES, during=2)
        # The others are served.
        assert large.get("/metrics", Accept_Encoding="identity").status == 200
    assert "level=error" not in large.stderr and "level=warn" not in large.stderr


def test_many_clients_get_a_whole_page_at_once(large):
    request = b"GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAccept-Encoding: gzip\r\n\r\n"
    with contextlib.ExitStack() as stack:
        connections = [stack.enter_context(connect(large, request)) for _ in range(20)]
        for connection in connections:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
            head, _, body = read(connection).partition(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 200 ")
            page = gzip.decompress(dechunked(body)) if b"chunked" in head.lower() else gzip.decompress(body)
            assert page.count(b"\nnorthflank_addon_up{") == ADDONS


def dechunked(body):
    """The content of a body with the transfer coding `chunked`, to its end."""
    content = b""
    while True:
        size, _, body = body.partition(b"\r\n")
        if int(size, 16) == 0:
            assert body == b"\r\n"
            return content
        content += body[:int(size, 16)]
        assert body[int(size, 16):][:2] == b"\r\n"
        body = body[int(size, 16) + 2:]


def test_a_client_of_the_old_protocol_gets_the_page_and_then_the_end(large):
    with connect(large, b"GET /metrics HTTP/1.0\r\n\r\n") as connection:
        time.sleep(1)  # a slow client: the page has to wait for it
        head, _, body = read(connection).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.0 200 ") and b"chunked" not in head.lower()
    assert body.startswith(b"# HELP ") and body.count(b"\nnorthflank_addon_up{") == ADDONS


@pytest.mark.parametrize("rest", [80_000, 150_000, 200_000])
def test_a_last_response_is_sent_whole_to_a_slow_client(large, rest):
    """What the client has not read when the server has written everything is in the server, and in the system."""
    sizes = [0]

    def is_settled():
        time.sleep(0.5)
        sizes.append(len(large.get("/metrics", Accept_Encoding="identity").body))
        return abs(sizes[-1] - sizes[-2]) < 500

    eventually(is_settled)
    size = sizes[-1]
    with connect(large, b"GET /metrics HTTP/1.0\r\n\r\n") as connection:
        data = b""
        while len(data) < size - rest:
            data += connection.recv(4096)
        time.sleep(2.5)
        data += read(connection)
    assert data.count(b"\nnorthflank_addon_up{") == ADDONS
    assert abs(len(data.partition(b"\r\n\r\n")[2]) - size) < 5000 and data.endswith(b"\n")


def test_a_client_that_goes_away_is_no_error(large):
    for _ in range(20):
        with connect(large, b"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n") as connection:
            assert connection.recv(12) == b"HTTP/1.1 200"
    assert large.get("/metrics").text.count("\nnorthflank_addon_up{") == ADDONS
    assert "level=error" not in large.stderr and "level=warn" not in large.stderr


def test_head_and_then_get_on_one_connection(large):
    request = b"HEAD /metrics HTTP/1.1\r\nHost: x\r\n\r\nGET /-/healthy HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    with connect(large, request) as connection:
        head, healthy = read(connection).split(b"\r\n\r\n", 1)
    assert head.startswith(b"HTTP/1.1 200 ") and b"content-length" not in head.lower()
    assert healthy.startswith(b"HTTP/1.1 200 ") and healthy.endswith(b"The exporter is healthy.\n")
