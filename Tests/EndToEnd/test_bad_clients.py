"""Clients that are slow, many, greedy or deaf: Prometheus and health probes get their answers beside them."""

import contextlib
import os
import pathlib
import re
import resource
import socket
import ssl
import subprocess
import threading
import time
from urllib.parse import urlsplit

import pytest

from support import http
from support.configuration import ENVIRONMENT, account, write
from support.exporter import Exporter
from support.page import Page
from support.waiting import eventually
from support.web import SecureExporter, Web

MANY = 320
HEADS = {
    "idle": b"",
    "head": b"GET /metrics HTTP/1.1\r\nX-Slow: ",
    "body": b"POST /-/reload HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nx",
    "chunks": b"POST /-/reload HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n",
    "webhook": b"POST /webhook/northflank HTTP/1.1\r\nHost: x\r\n"
               b"X-Northflank-Notification-Integration-Token: wrong\r\nContent-Length: 1000\r\n\r\n",
    "kept": b"GET /-/healthy HTTP/1.1\r\nHost: x\r\n\r\n",
    "deaf": b"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n" * 20,
}


@pytest.fixture
def demo(start_exporter):
    return start_exporter(command="demo", environment={})


def connect(exporter, receive_buffer=None):
    parts = urlsplit(exporter.url)
    connection = socket.socket()
    if receive_buffer:
        # Before connecting, so that the peer never learns of a larger window.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    connection.settimeout(30)
    connection.connect((parts.hostname, parts.port))
    return connection


@contextlib.contextmanager
def crowd(exporter, kind, count=MANY):
    with contextlib.ExitStack() as stack:
        connections = []
        for _ in range(count):
            connection = stack.enter_context(connect(exporter, 4096 if kind == "deaf" else None))
            connection.sendall(HEADS[kind])
            connections.append(connection)
        yield connections


def ended(exporter, reason):
    page = Page(exporter.get("/metrics").text)
    return page.value("northflank_exporter_http_connections_ended_total", reason=reason)


def resident_bytes(pid):
    with open(f"/proc/{pid}/status") as status:
        return int(re.search(r"VmRSS:\s+(\d+) kB", status.read())[1]) * 1024


@pytest.mark.parametrize("kind", HEADS)
def test_more_slow_clients_than_places_keep_nobody_out(demo, kind):
    with crowd(demo, kind):
        for path in ("/-/healthy", "/-/ready", "/metrics", "/api/health", "/"):
            assert http.request("GET", demo.url + path, timeout=5).status == 200
        page = Page(demo.get("/metrics").text)
        assert page.value("northflank_exporter_http_connections") <= 256 + 16
    assert "level=error" not in demo.stderr


@pytest.mark.parametrize("kind, reason", [("head", "slow_head"), ("body", "slow_body"), ("chunks", "slow_body")])
def test_bytes_now_and_then_do_not_keep_a_connection(demo, kind, reason):
    with crowd(demo, kind, 2) as connections:
        begun = time.monotonic()
        while time.monotonic() < begun + 30:
            try:
                for connection in connections:
                    connection.settimeout(0.5)
                    connection.send(b"1\r\nx\r\n" if kind == "chunks" else b"x")
                    with contextlib.suppress(TimeoutError):
                        assert connection.recv(1) == b""
                        raise ConnectionResetError
            except (ConnectionResetError, BrokenPipeError):
                break
        assert 8 < time.monotonic() - begun < 20
    # The other one may have been closed by the test itself.
    eventually(lambda: ended(demo, reason) >= 1)


def test_a_client_that_does_not_read_is_cut(demo):
    with crowd(demo, "deaf", 3):
        eventually(lambda: ended(demo, "slow_reader") == 3, within=40)


@pytest.mark.parametrize("method, path, status", [
    ("POST", "/nothing", 413), ("POST", "/webhook/northflank", 404), ("GET", "/metrics", 413),
])
@pytest.mark.parametrize("encoding", ["Content-Length: 10000000000", "Transfer-Encoding: chunked"])
def test_a_refused_body_is_not_swallowed(demo, method, path, status, encoding):
    sent = 0
    with connect(demo) as connection:
        connection.sendall(f"{method} {path} HTTP/1.1\r\nHost: x\r\n{encoding}\r\n\r\n".encode())
        block = b"10000\r\n" + b"x" * 65_536 + b"\r\n" if "chunked" in encoding else b"x" * 65_536
        answer = []
        reader = threading.Thread(target=lambda: answer.append(read(connection)))
        reader.start()
        try:
            while sent < 500_000_000:
                connection.sendall(block)
                sent += len(block)
        except (ConnectionResetError, BrokenPipeError):
            pass
        reader.join(10)
    # What fits into the buffers of the two systems, and not more.
    assert sent < 20_000_000
    assert answer and answer[0].startswith(f"HTTP/1.1 {status} ".encode()), answer


