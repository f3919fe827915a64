"""Redirects are not followed: they would carry the token to another host."""

import pytest

from support.configuration import account

ADDON = ("shop", "orders-db")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_the_other_host_is_not_asked(start_simulator, start_exporter, status):
    simulator, other = start_simulator(), start_simulator()
    simulator.faults({"kind": "redirect", "location": f"{other.url}/v1/projects/shop/addons/orders-db/backups",
                      "status": status})
    exporter = start_exporter(account(simulator, addons=[ADDON]))
    page = exporter.wait_for_page(lambda page: page.of(ADDON, "northflank_addon_up") == 0)
    assert page.value("northflank_api_errors_total", account="default", reason="client_error") > 0
    requests = page.having("northflank_api_requests_total", account="default", endpoint="backups")
    assert requests[frozenset({("code", str(status))})] > 0
    assert other.requests["total"] == 0
    host = other.url.removeprefix("http://")
    # The first failure waits for the next answer, which decides whether it is the account's.
    exporter.wait_for(rf"redirects to {host} \(HTTP {status}\); the token is not sent there")
    exporter.wait_for(f"to https://{host}, if that is Northflank's")
