"""A disk or a file that the history cannot use: the exporter goes on, says it once, and comes back by itself."""

import os
import shutil
import signal
import sqlite3

import pytest

from support.configuration import ENVIRONMENT, account, write
from support.exporter import Exporter
from support.mounts import fill, mounted, needs_root, seen_by
from support.preload import library
from support.texts import HISTORY_BACK, HISTORY_IN_USE, HISTORY_TROUBLE, LATER_VERSION, LOST_LOG, NO_LOCKS

ADDON = ("shop", "orders-db")
OBSERVED = "northflank_addon_last_observed_timestamp_seconds"
PERSISTENT = "northflank_exporter_state_persistent"
ERRORS = "northflank_exporter_state_write_errors_total"
CORRUPTIONS = "northflank_exporter_state_corruptions_total"
# Each fails as on NFS without its lock service, for files of the folder in NO_LOCKS and as long as there is no file
# `locks` in it.
REFUSES_LOCKS = """
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int refuses(int file) {
    const char *folder = getenv("NO_LOCKS");
    char link[64], path[4096], marker[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0 || strncmp(path, folder, strlen(folder)) != 0) return 0;
    snprintf(marker, sizeof marker, "%s/locks", folder);
    return access(marker, F_OK) != 0;
}

#define FAILING(name) \\
    int name(int file, int command, ...) { \\
        va_list list; \\
        va_start(list, command); \\
        void *argument = va_arg(list, void *); \\
        va_end(list); \\
        int saved = errno; \\
        if ((command == F_SETLK || command == F_SETLKW || command == F_GETLK) && refuses(file)) { \\
            errno = ENOLCK; \\
            return -1; \\
        } \\
        errno = saved; \\
        int (*next)(int, int, ...) = dlsym(RTLD_NEXT, #name); \\
        return next(file, command, argument); \\
    }
FAILING(fcntl)
FAILING(fcntl64)
"""


def start(simulator, start_exporter, path, **more):
    exporter = start_exporter(account(simulator, addons=[ADDON]), state={"path": str(path)}, **more)
    return exporter, exporter.wait_until_observed(ADDON)


@pytest.fixture
def fast(start_simulator):
    """A simulator in whose time the five minutes between two attempts to use the file are half a second."""
    return start_simulator("--simulator.virtual-clock", "--simulator.time-scale", "600")


@pytest.fixture
def start_mounted(binary, tmp_path, programs):
    """Starts an exporter with its history in `state`, after commands in a mount namespace of its own."""

    def start(simulator, *commands):
        (tmp_path / "state").mkdir(exist_ok=True)
        file = write(tmp_path / "mounted.yml", account(simulator, addons=[ADDON]), interval="1m",
                     state={"path": str(tmp_path / "state" / "history.sqlite")})
        programs.append(Exporter(
            mounted(tmp_path, binary, *commands), tmp_path, ("--config.file", file, *simulator.clock_arguments),
            ENVIRONMENT, name="mounted"))
        return programs[-1]

    return start


@needs_root
def test_a_full_disk(fast, start_mounted, tmp_path):
    exporter = start_mounted(fast, f"mount -t tmpfs -o size=8m tmpfs {tmp_path}/state")
    good = exporter.wait_until_observed(ADDON)
    assert good.value(PERSISTENT) == 1
    folder = seen_by(exporter, tmp_path / "state")
    fill(folder / "filler")
    full = exporter.wait_for_page(lambda page: page.value(PERSISTENT) == 0)
    assert full.value(ERRORS) >= 1
    # Each attempt to use the file again is an error in the metric, and none in the log.
    later = exporter.wait_for_page(lambda page: page.value(ERRORS) >= full.value(ERRORS) + 2)
    assert later.of(ADDON, OBSERVED) > full.of(ADDON, OBSERVED)
    (line,) = exporter.logged(HISTORY_TROUBLE)
    assert "level=warn" in line and "full" in line
    (folder / "filler").unlink()
    back = exporter.wait_for_page(lambda page: page.value(PERSISTENT) == 1)
    assert len(exporter.logged(HISTORY_BACK)) == 1
    exporter.wait_until_observed(ADDON, since=back.of(ADDON, OBSERVED))
    # What a copy in mid-use has, as the file system is gone with the process.
    exporter.signal(signal.SIGSTOP)
    shutil.copytree(folder, tmp_path / "copy")
    exporter.signal(signal.SIGCONT)
    assert check(tmp_path / "copy" / "history.sqlite") == [(ADDON[1],)]


