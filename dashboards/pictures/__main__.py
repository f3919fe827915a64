"""usage: python -m pictures DIRECTORY: draws each dashboard into DIRECTORY, as dashboard-NAME.png."""

import contextlib
import pathlib
import subprocess
import sys
import tempfile

from support.dashboard import Evaluator, load

from . import draw, worlds

ADDON = {"account": "acme", "project": "staging", "addon": "preview-db"}
EVERYTHING = {name: ".*" for name in ("account", "project", "addon", "state", "instance")}


def draw_all(target):
    with tempfile.TemporaryDirectory() as directory, contextlib.ExitStack() as programs:
        directory = pathlib.Path(directory)
        server, end = worlds.virtual(directory, programs)
        picture(target, directory, "fleet", Evaluator(server, end, "now-7d", EVERYTHING, worlds.STEP))
        picture(target, directory, "addon", Evaluator(server, end, "now-7d", ADDON, worlds.STEP))
        server, end = worlds.real(directory, programs)
        picture(target, directory, "exporter", Evaluator(server, end, "now-5m", EVERYTHING, 1))


def picture(target, directory, name, evaluator):
    html, height = draw.page(load(name), evaluator)
    page = directory / f"{name}.html"
    page.write_text(html)
    options = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-lcd-text",
               f"--window-size=1440,{height}", f"--user-data-dir={directory / 'chromium'}",
               f"--screenshot={target}/dashboard-{name}.png")
    subprocess.run(["chromium", *options, page.as_uri()], check=True, capture_output=True)


if __name__ == "__main__":
    draw_all(pathlib.Path(sys.argv[1]).absolute())
