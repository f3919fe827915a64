"""The API over TLS: trusted authorities only, HTTP/2, and connections that are used again."""

import pytest

from support import truth
from support.configuration import account
from support.texts import NOT_READ
from support.tls import Authority, Proxy

UP = "northflank_addon_up"


@pytest.fixture
def authority(tmp_path):
    return Authority(tmp_path, "authority")


@pytest.fixture
def start_proxy(simulator, authority, tmp_path, programs):
    def start(host="127.0.0.1", **more):
        programs.append(Proxy(tmp_path, simulator.url, *authority.issue(host), **more))
        return programs[-1]

    return start


def test_http_2_on_one_connection(simulator, authority, start_proxy, start_exporter):
    proxy = start_proxy()
    exporter = start_exporter(account(simulator, base_url=proxy.url, ca_file=str(authority.file)))
    page = exporter.wait_until_observed(*simulator.addons)
    expected = truth.expected_fleet(simulator.truth)
    assert truth.samples_of(page, ("billing", "ledger-db")) == expected["billing", "ledger-db"]
    page = exporter.wait_until_observed(
        *simulator.addons, since=page.of(simulator.addons[0], "northflank_addon_last_observed_timestamp_seconds"))
    requests = proxy.requests
    assert len(requests) > 12 and {request[0] for request in requests} == {"HTTP/2.0"}
    assert {request[3] for request in requests} == {200}
    # All streams of one connection, those of the first burst included.
    assert len({request[1] for request in requests}) == 1


def test_http_1_connections_are_used_again(simulator, authority, start_proxy, start_exporter):
    proxy = start_proxy(http2=False)
    exporter = start_exporter(account(simulator, base_url=proxy.url, ca_file=str(authority.file)),
                              poll={"concurrency": 2})
    first = exporter.wait_until_observed(*simulator.addons)
    exporter.wait_until_observed(
        *simulator.addons, since=first.of(simulator.addons[0], "northflank_addon_last_observed_timestamp_seconds"))
    requests = proxy.requests
    assert {request[0] for request in requests} == {"HTTP/1.1"}
    assert len({request[1] for request in requests}) <= 2 < 24 < len(requests)


def assert_refused(exporter, simulator):
    """The connection fails for TLS, and nothing was asked, in whatever way."""
    page = exporter.wait_for_page(lambda page: page.of(("shop", "orders-db"), UP) == 0)
    errors = {dict(labels)["reason"]: value for labels, value in page.having("northflank_api_errors_total").items()}
    assert errors.pop("tls") > 0
    assert set(errors.values()) == {0}
    # It does not get better by itself.
    assert set(page.having("northflank_api_retries_total").values()) == {0}
    assert simulator.requests["total"] == 0
    assert exporter.logged(NOT_READ, reason="tls")


@pytest.mark.parametrize("name", ["none", "another"])
def test_an_unknown_authority_is_refused(simulator, start_proxy, start_exporter, tmp_path, name):
    proxy = start_proxy()
    trusted = {"ca_file": str(Authority(tmp_path, name).file)} if name == "another" else {}
    exporter = start_exporter(
        account(simulator, addons=[("shop", "orders-db")], base_url=proxy.url, **trusted))
    assert_refused(exporter, simulator)
    assert proxy.requests == []


def test_a_certificate_for_another_host_is_refused(simulator, authority, start_proxy, start_exporter):
    proxy = start_proxy(host="example.com")
    exporter = start_exporter(account(simulator, addons=[("shop", "orders-db")], base_url=proxy.url,
                                      ca_file=str(authority.file)))
    assert_refused(exporter, simulator)


def test_insecure_http_does_not_weaken_https(simulator, start_proxy, start_exporter):
    proxy = start_proxy()
    exporter = start_exporter(account(simulator, addons=[("shop", "orders-db")], base_url=proxy.url,
                                      insecure_http=True))
    assert_refused(exporter, simulator)
