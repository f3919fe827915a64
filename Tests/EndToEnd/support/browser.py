"""Debian's Chromium, as a person uses it."""

import os
from contextlib import contextmanager

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import sync_playwright

CHROMIUM = "/usr/bin/chromium"
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


@contextmanager
def chromium():
    """A browser without a window."""
    # Chromium's own sandbox does not work for root.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()


@contextmanager
def opened(browser, url, viewport=DESK, expected=None, **more):
    """A page of its own; nothing that the browser or the policy of the page complains of but what has `expected` in it."""
    context = browser.new_context(viewport=viewport, **more)
    page = context.new_page()
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    try:
        page.goto(url)
        yield page
        found = [each for each in complaints if expected is None or expected not in each]
        assert not found, found
    finally:
        context.close()


def violations(browser, url, viewport=DESK, **more):
    """What axe finds wrong for people who cannot see well, or who use no mouse."""
    # The policy of the page would refuse axe, which is a script from elsewhere.
    with opened(browser, url, viewport, expected="status of 404", bypass_csp=True, **more) as page:
        page.add_script_tag(path=AXE_FILE_PATH)
        # Everything folded is read as well.
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        found = page.evaluate("axe.run().then(results => results.violations)")
    return [(rule["id"], rule["help"], [node["html"][:200] for node in rule["nodes"][:3]]) for rule in found]


def widths(page):
    """The width of the content and of the window."""
    return page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
