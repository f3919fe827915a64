"""Where the exporter listens."""

import socket

import pytest

from support import http
from support.configuration import account
from support.texts import DEMO


def has_ipv6():
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True


needs_ipv6 = pytest.mark.skipif(not has_ipv6(), reason="this machine has no IPv6 on loopback")


def assert_serves(url):
    assert http.get(f"{url}/-/healthy").status == 200


@needs_ipv6
def test_ipv6(simulator, start_exporter):
    exporter = start_exporter(account(simulator), addresses=["[::1]:0"])
    assert exporter.url.startswith("http://[::1]:")
    assert_serves(exporter.url)


@needs_ipv6
def test_several_addresses(simulator, start_exporter):
    exporter = start_exporter(account(simulator), addresses=["127.0.0.1:0", "[::1]:0", "127.0.0.2:0"])
    hosts = {url.rpartition(":")[0] for url in exporter.urls}
    assert hosts == {"http://127.0.0.1", "http://[::1]", "http://127.0.0.2"}
    for url in exporter.urls:
        assert_serves(url)


@needs_ipv6
def test_an_address_without_a_host_is_both_protocols(simulator, start_exporter):
    exporter = start_exporter(account(simulator), addresses=[":0"])
    port = exporter.url.rpartition(":")[2]
    assert_serves(f"http://127.0.0.1:{port}")
    assert_serves(f"http://[::1]:{port}")


def test_one_address_is_not_all(simulator, start_exporter):
    exporter = start_exporter(account(simulator), addresses=["127.0.0.2:0"])
    assert_serves(exporter.url)
    with pytest.raises(ConnectionRefusedError):
        http.get(f"http://127.0.0.1:{exporter.url.rpartition(':')[2]}/-/healthy")


def test_the_demo_says_where_it_listens(start_exporter):
    demo = start_exporter(command="demo", environment={}, addresses=["127.0.0.2:0"])
    assert f"metrics   {demo.url}/metrics\n" in demo.wait_for(rf"(?s){DEMO}.*\n\n", "stdout")[0]