def read(connection):
    data = b""
    with contextlib.suppress(ConnectionResetError):
        while block := connection.recv(65_536):
            data += block
    return data


@pytest.mark.parametrize("request_line", [
    b"POST /webhook/northflank HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello",
    b"GET /-/healthy HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    b"GET /-/healthy HTTP/1.0\r\n\r\n",
])
def test_a_connection_that_is_to_end_ends_though_the_client_does_not(demo, request_line):
    with connect(demo) as connection:
        connection.sendall(request_line)
        begun = time.monotonic()
        answer = b"".join(iter(lambda: connection.recv(65_536), b""))
        assert time.monotonic() - begun < 5
    assert answer.startswith(b"HTTP/1.")
    eventually(lambda: Page(demo.get("/metrics").text).value("northflank_exporter_http_connections") == 1)


@pytest.fixture(params=["http", "https"])
def fleet(request, start_simulator, binary, tmp_path, programs, start_exporter):
    """An exporter of many addons, whose pages are large, with and without TLS."""
    simulator = start_simulator("--simulator.addons", "1500", "--simulator.backups-per-addon", "1")
    if request.param == "http":
        exporter = start_exporter(account(simulator), poll={"interval": "1h", "concurrency": 64})
    else:
        web = Web(tmp_path)
        file = write(tmp_path / "fleet.yml", account(simulator), interval="1h", concurrency=64)
        exporter = SecureExporter(
            binary, tmp_path,
            ("--config.file", file, "--web.config.file", web.write(), *simulator.clock_arguments), ENVIRONMENT)
        programs.append(exporter)
        exporter.context = ssl.create_default_context(cafile=web.servers.file)
    eventually(lambda: count(exporter) == 1500, within=120)
    return exporter


def ask(exporter, path):
    command = ["curl", "-sk", "--max-time", "10", exporter.url + path]
    return subprocess.run(command, capture_output=True, text=True, timeout=20).stdout


def count(exporter):
    return ask(exporter, "/metrics").count("\nnorthflank_addon_up{")


@pytest.mark.parametrize("path", ["/metrics", "/api/health", "/"])
def test_250_clients_that_do_not_read_take_little_memory(fleet, path):
    exporter = fleet
    for _ in range(3):
        assert len(ask(exporter, path)) > 60_000
    before = resident_bytes(exporter.pid)
    with contextlib.ExitStack() as stack:
        for _ in range(250):
            connection = stack.enter_context(connect(exporter, 4096))
            if "https" in exporter.url:
                connection = stack.enter_context(
                    exporter.context.wrap_socket(connection, server_hostname="127.0.0.1"))
            connection.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode() * 10)
        begun = time.monotonic()
        peak = 0
        while time.monotonic() < begun + 3:
            peak = max(peak, resident_bytes(exporter.pid))
            assert "healthy" in ask(exporter, "/-/healthy")
        assert count(exporter) == 1500
    # The pod's limit is 256 MiB, of which 10,000 addons take 115.
    assert peak - before < 250 * 400_000


@pytest.fixture
def memory_limit(request):
    """A folder of the kernel's memory controller whose processes have 256 MiB, as the unit has."""
    root = pathlib.Path("/sys/fs/cgroup/memory")
    if not os.access(root / "cgroup.procs", os.W_OK):
        pytest.skip("only root with the memory controller of cgroups can limit memory")
    folder = root / f"exporter-{os.getpid()}"
    folder.mkdir()
    (folder / "memory.limit_in_bytes").write_text(str(256 << 20))
    yield folder
    eventually(lambda: not (folder / "cgroup.procs").read_text())
    folder.rmdir()


