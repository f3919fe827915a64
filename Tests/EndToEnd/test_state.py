"""The history's file: kept, shared with nobody, corrupt, or impossible."""

import signal

from support.configuration import account
from support.texts import HISTORY_IN_USE, HISTORY_TROUBLE

ADDON = ("shop", "orders-db")
PERSISTENT = "northflank_exporter_state_persistent"


def start(simulator, start_exporter, path):
    exporter = start_exporter(account(simulator, addons=[ADDON]), state={"path": str(path)})
    return exporter, exporter.wait_until_observed(ADDON)


def test_a_file_is_made_and_kept(simulator, start_exporter, tmp_path):
    path = tmp_path / "new" / "folder" / "history.sqlite"
    exporter, page = start(simulator, start_exporter, path)
    assert page.value(PERSISTENT) == 1
    assert page.value("northflank_exporter_state_bytes") > 0
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    exporter.signal(signal.SIGTERM)
    assert exporter.wait()[0] == 0
    # A clean end leaves one file.
    assert [each.name for each in path.parent.iterdir()] == ["history.sqlite"]


def test_systemd_names_the_folder(simulator, start_exporter, tmp_path):
    folder = tmp_path / "systemd"
    environment = {"SIMULATOR_TOKEN": simulator.TOKEN, "STATE_DIRECTORY": str(folder)}
    exporter = start_exporter(account(simulator, addons=[ADDON]), environment=environment)
    assert exporter.wait_until_observed(ADDON).value(PERSISTENT) == 1
    assert (folder / "history.sqlite").exists()


def test_memory_is_enough_to_run(exporter, simulator):
    page = exporter.wait_until_observed(ADDON)
    assert page.value(PERSISTENT) == 0
    assert page.value("northflank_exporter_state_write_errors_total") == 0
    assert "istory" not in exporter.stderr


def test_two_exporters_do_not_share_a_file(simulator, start_exporter, tmp_path):
    path = tmp_path / "history.sqlite"
    first, page = start(simulator, start_exporter, path)
    second, other = start(simulator, start_exporter, path)
    assert (page.value(PERSISTENT), other.value(PERSISTENT)) == (1, 0)
    # Counters that begin anew here would leap when the file is free.
    outcomes = "northflank_addon_backup_outcomes_total"
    assert page.of(ADDON, outcomes, status="failed") == 0
    assert outcomes not in other.names_of(ADDON)
    assert second.logged(HISTORY_IN_USE)
    assert not first.logged(HISTORY_IN_USE)


def test_a_corrupt_file_is_set_aside(simulator, start_exporter, tmp_path):
    path = tmp_path / "history.sqlite"
    path.write_bytes(b"this is no database" * 1000)
    exporter, page = start(simulator, start_exporter, path)
    assert page.value(PERSISTENT) == 1
    assert page.value("northflank_exporter_state_corruptions_total") == 1
    (kept,) = tmp_path.glob("history.sqlite.corrupt-*")
    assert kept.read_bytes() == b"this is no database" * 1000
    (line,) = exporter.logged(HISTORY_TROUBLE)
    assert "level=warn" in line and kept.name in line


def test_a_place_that_cannot_be_written_is_no_reason_to_stop(simulator, start_exporter, tmp_path):
    (tmp_path / "file").write_text("")
    exporter, page = start(simulator, start_exporter, tmp_path / "file" / "history.sqlite")
    assert page.value(PERSISTENT) == 0
    assert page.value("northflank_exporter_state_write_errors_total") >= 1
    assert exporter.logged(HISTORY_TROUBLE)
