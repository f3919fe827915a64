"""A connection that swallows everything does not blind the exporter: requests go on over a fresh one."""

import os
import time

import pytest

from support.configuration import ENVIRONMENT, account, write
from support.exporter import Exporter
from support.network import clients_of, drop, own_network
from support.relay import Relay
from support.tls import Authority, HTTP2Proxy, Proxy

OBSERVED = "northflank_addon_last_observed_timestamp_seconds"


def answered(page):
    """The requests that were answered."""
    return sum(page.having("northflank_api_requests_total", code="200").values())


@pytest.mark.parametrize("http2", [True, False], ids=["HTTP/2", "HTTP/1.1"])
def test_a_fresh_connection_takes_over(simulator, start_exporter, tmp_path, programs, http2):
    authority = Authority(tmp_path, "authority")
    programs.append(Proxy(tmp_path, simulator.url, *authority.issue("127.0.0.1"), http2=http2))
    proxy, relay = programs[-1], Relay(programs[-1].port)
    exporter = start_exporter(
        account(simulator, base_url=relay.url, ca_file=str(authority.file)), poll={"timeout": "2s", "concurrency": 3})
    good = exporter.wait_until_observed(*simulator.addons)
    opened = relay.connections
    assert opened == 1 if http2 else opened <= 3
    relay.swallow()
    began = time.monotonic()
    page = exporter.wait_until_observed(*simulator.addons, since=good.of(simulator.addons[0], OBSERVED))
    # Requests that were under way wait for their timeout, and others for nothing.
    assert time.monotonic() - began < 10
    assert opened < relay.connections <= opened + 3
    assert page.value("northflank_api_retries_total", account="default", reason="timeout") > 0
    assert sum(page.having("northflank_api_errors_total").values()) == 0
    assert {request[0] for request in proxy.requests} == {"HTTP/2.0" if http2 else "HTTP/1.1"}
    # The fresh ones are used on: with HTTP/1.1 one for each request at once.
    most = relay.connections if http2 else opened + 3
    exporter.wait_for_page(lambda later: answered(later) > answered(page) + 20)
    assert relay.connections <= most


@pytest.fixture
def network():
    with own_network():
        yield


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a network")
def test_the_packets_of_a_connection_are_lost(network, simulator, start_exporter, tmp_path, programs):
    authority = Authority(tmp_path, "authority")
    programs.append(HTTP2Proxy(tmp_path, simulator.url, *authority.issue("127.0.0.1")))
    proxy = programs[-1]
    exporter = start_exporter(
        account(simulator, base_url=proxy.url, ca_file=str(authority.file)), poll={"timeout": "2s", "concurrency": 3})
    good = exporter.wait_until_observed(*simulator.addons)
    (lost,) = clients_of(proxy.port)
    drop(proxy.port, lost)
    began = time.monotonic()
    page = exporter.wait_until_observed(*simulator.addons, since=good.of(simulator.addons[0], OBSERVED))
    assert time.monotonic() - began < 10
    assert clients_of(proxy.port) - {lost}
    assert page.value("northflank_api_retries_total", account="default", reason="timeout") > 0
    assert sum(page.having("northflank_api_errors_total").values()) == 0
    assert proxy.protocols == {"HTTP/2"}


@pytest.mark.slow
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a hosts file")
def test_a_name_that_moves_is_followed(binary, simulator, start_exporter, tmp_path, programs):
    """The old address is gone, and the exporter goes to the new one as soon as it looks the name up again."""
    name, hosts, wrapper = "api.moving.test", tmp_path / "hosts", tmp_path / "wrapper"
    hosts.write_text(f"127.0.0.1 {name}\n")
    # A hosts file of its own, for the exporter alone.
    mount = f'mount --bind {hosts} /etc/hosts && exec {binary} "$@"'
    wrapper.write_text(f"#!/bin/sh\nexec unshare --mount sh -c '{mount}' - \"$@\"\n")
    wrapper.chmod(0o755)
    authority = Authority(tmp_path, "authority")
    programs.append(Proxy(tmp_path, simulator.url, *authority.issue(name)))
    old = Relay(programs[-1].port)
    new = Relay(programs[-1].port, "127.0.0.2", old.port)
    file = write(
        tmp_path / "moving.yml",
        account(simulator, base_url=f"https://{name}:{old.port}", ca_file=str(authority.file)), timeout="2s")
    programs.append(Exporter(wrapper, tmp_path, ("--config.file", file, *simulator.clock_arguments), ENVIRONMENT))
    exporter = programs[-1]
    good = exporter.wait_until_observed(*simulator.addons)
    assert (old.connections, new.connections) == (1, 0)
    hosts.write_text(f"127.0.0.2 {name}\n")
    old.disappear()
    exporter.wait_until_observed(*simulator.addons, since=good.of(simulator.addons[0], OBSERVED), within=100)
    assert new.connections > 0
