"""The pages in a real Chromium: what people see, with and without script, on a desk and on a phone."""

import re
import time
from urllib.parse import urlsplit

import pytest

from support import http
from support.browser import DESK, PHONE, chromium, opened, violations, widths
from support.configuration import ENVIRONMENT, account, write
from support.exporter import Exporter
from support.prefix import PrefixProxy
from support.simulator import EPOCH, Simulator
from support.waiting import eventually

POLICIES = [
    {"name": "gold", "match": {"projects": ["billing"]}, "owner": "payments@acme.example", "min_backups": 1},
    {"name": "standard", "match": {"projects": ["shop"]}, "owner": "data@acme.example"},
]
SCHEMES = ("light", "dark")
FAILING = "default/billing/invoices-db"
LINKS = ("--web.external-url", "http://backups.example.com/", "--web.grafana-url", "https://grafana.example.com",
         "--web.northflank-url", "https://app.example.com/{project}/{addon}", "--web.runbook-url",
         "https://docs.example.com/runbooks")


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


class Fleet:
    """A simulator and an exporter for several tests, none of which changes anything."""

    def __init__(self, binary, directory, *simulator, arguments=(), interval="5s"):
        self.simulator = Simulator(binary, directory, "--simulator.virtual-start", EPOCH, *simulator)
        file = write(directory / "exporter.yml", account(self.simulator, policies=POLICIES), interval=interval)
        self.exporter = Exporter(
            binary, directory, ("--config.file", file, *arguments, *self.simulator.clock_arguments), ENVIRONMENT)
        self.url = self.exporter.url

    def wait(self, count):
        """Until all are known and judged by all that is read of them, so that no row moves any more."""
        seen = {"counts": None, "since": 0.0}

        def judged():
            report = self.exporter.get("/api/health").json
            assert len(report["addons"]) == count
            assert all(entry["first_checks"] is None for entry in report["accounts"])
            assert "unknown" not in report["counts"]
            # The schedules of the last ones may still be on their way.
            if report["counts"] != seen["counts"]:
                seen.update(counts=report["counts"], since=time.monotonic())
            return time.monotonic() - seen["since"] > 2

        eventually(judged, within=90)

    def stop(self):
        self.exporter.stop()
        self.simulator.stop()


@pytest.fixture(scope="module")
def small(binary, tmp_path_factory):
    """The twelve databases of the demo."""
    fleet = Fleet(binary, tmp_path_factory.mktemp("small"), arguments=LINKS)
    fleet.wait(12)
    yield fleet
    fleet.stop()


@pytest.fixture(scope="module")
def large(binary, tmp_path_factory):
    fleet = Fleet(binary, tmp_path_factory.mktemp("large"), "--simulator.addons", "1000", interval="1h")
    fleet.wait(1000)
    yield fleet
    fleet.stop()


def addon_page(fleet, name=FAILING):
    return f"{fleet.url}/addon?id={name}"


def rows(page):
    return page.locator("#list tbody tr").count()


def states(page):
    return page.locator("#list tbody td:first-child > b").all_inner_texts()


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("address", ["", "?by=project", "?q=nothing", f"addon?id={FAILING}", "addon?id=a/b/c"])
def test_axe_finds_nothing(browser, small, address, scheme, viewport):
    assert violations(browser, f"{small.url}/{address}", viewport, color_scheme=scheme) == []


@pytest.mark.parametrize("width", [320, 390, 768, 1024, 1440, 1920])
@pytest.mark.parametrize("address", ["", "?by=project", f"addon?id={FAILING}"])
def test_nothing_scrolls_sideways(browser, small, address, width):
    with opened(browser, f"{small.url}/{address}", {"width": width, "height": 800}) as page:
        content, window = widths(page)
        assert content <= window


def test_text_on_a_phone_can_be_read(browser, small):
    with opened(browser, f"{small.url}/", PHONE) as page:
        sizes = page.evaluate("""[...document.querySelectorAll('main *')]
            .filter(e => e.childNodes.length && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
            .map(e => parseFloat(getComputedStyle(e).fontSize))""")
        assert min(sizes) >= 11


def test_schemes_differ(browser, small):
    colours = []
    for scheme in SCHEMES:
        with opened(browser, f"{small.url}/", color_scheme=scheme) as page:
            colours.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert colours == ["rgb(255, 255, 255)", "rgb(14, 17, 22)"]


def test_the_answer_is_that_of_the_report(browser, small):
    report = small.exporter.get("/api/health").json
    with opened(browser, f"{small.url}/") as page:
        assert page.locator("h1").inner_text() == report["headline"]
        assert states(page) == [addon["state"] for addon in report["addons"]]
        assert page.title().startswith(report["headline"].split(" of ")[0])


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_filters_are_links(browser, small, script):
    with opened(browser, f"{small.url}/", java_script_enabled=script) as page:
        page.get_by_label("Show only").get_by_role("link", name=re.compile("failing")).click()
        page.wait_for_load_state()
        assert set(states(page)) == {"failing"}
        assert urlsplit(page.url).query == "state=failing"
        page.get_by_role("link", name="project", exact=True).click()
        page.wait_for_load_state()
        assert urlsplit(page.url).query == "state=failing&by=project"
        page.get_by_label("Show only").get_by_role("link", name=re.compile("^all")).click()
        page.wait_for_load_state()
        assert rows(page) == 12


