"""What a service manager and a container's health check are told."""

import socket

import pytest

from support.command import run
from support.configuration import ENVIRONMENT, account
from support.proxy import refusing_proxy
from support.texts import NO_EXPORTER, OTHER_PROGRAM


@pytest.fixture
def manager(tmp_path):
    """The socket of a service manager, which takes what services say."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        # A test's own folder may have too long a name for a socket.
        listening.bind("\0northflank-backup-exporter-test-" + str(hash(tmp_path)))
        listening.settimeout(30)
        yield listening


@pytest.fixture
def start_managed(simulator, start_exporter, manager):
    def start(**environment):
        name = "@" + manager.getsockname()[1:].decode()
        return start_exporter(account(simulator), environment={**ENVIRONMENT, "NOTIFY_SOCKET": name, **environment})

    return start


def said(manager):
    return manager.recv(4096).decode().splitlines()


def test_ready_alive_and_stopping(start_managed, manager):
    exporter = start_managed(WATCHDOG_USEC="600000")
    words = [said(manager)]
    # It listens by then.
    assert exporter.get("/-/healthy").status == 200
    words += [said(manager) for _ in range(5)]
    # Readiness again and again, since a message that nobody takes in time is lost.
    for ready, status, alive in words:
        assert (ready, status[:7], alive) == ("READY=1", "STATUS=", "WATCHDOG=1")
    exporter.wait_for_page(lambda page: page.having("northflank_addon_backup_health", state="failing"))
    exporter.stop()
    while (word := said(manager)) != ["STOPPING=1"]:
        assert word[0] == "READY=1"
    assert exporter.process.poll() == 0


def test_how_the_fleet_is_shows_in_the_status(start_managed, manager):
    exporter = start_managed(WATCHDOG_USEC="300000")
    exporter.wait_until_observed(("billing", "invoices-db"))
    while "not protected as decided" not in (status := said(manager)[1]):
        assert status.startswith("STATUS=")


def test_a_watchdog_that_is_meant_for_another_process_changes_nothing(start_managed, manager):
    start_managed(WATCHDOG_USEC="1000", WATCHDOG_PID="1")
    assert said(manager)[0] == "READY=1"
    manager.settimeout(2)
    with pytest.raises(TimeoutError):
        said(manager)


@pytest.mark.parametrize("name", ["", "nonsense", "/nobody/listens", "@" + "x" * 200])
def test_a_manager_that_cannot_be_told_is_no_reason_to_end(simulator, start_exporter, name):
    exporter = start_exporter(account(simulator), environment={**ENVIRONMENT, "NOTIFY_SOCKET": name})
    exporter.wait_until_observed(("billing", "invoices-db"))


def test_the_health_check(exporter, binary, tmp_path):
    def check(url, environment=None):
        return run(binary, "healthcheck", "--url", url, directory=tmp_path, environment=environment)

    done = check(exporter.url)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert check(exporter.url + "/").returncode == 0
    done = check(exporter.url + "/nowhere")
    assert done.returncode == 1
    assert done.stderr == (
        f"{exporter.url}/nowhere answers HTTP 404; {OTHER_PROGRAM}\n")
    # A proxy is for the way to Northflank.
    with refusing_proxy() as (proxy, heads):
        done = check("http://exporter.invalid:9974", environment={"http_proxy": proxy, "ALL_PROXY": proxy})
        assert (done.returncode, heads) == (1, [])
        assert "the name exporter.invalid does not resolve" in done.stderr
    exporter.stop()
    done = check(exporter.url)
    assert done.returncode == 1
    assert f"{NO_EXPORTER}\n" in done.stderr
