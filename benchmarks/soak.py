#!/usr/bin/env python3
"""A month of the simulator's time in some minutes, with faults, reloads, scrapes, webhooks, and addons that come and go.

Fails unless memory, descriptors and threads are flat in the second half, and the log has no unexpected error. Prints a
table. Needs the Python environment of the end-to-end tests.
"""
import argparse
import itertools
import pathlib
import random
import shutil
import signal
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter, namedtuple

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "Tests/EndToEnd"))

from support import configuration, http  # noqa: E402
from support.exporter import Exporter  # noqa: E402
from support.simulator import Simulator  # noqa: E402
from support.waiting import eventually  # noqa: E402

BINARY = ROOT / ".build/release/northflank-backup-exporter"
MONTH = 30 * 86_400
ADDONS = 40
SECRET = "a-shared-secret"
OPEN_METRICS = "application/openmetrics-text;version=1.0.0"
SCRAPES = [("/metrics", {}), ("/metrics", {"Accept-Encoding": "gzip"}), ("/metrics", {"Accept": OPEN_METRICS}),
           ("/metrics", {"Accept": OPEN_METRICS, "Accept-Encoding": "gzip"}), ("/api/health", {}), ("/", {}),
           ("/-/healthy", {}), ("/-/ready", {}), ("/nowhere", {})]
# Those that need most memory first, so that the first half of the time has had all of them.
FAULTS = [{"kind": "oversizedBody", "bytes": 2_000_000}, {"kind": "endlessPages"}, {"kind": "repeatingCursor"},
          {"kind": "status", "status": 500}, {"kind": "noAnswer"}, {"kind": "status", "status": 429, "retryAfter": 1},
          {"kind": "status", "status": 401, "endpoint": "backups"}, {"kind": "cutBody"}, {"kind": "truncatedJSON"},
          {"kind": "malformedJSON"}, {"kind": "htmlPage"}, {"kind": "wrongTypes"}, {"kind": "hiddenRateLimit"},
          {"kind": "status", "status": 503, "endpoint": "projects"}, {"kind": "latency", "seconds": 0.3}]
PERSONALITIES = ["healthy", "failing", "flaky", "stuck", "missed", "shrunk", "hung", "half-hourly"]
# In fast time, an answer that takes a moment comes from the past.
EXPECTED_ERRORS = ('msg="clock skew"',)

Reading = namedtuple(
    "Reading", "minute days rss pss files threads history requests webhooks scrapes reloads warnings errors")


