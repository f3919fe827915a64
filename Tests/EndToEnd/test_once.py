"""`once`: collects, prints or writes a file, and tells by its exit code whether all of it worked."""

import os
import stat

import pytest

from support import configuration, truth
from support.command import run
from support.configuration import account
from support.page import Page


@pytest.fixture
def once(binary, tmp_path):
    def collected(*accounts, arguments=(), **poll):
        file = configuration.write(tmp_path / "config.yml", *accounts, **poll)
        return run(binary, "once", "--config.file", file, *arguments, directory=tmp_path,
                   environment=configuration.ENVIRONMENT)

    return collected


def test_it_prints_every_addon(simulator, once):
    result = once(account(simulator))
    assert result.returncode == 0
    page = Page(result.stdout)
    assert page.addons == set(simulator.addons)
    assert {page.of(addon, "northflank_addon_up") for addon in page.addons} == {1}
    expected = truth.expected_fleet(simulator.truth)
    assert truth.samples_of(page, ("billing", "ledger-db")) == expected["billing", "ledger-db"]


def test_it_exits_with_1_if_an_addon_fails(simulator, once):
    simulator.faults({"kind": "status", "status": 500, "endpoint": "backups", "addon": "orders-db"})
    result = once(account(simulator))
    assert result.returncode == 1
    page = Page(result.stdout)
    assert page.of(("shop", "orders-db"), "northflank_addon_up") == 0
    assert page.of(("shop", "catalog-db"), "northflank_addon_up") == 1
    assert "addon=orders-db" in result.stderr


@pytest.mark.parametrize("fault", [
    {"kind": "status", "status": 401}, {"kind": "status", "status": 500, "endpoint": "projects"},
    {"kind": "status", "status": 500, "endpoint": "addons", "project": "shop"}],
    ids=["all refused", "no projects", "one project without addons"])
def test_it_exits_with_1_if_discovery_fails(simulator, once, fault):
    simulator.faults(fault)
    assert once(account(simulator)).returncode == 1


@pytest.mark.parametrize("addon", [("shop", "no-such-addon"), ("no-such-project", "orders-db")])
def test_it_exits_with_1_if_there_is_no_such_addon(simulator, once, addon):
    result = once(account(simulator, addons=[addon, ("shop", "orders-db")]))
    assert result.returncode == 1
    assert Page(result.stdout).of(("shop", "orders-db"), "northflank_addon_up") == 1


def test_it_exits_with_1_if_nothing_answers(simulator, once):
    result = once(account(simulator, addons=[("shop", "orders-db")], base_url="http://127.0.0.1:1"))
    assert result.returncode == 1
    page = Page(result.stdout)
    # The list of projects, that of the project's addons, and the backups.
    assert page.value("northflank_api_errors_total", account="default", reason="connect") == 3


def test_output_replaces_the_file_atomically(simulator, once, tmp_path):
    output = tmp_path / "textfile" / "northflank.prom"
    output.parent.mkdir()
    output.write_text("old\n")
    # Whoever has the file open goes on reading the old one: it was replaced, and not written over.
    with open(output) as reader:
        result = once(account(simulator), arguments=("--output", output))
        assert reader.read() == "old\n"
    assert (result.returncode, result.stdout) == (0, "")
    assert Page(output.read_text()).addons == set(simulator.addons)
    assert [path.name for path in output.parent.iterdir()] == ["northflank.prom"]


def test_the_file_can_be_read_by_node_exporter(simulator, once, tmp_path):
    output = tmp_path / "new.prom"
    assert once(account(simulator), arguments=("--output", output)).returncode == 0
    # Which runs as another user: a new file has the mode that the umask leaves.
    umask = os.umask(0)
    os.umask(umask)
    assert stat.S_IMODE(output.stat().st_mode) == 0o666 & ~umask
    page = Page(output.read_text())
    names = {name for name, _ in page.samples}
    # Ages would stand still in a file, and node_exporter has metrics of a process itself.
    assert not any(name.startswith("process_") or name.endswith("_age_seconds") for name in names)


def test_a_file_of_a_failed_collection_says_so(simulator, once, tmp_path):
    output = tmp_path / "northflank.prom"
    simulator.faults({"kind": "status", "status": 500, "endpoint": "backups", "addon": "orders-db"})
    assert once(account(simulator), arguments=("--output", output)).returncode == 1
    assert Page(output.read_text()).of(("shop", "orders-db"), "northflank_addon_up") == 0


def test_a_file_that_cannot_be_written(simulator, once, tmp_path):
    result = once(account(simulator), arguments=("--output", tmp_path / "no-such-directory" / "file.prom"))
    assert result.returncode == 1 and "no-such-directory/file.prom: cannot be written" in result.stderr
