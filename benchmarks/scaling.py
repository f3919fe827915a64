#!/usr/bin/env python3
"""What fleets of 100, 1,000 and 10,000 addons cost: requests, series, memory, scrapes; and a quarter of the largest.

Prints the rows of the table in docs/scaling.md. Needs what bench.py needs.
"""
import pathlib
import re
import sys
import tempfile
import time

import support

# Addons, shards, and the account's limit of requests an hour: the API's default, or one that was raised.
FLEETS = [(100, 1, 1000), (1000, 1, 1000), (1000, 1, 20_000), (10_000, 1, 1000), (10_000, 1, 200_000),
          (10_000, 4, 200_000)]


def in_force(folder, addons, shards, limit):
    """Seconds between two polls of an addon, and between two readings of the lists, within half of a limit."""
    with support.simulator(addons, rate_limit=limit) as url, support.exporter(
            support.configuration(folder, url, interval="5m", share=0.5), 0, *shard(shards)) as (_, metrics):
        while True:
            text = support.page(metrics).decode()
            found = re.search(r"^northflank_exporter_addons\{[^}]*\} (\d+)$", text, re.MULTILINE)
            if found and int(found[1]) >= addons / shards * 0.8:
                return (support.gauge(text, "northflank_exporter_poll_interval_seconds"),
                        support.gauge(text, "northflank_exporter_discovery_interval_seconds"))
            time.sleep(0.5)


def shard(shards):
    return ("--shard.count", str(shards), "--shard.index", "0") if shards > 1 else ()


def watched(folder, addons, shards):
    """Samples, bytes and p50 of a scrape, resident megabytes, and CPU seconds of the first round."""
    state = folder / f"{addons}-{shards}.sqlite"
    with support.simulator(addons) as url, support.exporter(
            support.configuration(folder, url, state=state), round(addons / shards * 0.8), *shard(shards)) as (
            child, metrics):
        while True:
            text = support.page(metrics).decode()
            own = support.gauge(text, "northflank_exporter_addons")
            if text.count("\nnorthflank_addon_backup_objective_seconds{") >= own:
                break
            time.sleep(0.5)
        cpu = support.gauge(text, "process_cpu_seconds_total")
        slow = support.wrk(metrics, "Accept-Encoding: gzip")[1]
        files = sum(file.stat().st_size for file in folder.glob(state.name + "*")) / 1e6
        return (int(own), support.samples(text.encode()), len(text) / 1e6, slow, support.resident(child.pid), cpu, files)


def main():
    print("addons | shards | limit | of this shard: addons | poll interval s | lists s | samples | MB plain | gzip scrape ms | "
          "resident MB | CPU s first round | history MB")
    wanted = [int(size) for size in sys.argv[1:]]
    for addons, shards, limit in FLEETS:
        if wanted and addons not in wanted:
            continue
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            polls, lists = in_force(folder, addons, shards, limit)
            own, samples, size, slow, resident, cpu, files = watched(folder, addons, shards)
        print(f"{addons} | {shards} | {limit} | {own} | {polls:.0f} | {lists:.0f} | {samples} | {size:.1f} | {slow:.1f} | "
              f"{resident:.0f} | {cpu:.1f} | {files:.1f}", flush=True)


if __name__ == "__main__":
    main()
