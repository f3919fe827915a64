"""Both formats, held against readers that others wrote and against each other."""

import re
import subprocess

import pytest

from support.page import OPEN_METRICS, TEXT, Page

OPEN_METRICS_ONLY = {"Accept": "application/openmetrics-text;version=1.0.0"}
# What passes between two requests for a page changes these.
CHANGING = re.compile(r"northflank_addon_backup_last_completed_age_seconds|process_|northflank_api_|"
                      r"northflank_addon_last_observed|northflank_exporter_(requests|observed|budget|poll|state_bytes|http_connections)")


@pytest.fixture
def pages(simulator, exporter):
    """The responses with a page of each format."""
    exporter.wait_until_observed(*simulator.addons)
    return exporter.get("/metrics"), exporter.get("/metrics", **OPEN_METRICS_ONLY)


def test_promtool_has_nothing_to_say(pages):
    checked = subprocess.run(["promtool", "check", "metrics"], input=pages[0].body, capture_output=True)
    assert (checked.stdout, checked.stderr, checked.returncode) == (b"", b"", 0)


def test_the_strict_open_metrics_parser_reads_all(simulator, pages):
    page = Page(pages[1].text, OPEN_METRICS)
    assert page.addons == set(simulator.addons)
    assert page.value("northflank_exporter_addons", account="default") == 12


def test_content_types_are_those_of_the_specifications(pages):
    assert pages[0].headers["Content-Type"] == TEXT
    assert pages[1].headers["Content-Type"] == OPEN_METRICS


def test_open_metrics_ends_with_eof_and_text_does_not(pages):
    text, open_metrics = (response.text for response in pages)
    assert open_metrics.endswith("\n# EOF\n") and open_metrics.count("# EOF") == 1
    assert text.endswith("\n") and "# EOF" not in text


def test_the_same_samples_in_both_formats(pages):
    text, open_metrics = Page(pages[0].text), Page(pages[1].text, OPEN_METRICS)
    assert text.samples.keys() == open_metrics.samples.keys()
    values = [{key: value for key, value in page.samples.items() if not CHANGING.match(key[0])}
              for page in (text, open_metrics)]
    assert values[0] == values[1]
    assert len(values[0]) > 150


def test_no_created_series_and_counters_end_in_total(pages):
    for response in pages:
        assert "_created" not in response.text
    counters = re.findall(r"^# TYPE (\S+) counter$", pages[0].text, re.MULTILINE)
    assert counters and all(name.endswith("_total") for name in counters)
    families = re.findall(r"^# TYPE (\S+) counter$", pages[1].text, re.MULTILINE)
    assert [f"{name}_total" for name in families] == counters


def test_every_family_is_documented_and_comes_once(pages):
    for response in pages:
        helped, typed = (re.findall(rf"^# {word} (\S+) ", response.text, re.MULTILINE) for word in ("HELP", "TYPE"))
        assert helped == typed and len(set(typed)) == len(typed)


def test_series_of_the_exporter_itself(pages):
    page = Page(pages[0].text)
    assert page.value("northflank_exporter_config_last_reload_successful") == 1
    assert page.value("northflank_exporter_poll_interval_seconds", account="default") == 1
    (labels,) = (dict(labels) for name, labels in page.samples if name == "northflank_exporter_build_info")
    assert set(labels) == {"version", "revision", "swift_version", "libcurl_version"} and all(labels.values())
    for name in ("cpu_seconds_total", "resident_memory_bytes", "virtual_memory_bytes", "open_fds", "max_fds",
                 "start_time_seconds"):
        assert page.value(f"process_{name}") > 0
