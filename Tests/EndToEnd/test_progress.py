"""Progress of long work: in a line of a terminal that is cleared at the end, and nowhere else."""

import pytest

from support.command import run
from support.terminal import on_terminal


@pytest.fixture
def environment(simulator):
    return {"NORTHFLANK_API_TOKEN": simulator.TOKEN, "NORTHFLANK_API_BASE_URL": simulator.url,
            "NORTHFLANK_STATE_PATH": ":memory:"}


def test_once_shows_how_far_it_is(binary, simulator, environment):
    simulator.faults({"kind": "latency", "seconds": 0.5, "endpoint": "backups"})
    shown, code = on_terminal(["sh", "-c", f"'{binary}' once >/dev/null"], **environment)
    assert code == 0
    assert "\r\x1b[Kfirst checks: " in shown and " of 12 databases done" in shown
    assert shown.endswith("\r\x1b[K") or shown.rstrip().endswith('"')


def test_a_pipe_shows_none(binary, environment):
    result = run(binary, "once", environment=environment)
    assert result.returncode == 0 and "\x1b" not in result.stderr + result.stdout
    assert "first checks" not in result.stderr
