#!/usr/bin/env python3
"""Measures the exporter as a whole process, beside a floor that is measured in the same run.

Prints figures and judges nothing: machines differ, and so do their moods. Needs the release binary, wrk, nginx, curl
and a C compiler; `make bench` installs them.
"""
import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

import histories
from support import (BINARY, ENVIRONMENT, TOKEN, configuration, cpu, exporter, gauge, measured, nginx, page, resident,
                     row, samples, simulator, wrk)

RUNS = 5
FOLDER = pathlib.Path(__file__).resolve().parent


def size(folder):
    copy = folder / "program"
    shutil.copy(BINARY, copy)
    built = copy.stat().st_size
    subprocess.run(["strip", copy], check=True)
    print("size of the program")
    row("as built", [built / 1e6], "MB", 1)
    row("stripped", [copy.stat().st_size / 1e6], "MB", 1)


def urls_of(url):
    """The list of backups of every addon."""
    def names(path, key):
        request = urllib.request.Request(f"{url}/v1/{path}?per_page=100", headers={"Authorization": f"Bearer {TOKEN}"})
        return [entry["id"] for entry in json.load(urllib.request.urlopen(request))["data"][key]]

    return [f"{url}/v1/projects/{project}/addons/{addon}/backups?per_page=100"
            for project in names("projects", "projects") for addon in names(f"projects/{project}/addons", "addons")]


def sweep(folder, addons=1000):
    with simulator(addons) as url:
        state = folder / "history.sqlite"
        configurations = {"in memory": configuration(folder, url)}
        (folder / "file").mkdir()
        configurations["new file"] = configuration(folder / "file", url, state=state)
        urls = urls_of(url)
        listing = folder / "curl.cfg"
        listing.write_text("".join(f'url = "{each}"\noutput = "/dev/null"\n' for each in urls))
        floor = ["curl", "--silent", "--parallel", "--parallel-max", "8", "--header",
                 f"Authorization: Bearer {TOKEN}", "--config", str(listing)]
        ours, curls = {name: [] for name in configurations}, []
        for _ in range(RUNS + 1):
            curls.append(measured(floor))
            for name, config in configurations.items():
                for file in folder.glob("history.sqlite*"):
                    file.unlink()
                ours[name].append(measured([BINARY, "once", "--config.file", config, "--log.level", "error"],
                                           env=ENVIRONMENT))
        print(f"first sweep: {len(urls)} addons x 100 backups, {RUNS} runs after one that does not count")
        for name, runs in ours.items():
            row(f"once, {name}: CPU of the whole process", [run[0] for run in runs[1:]], "s")
        row("once, new file: wall", [run[1] for run in ours["new file"][1:]], "s")
        row("once, new file: peak memory", [run[2] for run in ours["new file"][1:]], "MB", 1)
        row("floor: curl, backups alone, nothing parsed, CPU", [run[0] for run in curls[1:]], "s")


def requests(metrics):
    text = page(metrics).decode()
    return int(re.search(r'requests_total\{account="default",endpoint="backups",code="200"\} (\d+)', text)[1])


def polls(folder, addons=1000):
    """Polls without a pause, of lists that change at a few addons alone."""
    floor = folder / "poll"
    subprocess.run(["cc", "-O2", "-o", floor, FOLDER / "poll.c", "-lcurl"], check=True)
    with simulator(addons) as url:
        (folder / "urls").write_text("".join(f"{each}\n" for each in urls_of(url)))
        config = configuration(folder, url, interval="1s", state=folder / "polls.sqlite")
        with exporter(config, addons) as (child, metrics):
            time.sleep(3)  # the schedules are read
            ours, floors = [], []
            for _ in range(RUNS):
                before, spent = requests(metrics), cpu(child.pid)
                time.sleep(3)
                spent = cpu(child.pid) - spent
                ours.append(spent * 1000 / (requests(metrics) - before))
                # The exporter goes on meanwhile; CPU time is that of a process.
                result = subprocess.run([floor, folder / "urls", "3", TOKEN], capture_output=True, text=True, check=True)
                floors.append(float(result.stdout) * 1000)
    print(f"a poll: {addons} addons x 100 backups, hardly any of which changes; history in a file")
    row("CPU of a poll", ours, "ms", 3)
    row("floor: libcurl in C, nothing parsed", floors, "ms", 3)


def scrape(folder, addons):
    with simulator(addons) as url, exporter(configuration(folder, url), addons) as (child, metrics):
        settle(metrics)
        content = page(metrics)
        print(f"scrape: {addons} addons, {samples(content)} samples, {len(content) / 1e6:.1f} MB, one connection")
        with nginx(folder, content) as (server, file):
            ours = [(child, metrics, "exporter, plain", ()),
                    (child, metrics, "exporter, gzip", ("Accept-Encoding: gzip",)),
                    (server, file, "floor: nginx with the same bytes as a file", ())]
            found = [([], []) for _ in ours]
            for _ in range(3):
                for (program, target, _, headers), (spent, median) in zip(ours, found):
                    before = cpu(program.pid)
                    count, p50 = wrk(target, *headers)
                    spent.append((cpu(program.pid) - before) * 1000 / count)
                    median.append(p50)
        for (_, _, name, _), (spent, median) in zip(ours, found):
            row(f"{name}: CPU", spent, "ms")
            row(f"{name}: p50", median, "ms")


