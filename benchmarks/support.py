"""What the benchmarks share: the programs, and what is read of them."""

import contextlib
import os
import pathlib
import re
import signal
import statistics
import subprocess
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
BINARY = os.environ.get("EXPORTER_BINARY", str(ROOT / ".build/release/northflank-backup-exporter"))
TOKEN = "simulator-token"
ENVIRONMENT = {**os.environ, "TOKEN": TOKEN}
TICK = os.sysconf("SC_CLK_TCK")


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
    """The exporter on a free port, once it has seen so many addons, with its first page."""
    arguments = [BINARY, "--config.file", config, "--web.listen-address", "127.0.0.1:0", *more]
    with process(arguments, env=ENVIRONMENT, stderr=subprocess.PIPE) as child:
        url = None
        while url is None:
            found = re.search(r"msg=listening address=(\S+)", child.stderr.readline())
            url = found and f"http://{found.group(1)}/metrics"
        os.set_blocking(child.stderr.fileno(), False)
        while page(url).count(b"\nnorthflank_addon_last_observed_timestamp_seconds{") < addons:
            time.sleep(0.02)
        yield child, url


def page(url, **headers):
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers)) as response:
        return response.read()


def samples(text):
    return sum(1 for line in text.splitlines() if line and not line.startswith(b"#"))


def gauge(text, name):
    """The first sample of a name."""
    return float(re.search(rf"^{name}(?:\{{[^}}]*\}})? (\S+)$", text, re.MULTILINE)[1])


def measured(arguments, **options):
    """CPU seconds, wall seconds and peak MB of one run."""
    start = time.monotonic()
    child = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.monotonic() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    assert child.returncode == 0, (arguments, child.returncode)
    return usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024


def cpu(pid):
    """CPU seconds so far of a process and its children that live."""
    children = pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK + sum(map(cpu, map(int, children)))


def resident(pid, key="VmRSS"):
    """Megabytes: `VmRSS` now, `VmHWM` at most so far, `RssFile` those of them that are pages of files."""
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(re.search(rf"{key}:\s+(\d+)", status).group(1)) / 1024


def wrk(url, *headers):
    """Requests of three seconds over one connection, and their p50 in milliseconds."""
    arguments = ["wrk", "-t1", "-c1", "-d3s", "--latency"] + [f"-H{header}" for header in headers] + [url]
    text = subprocess.run(arguments, capture_output=True, text=True, check=True).stdout
    assert "Non-2xx" not in text, text
    value, unit = re.search(r"50%\s+([\d.]+)(us|ms|s)", text).groups()
    return int(re.search(r"(\d+) requests in", text)[1]), float(value) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


@contextlib.contextmanager
def nginx(folder, content):
    """The floor of a scrape: nginx with the same bytes as a file. Its process, and the file's address."""
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
    with process(["nginx", "-c", str(config)], stderr=subprocess.DEVNULL) as child:
        time.sleep(0.5)
        yield child, f"http://127.0.0.1:{port}/metrics"


def row(name, values, unit, digits=2):
    low, middle, high = min(values), statistics.median(values), max(values)
    print(f"  {name:<52} {middle:>9.{digits}f} {unit}   (min {low:.{digits}f}, max {high:.{digits}f})", flush=True)
