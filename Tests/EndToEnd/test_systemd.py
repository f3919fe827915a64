"""The systemd unit, as systemd-analyze sees it. test_deb.py runs it."""

import re
import subprocess

import pytest

from conftest import ROOT

UNIT = ROOT / "deploy" / "systemd" / "northflank-backup-exporter.service"
SOCKET = UNIT.with_suffix(".socket")


def analyze(*arguments):
    """The exit code and what was printed, on whichever output."""
    result = subprocess.run(["systemd-analyze", "--no-pager", *map(str, arguments)], stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT, text=True, check=False)
    return result.returncode, result.stdout


def test_exposure():
    # The threshold is in tenths.
    code, report = analyze("security", "--offline=true", "--threshold=15", UNIT)
    assert code == 0, report
    assert "Overall exposure level" in report


def verify(folder, text, binary):
    """What systemd has to say about a unit that runs a program which is here."""
    file = folder / UNIT.name
    file.write_text(re.sub(r"^ExecStart=\S+", f"ExecStart={binary}", text, flags=re.MULTILINE))
    # Exits with 0 whatever it has to say about most mistakes.
    return analyze("verify", "--man=no", file)[1]


def test_nothing_is_unknown_to_systemd(tmp_path, binary):
    assert verify(tmp_path, UNIT.read_text(), binary) == ""


def test_the_socket_belongs_to_the_service(tmp_path, binary):
    (tmp_path / SOCKET.name).write_text(SOCKET.read_text())
    verify(tmp_path, UNIT.read_text(), binary)
    assert analyze("verify", "--man=no", tmp_path / SOCKET.name)[1] == ""
    token = next(line for line in UNIT.read_text().splitlines() if line.startswith("ConditionPathExists="))
    assert token in SOCKET.read_text().splitlines()


@pytest.mark.parametrize("line", ["DynamicUsr=yes", "WatchdogSec=soon", "SystemCallFilter=@no-such-set"])
def test_a_mistake_would_be_seen(tmp_path, binary, line):
    assert f"{UNIT.name}:" in verify(tmp_path, UNIT.read_text().replace("DynamicUser=yes", line), binary)
