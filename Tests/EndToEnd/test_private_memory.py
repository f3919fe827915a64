"""The process's memory and environment, in which tokens are: no other process of its user reads them, no core file
has them."""

import os
import pathlib
import resource
import signal
import subprocess

import pytest

from support.configuration import ENVIRONMENT, account
from support.exporter import Exporter
from support.preload import library
from support.simulator import Simulator
from support.waiting import eventually

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can start a program as another user")
NOBODY = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
# What only who may trace a process can read.
PRIVATE = ("environ", "maps", "auxv", "fd")
KEEPS_LIMITS = """
#include <sys/resource.h>
int setrlimit(__rlimit_resource_t resource, const struct rlimit *limit) { return 0; }
"""


@pytest.fixture
def cores_allowed():
    """Lets the programs that this test starts write core files, as `ulimit -c unlimited` does."""
    before = resource.getrlimit(resource.RLIMIT_CORE)
    try:
        resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    except (PermissionError, ValueError):
        pytest.skip("only root can raise the limit")
    yield
    resource.setrlimit(resource.RLIMIT_CORE, before)


def end_of(pid, number):
    """How a child of this process ended by a signal: CLD_DUMPED if the kernel wrote a core file or passed it on."""
    os.kill(pid, number)
    return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT).si_code


@pytest.mark.parametrize("number", [signal.SIGABRT, signal.SIGSEGV], ids=["abort", "fault"])
def test_no_core_file_is_written(exporter, tmp_path, cores_allowed, number):
    ordinary = subprocess.Popen(["sleep", "60"], cwd=tmp_path)
    # Not yet while the child is still a copy of this process.
    eventually(lambda: "sleep" in pathlib.Path(f"/proc/{ordinary.pid}/comm").read_text())
    assert end_of(ordinary.pid, number) == os.CLD_DUMPED
    ordinary.wait()
    for core in tmp_path.glob("core*"):
        core.unlink()
    limits = pathlib.Path(f"/proc/{exporter.pid}/limits").read_text()
    assert "Max core file size 0 0 bytes" in " ".join(limits.split())
    assert end_of(exporter.pid, number) == os.CLD_KILLED
    assert list(tmp_path.glob("core*")) == []


def test_no_core_file_is_written_though_the_limit_would_allow_it(start_exporter, simulator, tmp_path, cores_allowed):
    """A core file that goes to a program, as with systemd-coredump, does not depend on the limit."""
    keeps_limits = library(tmp_path, "limits", KEEPS_LIMITS)
    exporter = start_exporter(account(simulator), environment={**ENVIRONMENT, **keeps_limits})
    limits = pathlib.Path(f"/proc/{exporter.pid}/limits").read_text()
    assert "Max core file size unlimited unlimited bytes" in " ".join(limits.split())
    assert end_of(exporter.pid, signal.SIGABRT) == os.CLD_KILLED
    assert list(tmp_path.glob("core*")) == []


@pytest.fixture
def started_as_nobody(binary, simulator, tmp_path, programs):
    script = tmp_path / "as-nobody"
    script.write_text(f'#!/bin/sh\nexec {" ".join(NOBODY)} {binary} "$@"\n')
    script.chmod(0o755)
    programs.append(Exporter(script, tmp_path, environment={
        "NORTHFLANK_API_TOKEN": Simulator.TOKEN, "NORTHFLANK_API_BASE_URL": simulator.url,
        "NORTHFLANK_ADDONS": "shop/orders-db"}))
    return programs[-1]


def refused_to_nobody(pid):
    """Which private files of a process another process of user 65534 cannot read."""
    return {name for name in PRIVATE
            if subprocess.run([*NOBODY, "ls" if name == "fd" else "cat", f"/proc/{pid}/{name}"],
                              capture_output=True).returncode}


@as_root
def test_other_processes_of_its_user_cannot_look_inside(started_as_nobody):
    ordinary = subprocess.Popen([*NOBODY, "sleep", "60"])
    try:
        eventually(lambda: "sleep" in pathlib.Path(f"/proc/{ordinary.pid}/comm").read_text())
        assert refused_to_nobody(ordinary.pid) == set()
    finally:
        ordinary.kill()
        ordinary.wait()
    assert refused_to_nobody(started_as_nobody.pid) == set(PRIVATE)


@as_root
def test_it_still_reads_its_own_status(started_as_nobody):
    page = started_as_nobody.wait_until_observed(("shop", "orders-db"))
    for name in ("process_open_fds", "process_max_fds", "process_cpu_seconds_total", "process_start_time_seconds",
                 "process_resident_memory_bytes", "process_virtual_memory_bytes"):
        assert page.value(name) > 0, name
    # The kernel's own list has the directory's own descriptor too, while the exporter reads it.
    assert page.value("process_open_fds") >= len(os.listdir(f"/proc/{started_as_nobody.pid}/fd")) - 1
