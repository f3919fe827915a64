"""The end of a process in good order: with the address sanitizer (make sanitize), lost memory makes its status an error."""

import signal

from support.configuration import account
from support.simulator import Simulator


def test_serve_ends_well_after_polls_scrapes_and_reloads(simulator, start_exporter, tmp_path):
    exporter = start_exporter(account(simulator), state={"path": str(tmp_path / "history.sqlite")},
                              arguments=("--web.enable-lifecycle",))
    exporter.wait_until_observed(*simulator.addons)
    simulator.faults({"kind": "canned", "endpoint": "backups", "status": 500, "body": "no"})
    exporter.signal(signal.SIGHUP)
    for path in ("/", "/metrics", "/api/health", "/nothing"):
        exporter.get(path, Accept_Encoding="gzip")
    exporter.signal(signal.SIGTERM)
    assert exporter.wait()[0] == 0
    assert "Sanitizer" not in exporter.stderr


def test_simulate_ends_well(binary, tmp_path, programs):
    programs.append(Simulator(binary, tmp_path))
    programs[-1].signal(signal.SIGINT)
    code, _ = programs[-1].wait()
    assert code in (0, -signal.SIGINT)
    assert "Sanitizer" not in programs[-1].stderr
