"""`--web.systemd-socket`: the exporter serves on the socket that systemd opened."""

import socket

import pytest

from support import http
from support.command import run
from support.configuration import ENVIRONMENT, account, write
from support.program import Program
from support.waiting import eventually


@pytest.fixture
def configuration(simulator, tmp_path):
    return write(tmp_path / "config.yml", account(simulator, addons=[("shop", "orders-db")]))


def test_serves_on_the_socket_of_systemd(binary, configuration, tmp_path, programs):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    # It opens the port, and starts the program at the first connection, as systemd does.
    variables = [f"--setenv={name}={value}" for name, value in ENVIRONMENT.items()]
    programs.append(Program(
        ["systemd-socket-activate", f"--listen=127.0.0.1:{port}", *variables, binary, "--config.file", configuration,
         "--web.systemd-socket"], tmp_path, name="activated"))
    programs[-1].wait_for("Listening on")
    page = eventually(lambda: http.get(f"http://127.0.0.1:{port}/metrics"))
    assert page.status == 200 and "process_start_time_seconds" in page.text
    programs[-1].wait_for(rf"msg=listening address=\S+ socket, port {port}")


def test_without_a_socket_of_systemd(binary, configuration, tmp_path):
    for environment, words in [({}, "systemd passed no socket"),
                               ({"LISTEN_FDS": "1", "LISTEN_PID": "1"}, "passed its sockets to another process")]:
        ended = run(binary, "--config.file", configuration, "--web.systemd-socket", directory=tmp_path,
                    environment={**ENVIRONMENT, **environment}, within=20)
        assert ended.returncode != 0 and words in ended.stderr, ended
