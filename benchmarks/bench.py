#!/usr/bin/env python3
"""Measures the exporter as a whole process, beside a floor that is measured in the same run.

Prints figures and judges nothing: machines differ, and so do their moods. Needs the release binary, wrk, nginx
and curl; `make bench` installs them.
"""
import contextlib
import json
import os
import pathlib
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
BINARY = os.environ.get("EXPORTER_BINARY", str(ROOT / ".build/release/northflank-backup-exporter"))
TOKEN = "simulator-token"
RUNS = 5


@contextlib.contextmanager
def process(arguments, **options):
    child = subprocess.Popen(arguments, text=True, **options)
    try:
        yield child
    finally:
        child.send_signal(signal.SIGTERM)
        child.wait()


@contextlib.contextmanager
def simulator(addons, rate_limit=1_000_000_000):
    """The simulator in a process of its own, with 100 backups for each addon and a limit that does not hinder."""
    arguments = [BINARY, "simulate", "--simulator.addons", str(addons), "--simulator.backups-per-addon", "100",
                 "--simulator.rate-limit", str(rate_limit)]
    with process(arguments, stdout=subprocess.PIPE) as child:
        yield re.search(r"http\S+", child.stdout.readline()).group()


def configuration(folder, url, interval="1h", state=":memory:", share=1):
    path = folder / "config.yml"
    path.write_text(f"accounts:\n  - {{base_url: '{url}', token_env: TOKEN, discovery: {{enabled: true}}}}\n"
                    f"poll: {{interval: {interval}, budget_share: {share}}}\nstate: {{path: '{state}'}}\n")
    return str(path)


@contextlib.contextmanager
def exporter(config, addons, *more):
    """The exporter on a free port, once it has seen so many addons."""
    arguments = [BINARY, "--config.file", config, "--web.listen-address", "127.0.0.1:0", *more]
    with process(arguments, env={**os.environ, "TOKEN": TOKEN}, stderr=subprocess.PIPE) as child:
        url = None
        while url is None:
            found = re.search(r"msg=listening address=(\S+)", child.stderr.readline())
            url = found and f"http://{found.group(1)}/metrics"
        os.set_blocking(child.stderr.fileno(), False)
        while page(url).count(b"\nnorthflank_addon_up{") < addons:
            time.sleep(0.2)
        yield child, url


def page(url):
    with urllib.request.urlopen(url) as response:
        return response.read()


def samples(text):
    return sum(1 for line in text.splitlines() if line and not line.startswith(b"#"))


def measured(arguments, **options):
    """CPU seconds, wall seconds and peak MB of one run."""
    start = time.monotonic()
    child = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.monotonic() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    assert child.returncode == 0, (arguments, child.returncode)
    return usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024


def row(name, values, unit, digits=2):
    low, middle, high = min(values), statistics.median(values), max(values)
    print(f"  {name:<46} {middle:>9.{digits}f} {unit}   (min {low:.{digits}f}, max {high:.{digits}f})")


def sweep(folder, addons=1000):
    with simulator(addons) as url:
        config = configuration(folder, url)
        # The floor: the same requests by curl, which throws the bodies away.
        headers = {"Authorization": f"Bearer {TOKEN}"}
        def names(path, key):
            request = urllib.request.Request(f"{url}/v1/{path}?per_page=100", headers=headers)
            return [entry["id"] for entry in json.load(urllib.request.urlopen(request))["data"][key]]
        urls = [f"{url}/v1/projects/{project}/addons/{addon}/backups?per_page=100"
                for project in names("projects", "projects")
                for addon in names(f"projects/{project}/addons", "addons")]
        listing = folder / "curl.cfg"
        listing.write_text("".join(f'url = "{each}"\noutput = "/dev/null"\n' for each in urls))
        floor = ["curl", "--silent", "--parallel", "--parallel-max", "8", "--header",
                 f"Authorization: Bearer {TOKEN}", "--config", str(listing)]
        ours, curls = [], []
        for _ in range(RUNS + 1):
            curls.append(measured(floor))
            ours.append(measured([BINARY, "once", "--config.file", config, "--log.level", "error"],
                                 env={**os.environ, "TOKEN": TOKEN}))
        print(f"sweep: {len(urls)} addons x 100 backups, {RUNS} runs after one that does not count")
        row("exporter (once), CPU of the whole process", [run[0] for run in ours[1:]], "s")
        row("exporter (once), wall", [run[1] for run in ours[1:]], "s")
        row("exporter (once), peak memory", [run[2] for run in ours[1:]], "MB", 1)
        row("floor: curl without parsing, CPU", [run[0] for run in curls[1:]], "s")