def test_the_form_works_without_script(browser, small):
    with opened(browser, f"{small.url}/", java_script_enabled=False) as page:
        page.get_by_label("policy").select_option("gold")
        page.get_by_label("Name, path, type or tag").fill("ledger")
        page.get_by_role("button", name="Show").click()
        page.wait_for_load_state()
        assert page.locator("#list code").all_inner_texts() == ["default/billing/ledger-db"]
        assert page.get_by_label("policy").input_value() == "gold"


def test_typing_filters_at_once(browser, small):
    with opened(browser, f"{small.url}/") as page:
        page.keyboard.press("/")
        page.keyboard.type("orders")
        page.wait_for_url("**/?q=orders")
        assert rows(page) == 1
        assert page.get_by_label("Name, path, type or tag").input_value() == "orders"
        page.reload()
        assert rows(page) == 1


def test_a_row_leads_to_the_page_of_the_database_and_back(browser, small):
    with opened(browser, f"{small.url}/") as page:
        page.get_by_role("link", name="Invoices DB").first.click()
        page.wait_for_load_state()
        assert page.url == addon_page(small)
        assert "failing" in page.locator(".ver section").first.inner_text()
        assert page.locator("table.cal tbody td").count() >= 30
        page.get_by_role("link", name="billing", exact=True).click()
        page.wait_for_load_state()
        assert rows(page) == 3


def test_links_of_a_database_lead_where_they_are_configured_to(browser, small):
    with opened(browser, addon_page(small)) as page:
        hrefs = {link.inner_text(): link.get_attribute("href") for link in page.locator("a.go").all()}
    assert hrefs["Backups at Northflank"] == "https://app.example.com/billing/invoices-db"
    assert hrefs["Grafana"] == (
        "https://grafana.example.com/d/northflank-backup-addon?"
        "var-account=default&var-project=billing&var-addon=invoices-db")
    assert re.fullmatch(r"https://docs\.example\.com/runbooks/\w+\.md(#[\w-]+)?", hrefs["Runbook"])


@pytest.mark.parametrize("address", ["/", "/?by=project&state=bad", f"/addon?id={FAILING}", "/addon?id=a/b/c"])
def test_every_link_inside_leads_somewhere(browser, small, address):
    with opened(browser, small.url + address, expected="status of 404", java_script_enabled=False) as page:
        hrefs = {link.get_attribute("href") for link in page.locator("a").all()}
        for href in hrefs:
            assert not href.startswith("/"), href
            if not href.startswith(("http", "#")):
                target = page.evaluate("href => new URL(href, location).href", href)
                assert http.get(target.split("#")[0]).status == 200, href


def test_unknown_values_are_said(browser, small):
    with opened(browser, f"{small.url}/?state=broken") as page:
        assert "broken" in page.locator("#list").inner_text() and rows(page) == 0
        page.get_by_role("link", name="All 12 databases").click()
        page.wait_for_load_state()
        assert rows(page) == 12
    assert http.get(f"{small.url}/addon?id=a/b/c").status == 404
    assert http.get(f"{small.url}/addon").status == 400


def test_a_thousand_databases_have_pages(browser, large):
    with opened(browser, f"{large.url}/", PHONE) as page:
        assert rows(page) == 100
        assert widths(page)[0] <= 390
        seen = set(page.locator("#list code").all_inner_texts())
        page.get_by_role("link", name="Next").click()
        page.wait_for_load_state()
        assert rows(page) == 100 and urlsplit(page.url).query == "page=2"
        assert not seen & set(page.locator("#list code").all_inner_texts())
    with opened(browser, f"{large.url}/?page=10") as page:
        assert page.locator(".pages span").inner_text() == "901 to 1,000 of 1,000"
        assert set(states(page)) == {"ok"}
    body = http.get(f"{large.url}/?state=ok").body
    assert body.count(b"<tr class=g>") == 100
    assert len(body) < 60_000


def test_keyboard_alone_is_enough(browser, small):
    with opened(browser, f"{small.url}/") as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        assert page.locator(".skip").bounding_box()["width"] > 40, "the focus can be seen"
        focused = []
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement === document.body"):
                break
            focused.append(page.evaluate("""(e => [e.innerText || e.name || '', getComputedStyle(e).outlineStyle])
                (document.activeElement)"""))
        assert {style for _, style in focused} <= {"solid", "auto"}, "the focus can be seen"
        names = [name for name, _ in focused]
        assert names.index("Databases") < names.index("q") < names.index("Show")
        assert any("Invoices DB" in name for name in names)


