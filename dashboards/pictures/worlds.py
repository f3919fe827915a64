"""The data of the pictures: two weeks of a fleet in virtual time, and some minutes of an exporter in real time."""

import contextlib
import datetime
import json
import pathlib
import re
import subprocess
import time

import yaml
from support import configuration
from support.exporter import Exporter
from support.prometheus import Prometheus
from support.simulator import Simulator

ROOT = pathlib.Path(__file__).parents[2]
BINARY = ROOT / ".build" / "release" / "northflank-backup-exporter"
RULES = ROOT / "alerts" / "northflank-backup.rules.yml"
START = datetime.datetime(2026, 3, 2, 0, 30, tzinfo=datetime.timezone.utc)
# Days of virtual time, how fast they pass, and seconds from scrape to scrape.
DAYS, SCALE, STEP = 15.3, 7200, 300
# Troubles that begin and end in the course of the two weeks, by the day.
TROUBLES = {9.2: {("analytics", "jobs-queue"): "missed"}, 11.2: {("analytics", "jobs-queue"): "healthy"},
            12.0: {("billing", "ledger-db"): "shrunk"}, 13.1: {("shop", "carts-cache"): "missed"}}


def virtual(directory, programs):
    """A Prometheus that knows two weeks of a fleet, and their end."""
    simulator = programs.enter_context(running(Simulator(
        BINARY, directory, "--simulator.virtual-clock", "--simulator.time-scale", SCALE,
        "--simulator.virtual-start", f"{START:%Y-%m-%dT%H:%M:%SZ}", rate_limit=1000)))
    clock = simulator.clock
    file = configuration.write(
        directory / "config.yml", configuration.account(simulator, name="acme", restores=True),
        state={"path": str(directory / "history.sqlite")}, interval="10m", timeout="10m")
    clocks = ("--clock.scaled", repr(clock["realSeconds"]), repr(clock["virtualSeconds"]), str(clock["scale"]))
    exporter = programs.enter_context(running(Exporter(
        BINARY, directory, ("--config.file", file, *clocks), configuration.ENVIRONMENT)))
    end = scrape(simulator, exporter, clock, directory / "scraped.txt")
    data = directory / "backfilled-data"
    promtool("openmetrics", "--max-block-duration=1000h", directory / "scraped.txt", data)
    alerts = directory / "alerts.yml"
    alerts.write_text(json.dumps(as_recordings(RULES)))
    # A rule sees what another one has recorded in the next round only.
    for rules, start in (RULES, START.timestamp()), (RULES, START.timestamp()), (alerts, end - 2 * STEP):
        with running(backfilled(directory)) as server:
            promtool("rules", "--max-block-duration=1000h", f"--start={start:.0f}", f"--end={end}",
                     f"--eval-interval={STEP}s", f"--output-dir={data}", f"--url={server.url}", rules)
    return programs.enter_context(running(backfilled(directory))), end


def scrape(simulator, exporter, clock, path):
    """Scrapes in even steps of the virtual clock, and gives the last of them."""
    troubles = dict(TROUBLES)
    # Not at the full hours, at which queries look.
    first = int(clock["virtualSeconds"]) // STEP * STEP + STEP + 137
    with open(path, "w") as file:
        for moment in range(first, first + int(DAYS * 86400), STEP):
            time.sleep(max(0, clock["realSeconds"] + (moment - clock["virtualSeconds"]) / SCALE - time.time()))
            for day in [day for day in troubles if START.timestamp() + day * 86400 <= moment]:
                simulator.let(troubles.pop(day))
            lines = [line for line in exporter.get("/metrics").text.splitlines() if not line.startswith("#")]
            for line in (*lines, "up 1"):
                name, labels, value = re.fullmatch(r"(\w+)(?:\{(.*)\})? (\S+)", line).groups()
                labels = ",".join(filter(None, (labels, 'job="northflank-backup",instance="exporter:9974"')))
                file.write(f"{name}{{{labels}}} {value} {moment}\n")
        file.write("# EOF\n")
    return moment


def as_recordings(path):
    """Alerts as recordings of what Prometheus records while they fire; promtool backfills no alerts."""
    rules = []
    for group in yaml.safe_load(path.read_text())["groups"]:
        for rule in group["rules"]:
            if "alert" in rule:
                seconds = int(rule["for"][:-1]) * {"m": 60, "h": 3600}[rule["for"][-1]]
                times = max(1, seconds // STEP)
                held = f"count_over_time(({rule['expr']})[{times * STEP}s:{STEP}s]) == {times}"
                rules.append({"record": "ALERTS", "expr": f"0 * ({held}) + 1", "labels": {
                    "alertname": rule["alert"], "alertstate": "firing", **rule["labels"]}})
    return {"groups": [{"name": "alerts", "rules": rules}]}


def promtool(source, *arguments):
    subprocess.run(["promtool", "tsdb", "create-blocks-from", source, *map(str, arguments)], check=True,
                   stdout=subprocess.DEVNULL)


def backfilled(directory):
    """A Prometheus with what was scraped; it scrapes nothing by itself and forgets nothing."""
    return Prometheus(directory, "http://127.0.0.1:1", "--storage.tsdb.retention.time=100y",
                      f"--query.lookback-delta={2 * STEP}s", name="backfilled")


def real(directory, programs, minutes=6):
    """A Prometheus that has scraped an exporter for some minutes, and their end: backups happen every ten seconds, and
    for a while the API fails."""
    simulator = programs.enter_context(running(Simulator(
        BINARY, directory, "--simulator.time-scale", 8640, name="fleet", rate_limit=4000)))
    secret = "not-a-real-one"
    environment = {**configuration.ENVIRONMENT, "HOOK": secret}
    account = configuration.account(simulator, name="acme", webhook={"token_env": "HOOK"})
    file = configuration.write(directory / "real.yml", account, state={"path": str(directory / "real.sqlite")},
                               interval="15s")
    exporter = programs.enter_context(running(Exporter(
        BINARY, directory, ("--config.file", file), environment, name="real-exporter")))
    simulator.notify(f"{exporter.url}/webhook/northflank", secret)
    server = programs.enter_context(running(Prometheus(
        directory, exporter.url, name="real", more=f"rule_files: ['{RULES}']")))
    time.sleep(minutes * 60 / 2)
    simulator.faults({"kind": "status", "status": 503, "times": 40}, {"kind": "latency", "seconds": 0.2, "times": 80})
    time.sleep(minutes * 60 / 2)
    return server, time.time()


@contextlib.contextmanager
def running(program):
    try:
        yield program
    finally:
        program.stop()
