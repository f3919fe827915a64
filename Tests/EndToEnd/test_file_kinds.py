"""A folder, a pipe, a socket or a device in place of a file: an error with its reason, and no start that waits for ever."""

import os
import socket
import sqlite3
import subprocess

import pytest

from support.command import run
from support.configuration import ENVIRONMENT, account, write
from support.texts import HISTORY_TROUBLE, NOT_REGULAR

ADDON = ("shop", "orders-db")


def made(path, kind):
    """Makes a file that is no regular file."""
    if kind == "a folder":
        path.mkdir()
    elif kind == "a pipe":
        os.mkfifo(path)
    elif kind == "a socket":
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(str(path))
    else:
        path.symlink_to("/dev/zero")
    return path


KINDS = pytest.mark.parametrize("kind", ["a folder", "a pipe", "a socket", "a device"])


@KINDS
@pytest.mark.parametrize("name", ["history.sqlite", "history.sqlite-wal", "history.sqlite-journal"])
def test_no_regular_file_in_place_of_the_history(simulator, start_exporter, tmp_path, kind, name):
    (tmp_path / "state").mkdir()
    if name != "history.sqlite":
        sqlite3.connect(tmp_path / "state" / "history.sqlite").execute("CREATE TABLE x (y)").connection.close()
    before = os.lstat(made(tmp_path / "state" / name, kind))
    exporter = start_exporter(
        account(simulator, addons=[ADDON]), state={"path": str(tmp_path / "state" / "history.sqlite")})
    assert exporter.wait_until_observed(ADDON).value("northflank_exporter_state_persistent") == 0
    (line,) = exporter.logged(HISTORY_TROUBLE)
    assert NOT_REGULAR in line
    after = os.lstat(tmp_path / "state" / name)
    assert (before.st_ino, before.st_mode) == (after.st_ino, after.st_mode)


@KINDS
def test_no_regular_file_in_place_of_a_token_or_of_authorities(binary, tmp_path, kind):
    path = made(tmp_path / "file", kind)
    for key, more in (("token_file", {}), ("ca_file", {"token_env": "SIMULATOR_TOKEN"})):
        file = write(tmp_path / "config.yml", {key: str(path), **more, "discovery": {"enabled": True}})
        done = run(binary, "serve", "--config.file", file, environment=ENVIRONMENT, within=10)
        assert done.returncode == 2
        assert f"accounts[0].{key}: " in done.stderr and f"{path} is {kind}" in done.stderr


@KINDS
def test_no_regular_file_in_place_of_the_configuration(binary, tmp_path, kind):
    path = made(tmp_path / "file", kind)
    done = run(binary, "serve", "--config.file", path, environment=ENVIRONMENT, within=20)
    assert done.returncode == 2
    expected = {"a pipe": "nothing was written to it for 5 seconds", "a device": "has more than"}
    assert f"{path}: {expected.get(kind, f'is {kind}')}" in done.stderr


def test_a_configuration_from_a_pipe(binary, tmp_path):
    file = write(tmp_path / "config.yml", {"token_env": "SIMULATOR_TOKEN", "discovery": {"enabled": True}})
    with subprocess.Popen(["cat", file], stdout=subprocess.PIPE) as cat:
        done = subprocess.run([binary, "check-config", "--config.file", "/dev/stdin"], stdin=cat.stdout,
                              capture_output=True, text=True, env=ENVIRONMENT, timeout=20)
    assert done.returncode == 0, done.stderr
