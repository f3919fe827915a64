"""Webhooks of the simulator: an end is seen within seconds, though polls are an hour apart."""

import pytest

from support import http
from support.configuration import ENVIRONMENT, account
from support.waiting import always
from support.world import outcomes_of

ADDON = ("shop", "orders-db")
SECRET = "a-shared-secret"
EVENTS = "northflank_exporter_webhook_events_total"
TOKEN = "X-Northflank-Notification-Integration-Token"


@pytest.fixture
def hooked(simulator, start_exporter):
    exporter = start_exporter(
        account(simulator, addons=[ADDON], webhook={"token_env": "HOOK"}),
        poll={"interval": "1h", "slots": False, "sentinel": False}, environment={**ENVIRONMENT, "HOOK": SECRET})
    exporter.wait_until_observed(ADDON)
    return exporter


def post(exporter, body, token=SECRET, **more):
    headers = more if token is None else {TOKEN: token, **more}
    return http.request("POST", f"{exporter.url}/webhook/northflank", headers=headers, body=body)


def event(project="shop", addon="orders-db", name="addon-backup:success"):
    return (f'{{"event":"{name}","data":{{"project":{{"id":"{project}"}},"addon":{{"id":"{addon}"}}}}}}').encode()


def counts(page):
    return {dict(labels)["result"]: value for labels, value in page.having(EVENTS).items() if value}


def test_an_end_is_seen_at_once(simulator, hooked):
    simulator.notify(f"{hooked.url}/webhook/northflank", SECRET)
    simulator.back_up(ADDON, status="failed")
    page = hooked.wait_for_page(lambda page: outcomes_of(page, ADDON)["failed"] == 1, within=10)
    assert page.value("northflank_exporter_requests_total", account="default", reason="webhook") >= 1
    assert simulator.webhooks["failed"] == 0
    assert counts(page)["accepted"] >= 1


def test_an_event_is_a_hint_and_no_data(simulator, hooked):
    assert post(hooked, event(name="addon-backup:failure")).status == 202
    page = hooked.wait_for_page(
        lambda page: page.value("northflank_exporter_requests_total", account="default", reason="webhook"))
    assert outcomes_of(page, ADDON)["failed"] == 0


def test_strangers_are_refused(simulator, hooked):
    simulator.forget_requests()
    assert post(hooked, event(), token="wrong").status == 401
    assert post(hooked, event(), token=None).status == 401
    assert post(hooked, event(), token=SECRET[:-1]).status == 401
    page = hooked.wait_for_page(lambda page: counts(page).get("forged") == 3)
    assert counts(page) == {"forged": 3}
    assert simulator.requests["total"] == 0
    assert "wrong" not in hooked.stderr


def test_events_that_lead_nowhere_are_counted(hooked):
    assert post(hooked, event(addon="nobody")).status == 202
    assert post(hooked, event(name="build:success")).status == 202
    assert post(hooked, b"{").status == 202
    assert hooked.wait_for_page(lambda page: counts(page) == {"unknown": 1, "ignored": 2})


def test_a_flood_about_one_addon_costs_one_poll(simulator, hooked):
    simulator.forget_requests()
    for _ in range(200):
        assert post(hooked, event()).status == 202
    # The second one comes 15 seconds after the first.
    hooked.wait_for_page(
        lambda page: page.value("northflank_exporter_requests_total", account="default", reason="webhook") == 1)
    always(lambda: simulator.requests["total"] == 1, during=2)
    page = hooked.wait_for_page(lambda page: sum(counts(page).values()) == 200)
    assert counts(page)["accepted"] <= 3


def test_an_event_that_is_sent_twice_counts_once(hooked):
    for _ in range(5):
        post(hooked, event(), **{"X-Northflank-Notification-Integration-Event-Id": "one"})
    assert hooked.wait_for_page(lambda page: counts(page) == {"accepted": 1, "coalesced": 4})


def test_an_addon_that_is_named_in_an_unforeseen_way(hooked):
    body = b'{"event":"addon-backup:failure","data":{"resource":{"path":"shop/secret-name"}}}'
    for _ in range(3):
        assert post(hooked, body).status == 202
    assert hooked.wait_for_page(lambda page: counts(page) == {"unrecognised": 3})
    (line,) = hooked.logged("webhook not understood")
    assert "data.resource.path, event" in line and "secret-name" not in hooked.stderr
    # The id of the addon is enough.
    assert post(hooked, b'{"event":"addon-backup:failure","data":{"addon":{"id":"orders-db"}}}').status == 202
    assert hooked.wait_for_page(lambda page: counts(page) == {"unrecognised": 3, "accepted": 1})


def test_large_bodies_and_other_methods_are_refused(hooked):
    assert post(hooked, b" " * 65_537).status == 413
    assert hooked.get("/webhook/northflank").status == 405
    assert post(hooked, event()).status == 202


def test_without_a_secret_webhooks_are_off(exporter):
    assert post(exporter, event()).status == 404
