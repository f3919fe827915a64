"""Pictures of the demo's pages, as a desk and a phone show them."""

import json
import os
import pathlib
import re
import subprocess
import sys
import time
import urllib.request

from playwright.sync_api import sync_playwright

DESK, PHONE = {"width": 1200, "height": 760}, {"width": 390, "height": 844}
PICTURES = [
    ("fleet", "./", DESK, "light", 1),
    ("addon", "addon?id=demo/billing/invoices-db", DESK, "dark", 1),
    ("phone", "./", PHONE, "light", 2),
]


def wait_until_judged(url):
    while True:
        try:
            report = json.load(urllib.request.urlopen(f"{url}/api/health"))
            if report["addons"] and not any(addon["state"] == "unknown" for addon in report["addons"]):
                return
        except OSError:
            pass
        time.sleep(0.2)


def main(binary, folder):
    folder = pathlib.Path(folder)
    folder.mkdir(exist_ok=True)
    demo = subprocess.Popen(
        [binary, "demo", "--web.listen-address", "127.0.0.1:0", "--web.grafana-url", "https://grafana.example.com",
         "--web.runbook-url", "https://docs.example.com/runbooks", "--log.level", "error"],
        stdout=subprocess.PIPE, text=True)
    try:
        url = next(match[1] for line in demo.stdout if (match := re.search(r"overview +(\S+)/$", line)))
        wait_until_judged(url)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path="/usr/bin/chromium", args=["--no-sandbox"] if os.geteuid() == 0 else [])
            for name, address, viewport, scheme, scale in PICTURES:
                page = browser.new_page(viewport=viewport, color_scheme=scheme, device_scale_factor=scale)
                page.goto(f"{url}/{address}")
                page.screenshot(path=folder / f"{name}.png")
            browser.close()
    finally:
        demo.terminate()
        demo.wait()
    for picture in folder.glob("*.png"):
        print(f"{picture.name}: {picture.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main(*sys.argv[1:])
