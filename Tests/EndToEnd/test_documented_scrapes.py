"""The scrape configurations of the documentation, as promtool and a real Prometheus read them."""

import json
import re
import subprocess

import pytest
import yaml

from conftest import ROOT
from support.configuration import account
from support.prometheus import Prometheus
from support.waiting import eventually
from support.web import SECRET, SecureExporter, Web

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), ROOT / "deploy" / "northflank" / "README.md"]
# Of the names in the pages.
FOLDER = "/etc/prometheus/northflank"


def jobs(page):
    """The scrape configurations on a page."""
    blocks = re.findall(r"^```yaml\n(.*?)^```", page.read_text(), re.DOTALL | re.MULTILINE)
    found = [yaml.safe_load(block) for block in blocks if "job_name: " in block]
    return [job for each in found for job in (each if isinstance(each, list) else each["scrape_configs"])]


JOBS = {f"{page.stem}-{number}": job for page in PAGES for number, job in enumerate(jobs(page))}


def test_where_they_are():
    assert {name.split("-")[0] for name in JOBS} >= {"README", "kubernetes", "web"}
    assert {job["job_name"] for job in JOBS.values()} == {"northflank-backup"}


@pytest.mark.parametrize("name", JOBS)
def test_the_exporters_labels_stay(name):
    assert JOBS[name]["honor_labels"] is True


def test_an_addon_does_not_vanish_behind_a_label_of_its_target(start_exporter, simulator, tmp_path, programs):
    """A target with `project: infra`: without honor_labels, addons of one name in different projects become one."""
    exporter = start_exporter(account(simulator))
    exporter.wait_until_observed(*simulator.addons)
    scrape = {**JOBS["README-0"], "static_configs": [
        {"targets": [exporter.url.removeprefix("http://")], "labels": {"project": "infra"}}]}
    jobs = [{**scrape, "job_name": "kept"}, {**scrape, "job_name": "lost", "honor_labels": False}]
    more = "\n".join(f"  - {json.dumps(job)}" for job in jobs)
    prometheus = Prometheus(tmp_path, exporter.url, job="relabel_configs: [{action: drop}]", more=more)
    programs.append(prometheus)
    kept = 'count(count by (project, addon) (northflank_addon_up{job="kept"}))'
    eventually(lambda: prometheus.value(kept) == len(simulator.addons))
    eventually(lambda: prometheus.value('count(northflank_addon_up{job="lost",project="infra"}) > 0'))
    assert prometheus.value('count(northflank_addon_up{job="kept",project="infra"})') is None
    assert prometheus.value('count(northflank_addon_up{job="lost",project!="infra"})') is None


@pytest.fixture
def files(tmp_path):
    """The files of the exporter and of Prometheus, by the names in the pages."""
    web = Web(tmp_path)
    web.write(tls={"client_ca_file": str(web.clients.file), "client_auth_type": "VerifyClientCertIfGiven"},
              basic_auth_users={"prometheus": SECRET})
    certificate, key = web.clients.issue("prometheus.test")
    for name, path in {"ca.pem": web.servers.file, "client.pem": certificate, "client.key": key}.items():
        (tmp_path / name).write_bytes(open(path, "rb").read())
    (tmp_path / "password").write_text("secret")
    return web


def here(job, folder):
    return json.loads(json.dumps(job).replace(FOLDER, str(folder)))


@pytest.mark.parametrize("name", JOBS)
def test_promtool_accepts_them(files, tmp_path, name):
    (tmp_path / "prometheus.yml").write_text(json.dumps({"scrape_configs": [here(JOBS[name], tmp_path)]}))
    checked = subprocess.run(["promtool", "check", "config", tmp_path / "prometheus.yml"], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize("name", [name for name, job in JOBS.items() if "tls_config" in job])
def test_prometheus_gets_in(files, binary, tmp_path, programs, name):
    programs.append(SecureExporter(binary, tmp_path, ("--web.config.file", files.file), command="demo"))
    address = f"127.0.0.1:{programs[-1].port}"
    job = here({**JOBS[name], "job_name": "documented"}, tmp_path)
    if "http_sd_configs" in job:
        job["http_sd_configs"][0]["url"] = f"https://{address}/sd"
    else:
        # A label that the exporter has as well.
        job["static_configs"] = [{"targets": [address], "labels": {"project": "of-the-target"}}]
    # The job of every test scrapes nothing.
    prometheus = Prometheus(tmp_path, address, job="relabel_configs: [{action: drop}]", more=f"  - {json.dumps(job)}")
    programs.append(prometheus)
    eventually(lambda: prometheus.value('count(northflank_addon_up{job="documented",project!="of-the-target"})') == 12)
    assert prometheus.complaints == []