def pages(folder, addons=1000, count=100):
    """The pages for people, of which each query has its own; the report behind them is made once a second."""
    with simulator(addons) as url, exporter(configuration(folder, url), addons) as (child, metrics):
        settle(metrics)
        root = metrics.removesuffix("metrics")
        listed = json.loads(page(root + "api/health?page=1"))["addons"][0]
        single = f"addon?id={listed['account']}/{listed['project']}/{listed['addon']}"
        print(f"pages: {addons} addons, {count} requests one after the other, {RUNS} runs")
        for name, address in (("overview", ""), ("its protected databases", "?state=ok"),
                              ("grouped by project", "?by=project"), ("one database", single)):
            spent = []
            for _ in range(RUNS):
                before = cpu(child.pid)
                for _ in range(count):
                    content = page(root + address)
                spent.append((cpu(child.pid) - before) * 1000 / count)
            row(f"{name}, {len(content) / 1000:.1f} kB: CPU", spent, "ms")


def settle(metrics):
    """Waits until the schedules of every addon are known."""
    while True:
        text = page(metrics).decode()
        if text.count("\nnorthflank_addon_backup_objective_seconds{") >= gauge(text, "northflank_exporter_addons"):
            return
        time.sleep(0.2)


def memory(folder, addons):
    """After the first round, after polls and scrapes, and with clients that do not read."""
    state = folder / f"memory-{addons}.sqlite"
    interval = "1s" if addons <= 1000 else "1h"
    with simulator(addons) as url, exporter(configuration(folder, url, interval=interval, state=state), addons) as (
            child, metrics):
        settle(metrics)
        steps = []
        for _ in range(4):
            for _ in range(max(5, 20_000 // addons)):
                page(metrics, **{"Accept-Encoding": "gzip"})
            if interval == "1s":
                time.sleep(3)
            steps.append(resident(child.pid))
        alone = resident(child.pid, "VmHWM")
        stuck = [stuck_client(metrics) for _ in range(20)]
        time.sleep(1)
        held = resident(child.pid)
        for client in stuck:
            client.close()
        print(f"memory: {addons} addons x 100 backups, history in a file")
        row("resident after polls and scrapes, four times", steps, "MB", 1)
        row("of these, pages of files", [resident(child.pid, "RssFile")], "MB", 1)
        row("at most, one scraper at a time", [alone], "MB", 1)
        row("with 20 more scrapers that do not read", [held], "MB", 1)


def stuck_client(metrics):
    host, port = re.search(r"//([^:]+):(\d+)", metrics).groups()
    client = socket.create_connection((host, int(port)))
    client.sendall(f"GET /metrics HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
    return client


def restart(folder, addons=1000, days=400):
    """To the first whole page, with a history of deleted backups."""
    state = folder / "restart.sqlite"
    with simulator(addons) as url:
        config = configuration(folder, url, state=state)
        with exporter(config, addons) as (_, metrics):
            settle(metrics)
        before = state.stat().st_size
        count = histories.add_deleted_backups(state, days)
        grown = state.stat().st_size - before
        walls, spent = [], []
        for _ in range(RUNS):
            start = time.monotonic()
            with exporter(config, addons) as (child, _):
                walls.append(time.monotonic() - start)
                spent.append(cpu(child.pid))
    print(f"restart: {addons} addons, {count} deleted backups of {days} days")
    row("to the first page with every addon, wall", walls, "s")
    row("CPU until then", spent, "s")
    row("bytes of the file for a deleted backup", [grown / count], "bytes", 1)


PARTS = {
    "size": [(size,)],
    "sweep": [(sweep,)],
    "polls": [(polls,)],
    "scrape": [(scrape, 500), (scrape, 1250), (scrape, 12_500)],
    "pages": [(pages,)],
    "memory": [(memory, 100), (memory, 1000), (memory, 10_000)],
    "restart": [(restart,)],
}


def main():
    with open("/proc/meminfo") as meminfo:
        total = int(meminfo.readline().split()[1]) / 1024 / 1024
    print(f"machine: {os.cpu_count()} cores, {total:.0f} GiB")
    for part in sys.argv[1:] or PARTS:
        for function, *arguments in PARTS[part]:
            with tempfile.TemporaryDirectory() as name:
                function(pathlib.Path(name), *arguments)


if __name__ == "__main__":
    main()
