"""The first thing that a new user sees."""

import html
import re
import time

import pytest

from support import http
from support.page import Page
from support.texts import DEMO
from support.waiting import eventually

FLEET = {
    ("shop", "orders-db"), ("shop", "catalog-db"), ("shop", "carts-cache"), ("billing", "ledger-db"),
    ("billing", "invoices-db"), ("billing", "documents"), ("analytics", "warehouse-db"), ("analytics", "events-db"),
    ("analytics", "jobs-queue"), ("staging", "preview-db"), ("staging", "users-copy"), ("staging", "sandbox-db"),
}


@pytest.fixture
def demo(start_exporter):
    return start_exporter(command="demo", environment={})


def test_there_is_data_within_five_seconds(start_exporter):
    start = time.monotonic()
    demo = start_exporter(command="demo", environment={})
    page = demo.wait_until_observed(*FLEET, within=5)
    assert time.monotonic() - start < 5
    assert page.addons == FLEET
    assert page.value("northflank_exporter_addons", account="demo") == 12
    assert page.value("northflank_exporter_discovery_up", account="demo") == 1
    assert all(page.of(addon, "northflank_addon_up") == 1 for addon in FLEET)
    assert page.of(("shop", "orders-db"), "northflank_addon_backups", status="completed") > 100
    # It has a schedule but never had a backup: no completed sample of any kind, and yet it is there.
    assert page.of(("staging", "sandbox-db"), "northflank_addon_backups", status="completed") == 0
    assert not any("completed" in name for name in page.names_of(("staging", "sandbox-db")))


def test_the_printed_urls_lead_to_the_pages(demo):
    demo.wait_until_observed(*FLEET)
    text = demo.wait_for(rf"(?s){DEMO}.*\n\n", "stdout")[0]
    metrics, overview = (re.search(rf"{word} +(\S+)", text)[1] for word in ("metrics", "overview"))
    assert (metrics, overview) == (f"{demo.url}/metrics", f"{demo.url}/")
    assert Page(http.get(metrics).text).addons == FLEET
    assert "Northflank backups" in http.get(overview).text
    assert "NORTHFLANK_API_TOKEN" in text


def test_landing_page_health_and_readiness(demo):
    eventually(demo.is_ready)
    landing = demo.get("/")
    assert landing.status == 200
    assert landing.headers["Content-Type"] == "text/html; charset=utf-8"
    links = set(re.findall(r'<a[^>]* href="([^"#]+)"', landing.text))
    for link in links:
        # All are relative to the page.
        assert demo.get("/" + html.unescape(link).removeprefix("./")).status == 200, link
    assert {"metrics", "api/health", "-/healthy", "-/ready"} <= links
    assert demo.get("/-/healthy").status == 200


def test_the_same_seed_gives_the_same_fleet(start_exporter):
    seed = ("--simulator.seed", "5", "--simulator.addons", "30")
    pages = [start_exporter(command="demo", environment={}, arguments=seed) for _ in range(2)]
    addons = [demo.wait_for_page(lambda page: len(page.addons) == 30).addons for demo in pages]
    assert addons[0] == addons[1]