class Soak:
    def __init__(self, folder, minutes):
        self.minutes, self.random, self.counts, self.ends = minutes, random.Random(1), Counter(), threading.Event()
        self.failures = []
        scale = MONTH / (minutes * 60)
        self.simulator = Simulator(
            BINARY, folder, "--simulator.addons", ADDONS, "--simulator.virtual-clock", "--simulator.time-scale", scale,
            "--simulator.virtual-start", "2026-03-01T00:00:00Z")
        self.addons = self.simulator.addons
        self.file = folder / "config.yml"
        self.history = folder / "state" / "history.sqlite"
        self._configure("30m")
        self.exporter = Exporter(
            BINARY, folder, ("--config.file", self.file, "--web.enable-lifecycle", *self.simulator.clock_arguments),
            {**configuration.ENVIRONMENT, "HOOK": SECRET})
        self.simulator.notify(f"{self.exporter.url}/webhook/northflank", SECRET)

    def _configure(self, interval):
        account = configuration.account(
            self.simulator, discovery={"interval": "1h"}, restores=True, webhook={"token_env": "HOOK"})
        new = self.file.with_suffix(".new")
        configuration.write(new, account, interval=interval, timeout="2s", state={"path": str(self.history)})
        new.rename(self.file)

    def scrape(self):
        for path, headers in itertools.cycle(SCRAPES):
            if self.ends.wait(0.1):
                return
            status = http.get(self.exporter.url + path, **headers).status
            self.counts["scrapes"] += 1
            if status != (404 if path == "/nowhere" else 200):
                self.failures.append(f"{path}: HTTP {status}")

    def trouble(self):
        """Faults, addons that are deleted for some hours, other personalities, and backups by hand."""
        for fault in itertools.cycle(FAULTS):
            if self.ends.wait(2):
                return
            gone = [{"kind": "deleted", "project": addon.project, "addon": addon.id}
                    for addon in self.random.sample(self.addons, 3)]
            self.simulator.faults(*gone, fault)
            self.simulator.let({addon: self.random.choice(PERSONALITIES) for addon in self.random.sample(self.addons, 4)})
            self.simulator.back_up(self.random.choice(self.addons), status=self.random.choice(["completed", "failed"]))
            if self.ends.wait(2):
                return
            self.simulator.faults()

    def reload(self):
        for number in itertools.count():
            if self.ends.wait(1.5):
                return
            self._configure("30m" if number % 2 else "40m")
            if number % 3:
                self.exporter.signal(signal.SIGHUP)
            else:
                http.request("POST", f"{self.exporter.url}/-/reload")
            self.counts["reloads"] += 1

    def read(self, elapsed):
        usage, page, text = self.exporter.usage, self.exporter.page(), self.exporter.stderr
        rollup = pathlib.Path(f"/proc/{self.exporter.pid}/smaps_rollup").read_text()
        pss = int(next(line for line in rollup.splitlines() if line.startswith("Pss:")).split()[1]) / 1024
        return Reading(
            elapsed / 60, elapsed / (self.minutes * 60) * 30, usage.memory / 2**20, pss, usage.files, usage.threads,
            sum(file.stat().st_size for file in self.history.parent.iterdir()) / 2**20,
            sum(page.having("northflank_api_requests_total").values()),
            sum(page.having("northflank_exporter_webhook_events_total", result="accepted").values()),
            self.counts["scrapes"], self.counts["reloads"], text.count("level=warn"), len(self.errors(text)))

    @staticmethod
    def errors(text):
        return [line for line in text.splitlines()
                if "level=error" in line and not any(each in line for each in EXPECTED_ERRORS)]

    def run(self):
        eventually(self.exporter.is_ready, within=60)
        workers = [threading.Thread(target=self._kept, args=(work,)) for work in (self.scrape, self.trouble, self.reload)]
        for worker in workers:
            worker.start()
        began, readings = time.monotonic(), []
        try:
            while (elapsed := time.monotonic() - began) < self.minutes * 60 and not self.failures:
                readings.append(self.read(elapsed))
                time.sleep(1)
        finally:
            self.ends.set()
            for worker in workers:
                worker.join()
        self.exporter.signal(signal.SIGTERM)
        code, seconds = self.exporter.wait()
        if code != 0 or seconds > 5:
            self.failures.append(f"ended with {code} after {seconds:.1f} s")
        self.failures += self.errors(self.exporter.stderr)
        return readings

    def _kept(self, work):
        try:
            work()
        except Exception as error:
            self.failures.append(f"{work.__name__}: {error!r}")

    def stop(self):
        for program in (self.exporter, self.simulator):
            program.stop()


def growth(readings):
    """What grew between the third and the last quarter of the time, in words."""
    quarter = len(readings) // 4
    third, last = readings[2 * quarter:3 * quarter], readings[3 * quarter:]
    for name, allowed in (("rss", lambda before: max(2, before * 0.05)), ("pss", lambda before: max(2, before * 0.05)),
                          ("files", lambda before: 2), ("threads", lambda before: 1)):
        before, after = (statistics.median(getattr(each, name) for each in part) for part in (third, last))
        if after > before + allowed(before):
            yield f"{name} grew from {before:.1f} to {after:.1f}"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=20, help="how long the month takes (default: 20)")
    minutes = parser.parse_args().minutes
    folder = pathlib.Path(tempfile.mkdtemp(prefix="soak-"))
    soak = Soak(folder, minutes)
    try:
        readings = soak.run()
    finally:
        soak.stop()
    print(" | ".join(Reading._fields))
    for reading in readings[::max(1, len(readings) // 20)] + readings[-1:]:
        print(" | ".join(f"{value:.1f}" if isinstance(value, float) and value % 1 else f"{value:.0f}" for value in reading))
    problems = soak.failures + list(growth(readings))
    if problems:
        print(*problems, f"The logs are in {folder}.", sep="\n", file=sys.stderr)
        return 1
    shutil.rmtree(folder)
    print("flat in the second half, and no unexpected error")
    return 0


if __name__ == "__main__":
    sys.exit(main())
