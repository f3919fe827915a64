"""`report`: the same figures from a running exporter and from its history's file."""

import csv
import io
import json
import os

import pytest

from support import command
from support.configuration import account


@pytest.fixture
def kept(simulator, start_exporter, tmp_path):
    """An exporter that has observed every addon, its history's file and the day."""
    file = tmp_path / "history.sqlite"
    exporter = start_exporter(account(simulator), state={"path": str(file)})
    exporter.wait_until_observed(*simulator.addons)
    return exporter, file, exporter.get("/api/health").json["generated_at"][:10]


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_each_format_has_every_addon(simulator, kept, binary):
    exporter, _, day = kept
    names = {f"{project}/{addon}" for project, addon in simulator.addons}

    def report(form):
        result = command.run(binary, "report", "--from", day, "--to", day, "--format", form, "--url", exporter.url)
        assert result.returncode == 0, result.stderr
        return result.stdout

    table = report("table")
    assert max(map(len, table.splitlines())) <= 80 and all(name in table for name in names)
    assert {f"{row['project']}/{row['addon']}" for row in rows(report("csv"))} == names
    assert {f"{row['project']}/{row['addon']}" for row in json.loads(report("json"))["addons"]} == names
    html = report("html")
    assert all(name in html for name in names) and "<script" not in html and "http" not in html


def test_without_the_exporter_the_file_says_the_same(kept, binary, tmp_path):
    exporter, file, day = kept
    exporter.stop()
    before = file.read_bytes()
    output = tmp_path / "report.csv"
    # Nothing listens there.
    result = command.run(binary, "report", "--from", day, "--to", day, "--format", "csv", "--project", "billing",
                         "--state.path", file, "--output", output)
    assert (result.returncode, result.stdout) == (0, ""), result.stderr
    assert {row["project"] for row in rows(output.read_text())} == {"billing"}
    assert file.read_bytes() == before


def test_what_is_wrong(kept, binary, tmp_path):
    exporter, _, day = kept
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    device = command.run(binary, "report", "--from", day, "--to", day, "--url", exporter.url, "--output", pipe)
    assert device.returncode == 1 and "pipe: it is no regular file" in device.stderr and pipe.is_fifo()
    odd = command.run(binary, "report", "--from", day, "--to", "today", "--url", exporter.url)
    assert odd.returncode == 64 and "to=today is not a day; write it as in 2026-07-01." in odd.stderr
    nothing = command.run(binary, "report", "--from", "2001-01-01", "--to", "2001-01-01", "--url", exporter.url)
    assert (nothing.returncode, nothing.stdout) == (2, "")
    assert "the history has nothing of 2001-01-01 to 2001-01-01" in nothing.stderr
    missing = command.run(binary, "report", "--from", day, "--to", day, "--state.path", tmp_path / "none")
    assert missing.returncode == 2 and "there is no such file" in missing.stderr