def test_print_shows_what_is_folded(browser, small):
    with opened(browser, f"{small.url}/") as page:
        assert page.locator("details:not([open])").count() > 0
        assert page.pdf(format="A4").startswith(b"%PDF-")
        page.emulate_media(media="print")
        assert not page.locator("form").is_visible() and not page.locator("#chips").is_visible()
        assert page.locator("footer .paper").inner_text() == "http://backups.example.com/"


def test_an_outage_is_said_and_nothing_turns_green(browser, simulator, start_exporter):
    exporter = start_exporter(account(simulator))
    exporter.wait_until_observed(*simulator.addons)
    bad = eventually(lambda: exporter.get("/api/health?state=bad").json["addons"])
    simulator.faults({"kind": "status", "status": 503})
    eventually(lambda: all(entry["reachable"] is False for entry in exporter.get("/api/health").json["accounts"]),
               within=60)
    with opened(browser, f"{exporter.url}/") as page:
        assert "503" in page.locator("#accounts").inner_text()
        assert "unreachable" in page.locator("#accounts").inner_text()
        assert "when last checked" in page.locator("h1").inner_text()
        assert len([state for state in states(page) if state in {addon["state"] for addon in bad}]) >= len(bad)
    assert violations(browser, f"{exporter.url}/") == []


def test_a_wrong_token_is_said(browser, simulator, start_exporter):
    simulator.set_token("another-token")
    exporter = start_exporter(account(simulator))
    eventually(lambda: exporter.get("/api/health").json["accounts"][0]["error"])
    with opened(browser, f"{exporter.url}/") as page:
        assert page.locator("h1").inner_text() == "0 databases are known: the only account cannot be read."
        assert "401" in page.locator("#accounts").inner_text()
    assert violations(browser, f"{exporter.url}/") == []


def test_no_database_is_watched(browser, simulator, start_exporter):
    exporter = start_exporter(account(simulator, discovery={"projects": {"include": ["no-such-project"]}}))
    eventually(lambda: exporter.get("/api/health").json["accounts"][0]["reachable"])
    with opened(browser, f"{exporter.url}/") as page:
        assert page.locator("h1").inner_text() == "0 databases are watched."
        assert "check-config" in page.locator("#answer").inner_text()


def test_a_page_says_when_the_exporter_stops_answering(browser, simulator, start_exporter):
    exporter = start_exporter(account(simulator))
    exporter.wait_until_observed(*simulator.addons)
    with opened(browser, "about:blank", expected="status of 502") as page:
        page.clock.install()
        page.goto(f"{exporter.url}/")
        old = page.locator("#asof").inner_text()
        # The page shows seconds; one made in the same second would look as old.
        eventually(lambda: exporter.get("/api/health").json["generated_at"][11:19] not in old)
        page.clock.fast_forward(61_000)
        page.wait_for_function("old => document.querySelector('#asof').innerText !== old", arg=old)
        page.route("**/*", lambda route: route.fulfill(status=502, body="bad gateway"))
        page.clock.fast_forward(61_000)
        stale = page.get_by_role("alert")
        stale.wait_for(state="visible")
        assert re.match(r"The exporter does not answer\. This page is 1m old\.", stale.inner_text())
        page.unroute("**/*")
        page.clock.fast_forward(61_000)
        stale.wait_for(state="hidden")


def test_a_prefix_of_its_own(browser, simulator, start_exporter):
    exporter = start_exporter(
        account(simulator), arguments=("--web.external-url", "http://x.example.com/backups/of/us"))
    eventually(lambda: exporter.get("/backups/of/us/api/health?state=failing").json["addons"])
    assert exporter.get("/metrics").status == 404
    assert exporter.get("/").headers["Location"] == "/backups/of/us/"
    assert http.request("HEAD", exporter.url + "/backups/of/us/").status == 200
    with opened(browser, exporter.url) as page:
        assert page.url == f"{exporter.url}/backups/of/us/"
        page.get_by_label("Show only").get_by_role("link", name=re.compile("failing")).click()
        page.wait_for_load_state()
        page.get_by_role("link", name="Invoices DB").first.click()
        page.wait_for_load_state()
        assert page.url == f"{exporter.url}/backups/of/us/addon?id={FAILING}"
        for name in ("Metrics", "JSON", "Ready", "Healthy"):
            target = page.get_by_role("link", name=name, exact=True).first.evaluate("link => link.href")
            assert http.get(target).status == 200


def test_a_proxy_that_takes_the_prefix_away(browser, small, tmp_path, programs):
    programs.append(PrefixProxy(tmp_path, small.url, "/somewhere/"))
    root = programs[-1].url
    with opened(browser, root) as page:
        assert rows(page) == 12
        page.get_by_role("link", name="Invoices DB").first.click()
        page.wait_for_load_state()
        assert page.url == f"{root}addon?id={FAILING}"
        page.get_by_role("link", name="Databases").first.click()
        page.wait_for_load_state()
        assert page.url == root
