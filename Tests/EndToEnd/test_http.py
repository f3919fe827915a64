"""The HTTP server: methods, paths, and what it does not put up with."""

import socket
from urllib.parse import urlsplit

import pytest

from support import http
from support.page import Page


@pytest.mark.parametrize("path", ["/metrics", "/", "/-/healthy", "/-/ready"])
def test_head_is_get_without_a_body(simulator, exporter, path):
    exporter.wait_until_observed(*simulator.addons)
    head, full = (http.request(method, exporter.url + path) for method in ("HEAD", "GET"))
    assert (head.status, head.body) == (full.status, b"")
    assert head.headers["Content-Type"] == full.headers["Content-Type"]
    if path not in ("/metrics", "/"):  # whose length changes with what is known, and with ages
        assert head.headers["Content-Length"] == str(len(full.body))


@pytest.mark.parametrize("path", ["/nothing", "/metrics/", "/-/", "/-/quit", "/probe?target=http://localhost/", "//"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_other_paths_are_not_found(exporter, method, path):
    assert http.request(method, exporter.url + path).status == 404


@pytest.mark.parametrize("path, allowed", [
    ("/metrics", "GET, HEAD"), ("/", "GET, HEAD"), ("/-/healthy", "GET, HEAD"), ("/-/ready", "GET, HEAD"),
])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_other_methods_are_not_allowed(exporter, method, path, allowed):
    response = http.request(method, exporter.url + path)
    assert (response.status, response.headers["Allow"]) == (405, allowed)


def test_a_query_changes_nothing(simulator, exporter):
    exporter.wait_until_observed(*simulator.addons)
    assert Page(exporter.get("/metrics?x=1").text).addons == set(simulator.addons)


def test_another_telemetry_path(simulator, start_exporter):
    exporter = start_exporter(arguments=("--web.telemetry-path", "/backups"), command="demo", environment={})
    assert exporter.get("/backups").status == 200
    assert exporter.get("/metrics").status == 404
    assert 'href="backups"' in exporter.get("/").text


def test_connections_are_kept(exporter):
    parts = urlsplit(exporter.url)
    with socket.create_connection((parts.hostname, parts.port), timeout=10) as connection:
        for _ in range(3):
            connection.sendall(b"GET /-/healthy HTTP/1.1\r\nHost: x\r\n\r\n")
            answer = connection.recv(65536)
            assert answer.startswith(b"HTTP/1.1 200 ") and b"connection: close" not in answer.lower()


@pytest.mark.parametrize("headers", [
    {"X-Large": "x" * 20_000}, {f"X-{number}": "x" * 1000 for number in range(40)},
    {f"X-{number}": "x" for number in range(200)},
])
def test_too_large_headers_are_refused(exporter, headers):
    assert http.request("GET", exporter.url + "/metrics", headers).status in (400, 431)
    assert exporter.get("/-/healthy").status == 200


def test_too_large_bodies_are_refused(exporter):
    assert http.request("POST", exporter.url + "/-/reload", body=b"x" * 100_000).status == 413
    assert http.request("GET", exporter.url + "/metrics", body=b"x" * 100_000).status == 413
    assert exporter.get("/-/healthy").status == 200


@pytest.mark.parametrize("garbage", [b"\x16\x03\x01\x02\x00\x01\x00", b"GET\r\n\r\n", b"\x00" * 4096,
                                     b"GET / HTTP/9.9\r\n\r\n", b"GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n"])
def test_garbage_ends_its_own_connection_alone(exporter, garbage):
    parts = urlsplit(exporter.url)
    with socket.create_connection((parts.hostname, parts.port), timeout=10) as connection:
        connection.sendall(garbage)
        connection.shutdown(socket.SHUT_WR)
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    assert answer == b"" or answer.startswith(b"HTTP/1.1 4")
    assert exporter.get("/-/healthy").status == 200
