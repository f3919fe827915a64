"""The history as a file to keep and to move: state export and state import."""

import os
import signal
import sqlite3
import threading

import pytest

from support.command import run
from support.configuration import account
from support.world import outcomes_of

ADDONS = [("shop", "orders-db"), ("shop", "carts-cache"), ("billing", "ledger-db")]
LIFECYCLE = ("--web.enable-lifecycle",)


@pytest.fixture
def start(simulator, start_exporter, tmp_path):
    def start(name="history.sqlite", arguments=LIFECYCLE):
        exporter = start_exporter(
            account(simulator), state={"path": str(tmp_path / name)}, arguments=arguments)
        exporter.wait_until_observed(*ADDONS)
        return exporter

    return start


def addons_of(path):
    with sqlite3.connect(f"file:{path}?immutable=1", uri=True) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return database.execute("SELECT project, addon, completed, failed FROM addon ORDER BY 1, 2").fetchall()


def exported(result, path):
    assert result.returncode == 0, result
    addons = addons_of(path)
    assert result.stdout.startswith(f"{len(addons)} addons exported to {path} ("), result
    assert path.stat().st_mode & 0o777 == 0o600
    return addons


def refused(result, text):
    assert (result.returncode, result.stdout) == (2, ""), result
    assert text in result.stderr, result


def test_a_copy_of_a_running_exporter_moves_to_another_one(binary, start, tmp_path):
    first = start()
    copy = tmp_path / "copy.sqlite"
    copy.write_text("an earlier copy is replaced")
    # Scrapes and polls, one each second for each addon, go on meanwhile.
    is_over = threading.Event()
    statuses = []

    def scrape():
        while not is_over.is_set():
            statuses.append(first.get("/metrics").status)

    scraper = threading.Thread(target=scrape)
    scraper.start()
    for _ in range(5):
        addons = exported(run(binary, "state", "export", copy, "--url", first.url), copy)
    is_over.set()
    scraper.join()
    assert set(statuses) == {200}
    assert {(project, addon) for project, addon, _, _ in addons} >= set(ADDONS)
    # Nothing is left beside the history or the copy.
    assert not [name for name in os.listdir(tmp_path) if "export" in name and name.startswith("history") or "partial" in name]

    # A second exporter continues from the copy, and the earlier history of it is kept.
    second = start("other.sqlite")
    other = tmp_path / "other.sqlite"
    refused(run(binary, "state", "import", copy, "--state.path", other), "an exporter uses the history; stop it first")
    second.signal(signal.SIGTERM)
    assert second.wait()[0] == 0
    counters = {addon: outcomes_of(first.page(), addon) for addon in ADDONS}
    exported(run(binary, "state", "export", copy, "--url", first.url), copy)
    first.signal(signal.SIGTERM)
    assert first.wait()[0] == 0
    done = run(binary, "state", "import", copy, "--state.path", other)
    assert done.returncode == 0, done
    assert done.stdout.startswith(f"{len(addons)} addons imported into {other}; the earlier history is in {other}.before-import-")
    restarted = start("other.sqlite")
    assert {addon: outcomes_of(restarted.page(), addon) for addon in ADDONS} == counters
    assert restarted.page().value("northflank_exporter_state_persistent") == 1


def test_without_an_exporter_the_file_itself_is_copied(binary, start, tmp_path):
    history, copy = tmp_path / "history.sqlite", tmp_path / "copy.sqlite"
    exporter = start()
    refused(run(binary, "state", "export", copy, "--state.path", history), "an exporter uses the history")
    # Its log is part of the history.
    exporter.signal(signal.SIGKILL)
    exporter.wait()
    before = {name: (tmp_path / name).read_bytes() for name in os.listdir(tmp_path) if name.startswith("history")}
    assert set(before) == {"history.sqlite", "history.sqlite-wal"}
    addons = exported(run(binary, "state", "export", copy, "--state.path", history), copy)
    assert {(project, addon) for project, addon, _, _ in addons} >= set(ADDONS)
    assert {name: (tmp_path / name).read_bytes() for name in os.listdir(tmp_path) if name.startswith("history")} == before


def test_the_copy_takes_the_place_of_no_history_and_of_no_device(binary, start, tmp_path):
    exporter = start()
    history, pipe, link = tmp_path / "history.sqlite", tmp_path / "pipe", tmp_path / "link"
    os.mkfifo(pipe)
    link.symlink_to(history)
    inode = history.stat().st_ino
    for file in history, link:
        refused(run(binary, "state", "export", file, "--url", exporter.url), "an exporter uses this history")
    for file in pipe, tmp_path:
        refused(run(binary, "state", "export", file, "--url", exporter.url), "it is no regular file")
    assert (history.stat().st_ino, pipe.is_fifo(), link.is_symlink()) == (inode, True, True)
    exporter.signal(signal.SIGTERM)
    assert exporter.wait()[0] == 0
    for arguments in ([history, "--state.path", history], [link, "--state.path", history]):
        refused(run(binary, "state", "export", *arguments), "the file is the history itself")
    assert history.stat().st_ino == inode


def test_an_exporter_without_the_lifecycle_api_gives_no_copy(binary, start, tmp_path):
    exporter = start(arguments=())
    copy = tmp_path / "copy.sqlite"
    refused(run(binary, "state", "export", copy, "--url", exporter.url), "--web.enable-lifecycle")
    assert not copy.exists() and not list(tmp_path.glob("copy*"))


def test_what_is_no_history_is_not_imported(binary, start, tmp_path):
    exporter = start()
    exporter.signal(signal.SIGTERM)
    exporter.wait()
    history = tmp_path / "history.sqlite"
    before = history.read_bytes()

    def refuse(source, text):
        refused(run(binary, "state", "import", source, "--state.path", history), text)
        assert history.read_bytes() == before
        assert [path.name for path in tmp_path.glob("history*")] == ["history.sqlite"]

    refuse(tmp_path / "missing", "missing: there is no such file")
    (tmp_path / "text").write_text("this is no database" * 1000)
    refuse(tmp_path / "text", "text: the file is no history of the exporter")
    corrupt = bytearray(before)
    corrupt[8192:12288] = bytes(4096)
    (tmp_path / "corrupt").write_bytes(corrupt)
    refuse(tmp_path / "corrupt", "corrupt: the history is corrupt")
    (tmp_path / "newer").write_bytes(before)
    with sqlite3.connect(tmp_path / "newer") as database:
        database.execute("PRAGMA user_version = 99")
    database.close()
    refuse(tmp_path / "newer", "newer: a later version of the exporter wrote the history")
    refuse(history, "the file is the history itself")