def check(path):
    """The addons of a history, after SQLite has checked all of it."""
    with sqlite3.connect(path) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return database.execute("SELECT addon FROM addon").fetchall()


@needs_root
@pytest.mark.parametrize("commands", [
    ["mount --bind {state} {state}", "mount -o remount,bind,ro {state}"],
    ["chmod 0500 {state}", "chmod 0400 {state}/history.sqlite", "exec setpriv --bounding-set=-dac_override {binary} \"$@\""],
    ["chmod 0400 {state}/history.sqlite", "exec setpriv --bounding-set=-dac_override {binary} \"$@\""],
], ids=["file system", "folder", "file"])
def test_read_only(commands, binary, fast, start_exporter, start_mounted, tmp_path):
    path = tmp_path / "state" / "history.sqlite"
    first, _ = start(fast, start_exporter, path)
    first.stop()
    before = path.read_bytes()
    # Nothing can be read, so that what is served is what was kept.
    fast.faults({"kind": "status", "status": 500})
    exporter = start_mounted(fast, *(each.format(state=path.parent, binary=binary) for each in commands))
    page = exporter.wait_for_page(lambda page: page.value(ERRORS) >= 3)
    assert page.value(PERSISTENT) == 0 and page.of(ADDON, OBSERVED) is not None
    (line,) = exporter.logged(HISTORY_TROUBLE)
    assert "level=warn" in line and "it can only be read" in line
    exporter.signal(signal.SIGTERM)
    assert exporter.wait()[0] == 0
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_file_system_without_locks(fast, start_exporter, tmp_path):
    folder = tmp_path / "state"
    environment = {**ENVIRONMENT, **library(tmp_path, "locks", REFUSES_LOCKS), "NO_LOCKS": str(folder)}
    exporter, page = start(fast, start_exporter, folder / "history.sqlite", environment=environment)
    assert page.value(PERSISTENT) == 0
    # It is no other process that counts instead.
    assert page.of(ADDON, "northflank_addon_backup_outcomes_total", status="failed") == 0
    (line,) = exporter.logged(NO_LOCKS)
    assert "level=warn" in line and "No locks available" in line and "NFS" in line and "state.path" in line
    assert not exporter.logged(HISTORY_IN_USE)
    (folder / "locks").write_text("")
    exporter.wait_for_page(lambda page: page.value(PERSISTENT) == 1)
    assert len(exporter.logged(NO_LOCKS)) == len(exporter.logged(HISTORY_BACK)) == 1


@pytest.mark.parametrize("length", [None, 0, 100], ids=["deleted", "empty", "cut"])
def test_a_lost_log(simulator, start_exporter, tmp_path, length):
    path, log = tmp_path / "history.sqlite", tmp_path / "history.sqlite-wal"
    first, page = start(simulator, start_exporter, path)
    first.signal(signal.SIGKILL)
    first.wait()
    if length is None:
        log.unlink()
    else:
        os.truncate(log, length)
    second, page = start(simulator, start_exporter, path)
    (line,) = second.logged(LOST_LOG)
    assert "level=warn" in line and "history.sqlite-wal" in line
    assert (page.value(PERSISTENT), page.value(CORRUPTIONS)) == (1, 1)
    # With its log, the file of a process that was killed lacks nothing.
    second.signal(signal.SIGKILL)
    second.wait()
    third, page = start(simulator, start_exporter, path)
    assert not third.logged(LOST_LOG) and page.value(CORRUPTIONS) == 0


def test_a_file_of_a_later_version_is_left_alone(fast, start_exporter, tmp_path):
    path = tmp_path / "state" / "history.sqlite"
    start(fast, start_exporter, path)[0].stop()
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA user_version = 99")
    database.close()
    before = path.read_bytes()
    exporter, page = start(fast, start_exporter, path)
    assert page.value(PERSISTENT) == 0
    (line,) = exporter.logged(LATER_VERSION)
    assert "level=warn" in line
    exporter.signal(signal.SIGTERM)
    assert exporter.wait()[0] == 0
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == [path.name]
