"""SIGTERM in every phase: the end comes within five seconds, with a line in the log, and leaves a whole history."""

import pathlib
import shutil
import signal
import sqlite3
import subprocess
import time

import pytest

from support.blocking import BlockableDisk
from support.configuration import ENVIRONMENT, account, write
from support.mounts import needs_root
from support.program import Program
from support.waiting import eventually

ADDON = ("shop", "orders-db")


@pytest.fixture
def path(tmp_path):
    (tmp_path / "state").mkdir()
    return tmp_path / "state" / "history.sqlite"


def assert_ends(program, code=0, last="msg=stopped"):
    program.signal(signal.SIGTERM)
    assert program.wait(within=20)[0] == code and program.wait()[1] < 5
    assert last in program.stderr.splitlines()[-1]


def assert_whole(path):
    """Nothing is wrong in the file, as a copy with its log has it."""
    copy = pathlib.Path(shutil.copytree(path.parent, path.parent.with_name("copy")))
    with sqlite3.connect(copy / path.name) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def configuration(simulator, tmp_path, path, name="config.yml", addons=None, **poll):
    return write(tmp_path / name, account(simulator, addons=addons), state={"path": str(path)}, **poll)


@pytest.fixture
def start(simulator, start_exporter, tmp_path, path):
    def started(**poll):
        file = configuration(simulator, tmp_path, path, **poll)
        return start_exporter(arguments=("--config.file", file))

    return started


def test_during_the_start(binary, simulator, tmp_path, path):
    """At many moments from before its first instruction until it listens."""
    arguments = [binary, "serve", "--web.listen-address", "127.0.0.1:0", "--config.file",
                 configuration(simulator, tmp_path, path), *simulator.clock_arguments]
    began = time.monotonic()
    whole = Program(arguments, tmp_path, ENVIRONMENT)
    whole.wait_for("listening")
    duration = time.monotonic() - began
    assert_ends(whole)
    codes = set()
    for number in range(24):
        program = Program(arguments, tmp_path, ENVIRONMENT)
        time.sleep(number / 20 * duration)
        program.signal(signal.SIGTERM)
        code, seconds = program.wait(within=20)
        # Until it takes the signal, the system ends it.
        assert code in (0, -signal.SIGTERM) and seconds < 5
        assert ("msg=stopped" in program.stderr) == (code == 0)
        assert "level=warn msg=\"The" not in program.stderr and "level=error" not in program.stderr
        codes.add(code)
    assert 0 in codes
    assert_whole(path)


def test_while_the_start_waits_for_the_disk(binary, simulator, tmp_path, path):
    disk = BlockableDisk(tmp_path, path.parent)
    disk.block()
    program = Program([binary, "serve", "--config.file", configuration(simulator, tmp_path, path)], tmp_path,
                      {**ENVIRONMENT, **disk.environment})
    program.wait_for("level=error msg=\"start waits for the disk of the history")
    assert str(path) in program.stderr and "listening" not in program.stderr
    assert_ends(program, last="msg=stopped during=start")


@needs_root
def test_while_the_first_process_of_a_container_starts(binary, simulator, tmp_path, path):
    """The system drops signals to such a process that it has no handler for."""
    disk = BlockableDisk(tmp_path, path.parent)
    disk.block()
    program = Program(["unshare", "--pid", "--fork", "--kill-child", binary, "serve", "--config.file",
                       configuration(simulator, tmp_path, path)], tmp_path, {**ENVIRONMENT, **disk.environment})
    try:
        eventually(path.exists)
        time.sleep(0.2)
        children = pathlib.Path(f"/proc/{program.pid}/task/{program.pid}/children").read_text().split()
        subprocess.run(["kill", "-TERM", *children], check=True)
        assert program.wait(within=5)[0] == 0
        assert "msg=stopped during=start" in program.stderr
    finally:
        program.process.kill()


@pytest.mark.parametrize("endpoint", ["projects", "addons"])
def test_during_the_first_discovery(simulator, start, path, endpoint):
    simulator.faults({"kind": "noAnswer", "endpoint": endpoint})
    exporter = start(timeout="5m")
    eventually(lambda: simulator.requests["endpoints"].get(endpoint, 0) > 0)
    assert_ends(exporter)
    assert_whole(path)


def test_in_the_middle_of_polls(simulator, start, path):
    exporter = start(timeout="5m")
    exporter.wait_until_observed(*simulator.addons)
    simulator.faults({"kind": "noAnswer"})
    simulator.forget_requests()
    eventually(lambda: simulator.requests["endpoints"].get("backups", 0) > 0)
    assert_ends(exporter)
    assert_whole(path)
    assert [each.name for each in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("pause", [0, 0.01, 0.1])
def test_during_a_reload(simulator, start, tmp_path, path, pause):
    exporter = start()
    exporter.wait_until_observed(*simulator.addons)
    configuration(simulator, tmp_path, path, addons=[ADDON])
    exporter.signal(signal.SIGHUP)
    time.sleep(pause)
    assert_ends(exporter)
    assert_whole(path)
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_while_the_disk_does_not_answer(simulator, start_exporter, tmp_path, path):
    disk = BlockableDisk(tmp_path, path.parent)
    exporter = start_exporter(arguments=("--config.file", configuration(simulator, tmp_path, path)),
                              environment={**ENVIRONMENT, **disk.environment})
    exporter.wait_until_observed(*simulator.addons)
    disk.block()
    observed = exporter.page().of(ADDON, "northflank_addon_last_observed_timestamp_seconds")
    time.sleep(1.5)  # the next polls wait for the disk by now
    assert exporter.page().of(ADDON, "northflank_addon_last_observed_timestamp_seconds") <= observed + 2
    assert_ends(exporter, code=1, last="level=error msg=\"stopped; history not closed")
    disk.release()
    assert_whole(path)
    again = start_exporter(arguments=("--config.file", tmp_path / "config.yml"))
    assert again.page().value("northflank_exporter_state_persistent") == 1
    assert "level=warn msg=\"The" not in again.stderr