def test_250_hostile_clients_within_the_memory_of_the_unit(memory_limit, start_simulator, binary, tmp_path):
    """In the limit are the bytes that the system keeps for connections, too."""
    simulator = start_simulator("--simulator.addons", "1500", "--simulator.backups-per-addon", "1")
    file = write(tmp_path / "limited.yml", account(simulator), interval="1s", concurrency=16)
    script = tmp_path / "limited"
    script.write_text(f'#!/bin/sh\necho $$ > {memory_limit}/cgroup.procs\nexec {binary} "$@"\n')
    script.chmod(0o755)
    exporter = Exporter(script, tmp_path, ("--config.file", file, *simulator.clock_arguments), ENVIRONMENT)
    try:
        eventually(lambda: count(exporter) == 1500, within=120)
        with contextlib.ExitStack() as stack:
            for number in range(250):
                connection = stack.enter_context(connect(exporter, 4096))
                path = ("/metrics", "/api/health", "/")[number % 3]
                connection.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode() * 10)
            begun = time.monotonic()
            while time.monotonic() < begun + 5:
                assert count(exporter) == 1500
        assert exporter.process.poll() is None
        assert "oom_kill 0" in (memory_limit / "memory.oom_control").read_text()
        assert int((memory_limit / "memory.max_usage_in_bytes").read_text()) < 200 << 20
    finally:
        exporter.stop()


def test_few_open_files_are_said_and_survived(binary, tmp_path, programs):
    limit = ["prlimit", "--nofile=132:132"]
    result = subprocess.run(
        ["prlimit", "--nofile=60:60", binary, "demo", "--web.listen-address", "127.0.0.1:0"],
        capture_output=True, text=True, timeout=20)
    assert result.returncode == 2
    assert "The limit of open files is 60, and 128 are needed" in result.stderr

    script = tmp_path / "limited"
    script.write_text(f'#!/bin/sh\nexec {" ".join(limit)} {binary} "$@"\n')
    script.chmod(0o755)
    programs.append(Exporter(script, tmp_path, command="demo", name="limited"))
    exporter = programs[-1]
    assert exporter.logged("fewer connections than configured", connections="12")
    with crowd(exporter, "head"):
        assert exporter.get("/-/healthy").status == 200
        assert exporter.get("/metrics").status == 200
    assert exporter.process.poll() is None
    assert "level=error" not in exporter.stderr


def test_the_limit_of_open_files_is_raised(binary, tmp_path, programs):
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    script = tmp_path / "raised"
    script.write_text(f'#!/bin/sh\nulimit -S -n 64\nexec {binary} "$@"\n')
    script.chmod(0o755)
    programs.append(Exporter(script, tmp_path, command="demo", name="raised"))
    assert "fewer connections" not in programs[-1].stderr
    page = Page(programs[-1].get("/metrics").text)
    assert page.value("process_max_fds") == min(hard, 65_536)


def test_the_number_of_connections_can_be_chosen(start_exporter):
    exporter = start_exporter(command="demo", environment={}, arguments=("--web.max-connections", "8"))
    with crowd(exporter, "head", 30):
        assert exporter.get("/-/healthy").status == 200
        page = Page(exporter.get("/metrics").text)
        assert 6 <= page.value("northflank_exporter_http_connections") <= 8
        assert page.value("northflank_exporter_http_connections_ended_total", reason="evicted") >= 22


def test_many_readers_of_the_page_do_not_slow_health(fleet):
    exporter = fleet
    done = threading.Event()
    pages = []

    def read_pages():
        while not done.is_set():
            pages.append(len(ask(exporter, "/")))

    threads = [threading.Thread(target=read_pages) for _ in range(16)]
    for thread in threads:
        thread.start()
    try:
        texts = [ask(exporter, "/-/healthy") for _ in range(10)]
    finally:
        done.set()
        for thread in threads:
            thread.join()
    assert texts == ["The exporter is healthy.\n"] * 10
    assert len(pages) >= 16 and min(pages) > 60_000


@pytest.mark.parametrize("kind", ["idle", "kept", "deaf"])
def test_a_stop_amid_a_storm_of_connections_is_a_normal_one(demo, kind):
    """Connections come faster than they are answered, at the moment at which the exporter stops listening, too."""
    done = threading.Event()

    def storm():
        while not done.is_set():
            with contextlib.suppress(OSError):
                connection = connect(demo)
                connection.sendall(HEADS[kind])
                opened.append(connection)

    opened = []
    threads = [threading.Thread(target=storm) for _ in range(4)]
    for thread in threads:
        thread.start()
    try:
        eventually(lambda: len(opened) > 200)
        begun = time.monotonic()
        demo.process.terminate()
        assert demo.process.wait(10) == 0
        assert time.monotonic() - begun < 6
    finally:
        done.set()
        for thread in threads:
            thread.join()
        for connection in opened:
            connection.close()
    assert "msg=stopped" in demo.stderr
