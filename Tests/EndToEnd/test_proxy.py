"""Proxies that are set in the environment: for other hosts, never for this one, and never told the token."""

import pytest

from support.configuration import ENVIRONMENT, account
from support.proxy import refusing_proxy
from support.simulator import Simulator
from support.texts import NOT_READ

ADDON = ("shop", "orders-db")
AWAY = {"base_url": "https://api.backups.example", "token_env": "SIMULATOR_TOKEN",
        "addons": [{"project": "shop", "addon": "orders-db"}]}


@pytest.mark.parametrize("variable", ["http_proxy", "all_proxy", "ALL_PROXY"])
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_this_host_is_asked_directly(simulator, start_exporter, variable, host):
    with refusing_proxy() as (proxy, heads):
        near = {**account(simulator, addons=[ADDON]), "base_url": simulator.url.replace("127.0.0.1", host)}
        exporter = start_exporter(near, environment={**ENVIRONMENT, variable: proxy})
        exporter.wait_until_observed(ADDON)
        assert heads == []


def test_the_proxy_is_used_for_other_hosts_and_not_told_the_token(start_exporter):
    with refusing_proxy() as (proxy, heads):
        exporter = start_exporter(AWAY, environment={**ENVIRONMENT, "https_proxy": proxy})
        exporter.wait_for_page(lambda page: page.of(ADDON, "northflank_addon_up") == 0)
        assert heads[0].startswith("CONNECT api.backups.example:443 HTTP/1.1\r\n")
        assert not any(Simulator.TOKEN in head or "authorization" in head.lower() for head in heads)
        assert exporter.logged(NOT_READ, reason="proxy")


def test_the_password_of_a_proxy_is_not_logged(start_exporter):
    environment = {**ENVIRONMENT, "https_proxy": "nonsense://user:p4ssw0rd@127.0.0.1:1"}
    exporter = start_exporter(AWAY, environment=environment, arguments=("--log.level", "debug"))
    exporter.wait_for_page(lambda page: page.of(ADDON, "northflank_addon_up") == 0)
    assert "p4ssw0rd" not in exporter.stderr + exporter.page().text