def wrk(url, *headers):
    """p50 in milliseconds over one connection."""
    arguments = ["wrk", "-t1", "-c1", "-d3s", "--latency"] + [f"-H{header}" for header in headers] + [url]
    text = subprocess.run(arguments, capture_output=True, text=True, check=True).stdout
    assert "Non-2xx" not in text, text
    value, unit = re.search(r"50%\s+([\d.]+)(us|ms|s)", text).groups()
    return float(value) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


@contextlib.contextmanager
def static_file(folder, content):
    """The floor: nginx with the same bytes as a file."""
    (folder / "metrics").write_bytes(content)
    config = folder / "nginx.conf"
    port = 18974
    config.write_text(f"""daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
events {{}}
http {{ access_log off; sendfile on; client_body_temp_path {folder}/t; keepalive_requests 1000000;
  proxy_temp_path {folder}/t; fastcgi_temp_path {folder}/t; uwsgi_temp_path {folder}/t; scgi_temp_path {folder}/t;
  server {{ listen 127.0.0.1:{port}; root {folder}; default_type text/plain; }} }}
""")
    folder.chmod(0o755)
    with process(["nginx", "-c", str(config)], stderr=subprocess.DEVNULL):
        time.sleep(0.5)
        yield f"http://127.0.0.1:{port}/metrics"


def scrape(folder, addons):
    with simulator(addons) as url, exporter(configuration(folder, url), addons) as (_, metrics):
        content = page(metrics)
        print(f"scrape: {addons} addons, {samples(content)} samples, {len(content) / 1e6:.1f} MB, one connection, p50")
        with static_file(folder, content) as file:
            plain, gzip, floor = [], [], []
            for _ in range(3):
                floor.append(wrk(file))
                plain.append(wrk(metrics))
                gzip.append(wrk(metrics, "Accept-Encoding: gzip"))
        row("exporter, plain", plain, "ms")
        row("exporter, gzip", gzip, "ms")
        row("floor: nginx with the same bytes as a file", floor, "ms")


def resident(pid):
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) / 1024


def memory(folder, addons=1000):
    with simulator(addons) as url, exporter(
            configuration(folder, url, interval="1s", state=folder / "history.sqlite"), addons) as (child, metrics):
        print(f"memory: {addons} addons x 100 backups, polled without a pause")
        def polls():
            found = re.search(rb'requests_total\{account="default",endpoint="backups",code="200"\} (\d+)', page(metrics))
            return int(found.group(1))
        for _ in range(4):
            goal = polls() + 1000
            for _ in range(1000):
                page(metrics)
            while polls() < goal:
                time.sleep(0.1)
            print(f"  after {polls():>7} polls: {resident(child.pid):.1f} MB resident")


def main():
    with open("/proc/meminfo") as meminfo:
        total = int(meminfo.readline().split()[1]) / 1024 / 1024
    print(f"machine: {os.cpu_count()} cores, {total:.0f} GiB")
    parts = sys.argv[1:] or ["sweep", "scrape", "memory"]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        if "sweep" in parts:
            sweep(folder)
        if "scrape" in parts:
            scrape(folder, 665)
            scrape(folder, 6665)
        if "memory" in parts:
            memory(folder)


if __name__ == "__main__":
    main()
