"""The command line: what it says, and with which code it ends."""

import json
import re
import socket

import pytest

from support import http
from support.command import run
from support.configuration import account
from support.program import Program
from support.waiting import eventually


def test_version(binary):
    result = run(binary, "--version")
    assert result.returncode == 0
    assert re.fullmatch(r"northflank-backup-exporter, version \d+\.\d+\.\d+ \(revision: \w+\)\n"
                        r"  swift:   \d+\.\d+(\.\d+)?\n  libcurl: \d+\.\d+\.\d+\n", result.stdout)


COMMANDS = [("serve",), ("once",), ("check-config",), ("demo",), ("status",), ("explain",), ("report",), ("forget",),
            ("healthcheck",), ("state", "export"), ("state", "import"), ("simulate",)]


@pytest.mark.parametrize("command", [(), *COMMANDS])
@pytest.mark.parametrize("form", ["{} --help", "{} -h", "help {}"])
def test_help(binary, command, form):
    """In lines of at most 80 characters, whatever the form."""
    result = run(binary, *form.format(" ".join(command)).split())
    assert (result.returncode, result.stderr) == (0, "")
    assert "\nUSAGE\n  northflank-backup-exporter" in result.stdout
    assert [line for line in result.stdout.splitlines() if len(line) > 80 or line.endswith(" ")] == []
    assert result.stdout == run(binary, *command, "--help").stdout


def test_the_overview_names_the_commands_and_no_option_of_them(binary):
    top = run(binary, "--help").stdout
    for command in COMMANDS:
        assert re.search(rf"^  {' '.join(command)} +[A-Z]", top, re.MULTILINE), command
    assert set(re.findall(r"--[a-z.-]+", top)) == {"--help", "--version", "--config.file"}
    assert "NORTHFLANK_API_TOKEN" in top


def test_the_help_of_a_command_has_its_options(binary):
    for command in COMMANDS:
        dump = json.loads(run(binary, *command, "--experimental-dump-help").stdout)["command"]
        text = run(binary, *command, "--help").stdout
        for argument in dump.get("arguments", ()):
            for name in argument.get("names", ()):
                if argument["shouldDisplay"] and name["name"] not in ("help", "version", "h"):
                    assert f"-{name['name']}" in text, (command, name)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_exit_codes_and_examples(binary, command):
    """As they are written, so that examples can be pasted."""
    text = run(binary, *command, "--help").stdout
    listed, examples = re.search(r"\nEXIT CODES\n(.*?)\n\nEXAMPLES\n(.*)\n$", text, re.DOTALL).groups()
    codes = re.findall(r"^  (\d+) ", listed, re.MULTILINE)
    assert codes[0] == "0" and codes[-1] == "64" and codes == sorted(codes, key=int)
    commands = re.sub(r" \\\n +", " ", examples).splitlines()
    start = " ".join(("northflank-backup-exporter", *command))
    assert len(commands) >= 2 and all(start in line for line in commands)


@pytest.mark.parametrize("typed, said", [
    (("statsu",), 'unknown command "statsu"; did you mean status?'),
    (("no-such-command",), 'unknown command "no-such-command"'),
    (("exlpain", "shop/orders-db"), 'unknown command "exlpain"; did you mean explain?'),
    (("state", "exprt"), 'unknown command "state exprt"; did you mean state export?')])
def test_an_unknown_command(binary, typed, said):
    result = run(binary, *typed)
    assert (result.returncode, result.stdout) == (64, "")
    assert result.stderr == (
        f"northflank-backup-exporter: {said}\n"
        "Commands: serve, once, check-config, demo, status, explain, report, forget,\n"
        "healthcheck, state, simulate. See northflank-backup-exporter --help.\n")


@pytest.mark.parametrize("command", [(), ("serve",), ("once",), ("check-config",)])
def test_without_any_configuration(binary, command):
    result = run(binary, *command)
    assert (result.returncode, result.stdout) == (2, "")
    for word in ("NORTHFLANK_API_TOKEN", "NORTHFLANK_API_TOKEN_FILE", "--config.file"):
        assert word in result.stderr


@pytest.mark.parametrize("arguments", [
    ("--no-such-flag",), ("status", "--format", "xml"), ("serve", "--web.listen-address", "9974"),
    ("serve", "--web.listen-address", "::1:9974"), ("serve", "--web.telemetry-path", "metrics"),
    ("serve", "--log.level", "loud"), ("simulate", "--simulator.time-scale", "0")])
def test_wrong_arguments(binary, arguments):
    result = run(binary, *arguments)
    assert (result.returncode, result.stdout) == (64, "")
    assert result.stderr.startswith("Error: ") and "--help" in result.stderr


@pytest.mark.parametrize("command, flag", [
    ("serve", "--web.listen-address"), ("demo", "--web.listen-address"),
    ("simulate", "--simulator.listen-address")])
def test_a_port_that_is_in_use(binary, command, flag):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        environment = {"NORTHFLANK_API_TOKEN": "x", "NORTHFLANK_API_BASE_URL": "http://127.0.0.1:1"}
        result = run(binary, command, flag, address, environment=environment)
    assert result.returncode not in (0, None)
    assert result.returncode < 128
    # What it is about, without the words of a library's developers.
    assert address in result.stderr and "in use" in result.stderr
    assert "CancellationError" not in result.stderr and "descriptor:" not in result.stderr


def test_the_simulator_listens_on_loopback_only(binary):
    result = run(binary, "simulate", "--simulator.listen-address", "0.0.0.0:0")
    assert result.returncode == 1 and "loopback" in result.stderr


def test_logs_as_json(simulator, start_exporter):
    exporter = start_exporter(account(simulator), arguments=("--log.format", "json"))
    exporter.wait_until_observed(*simulator.addons)
    lines = [json.loads(line) for line in exporter.stderr.splitlines()]
    assert [line["msg"] for line in lines][0] == "starting"
    for line in lines:
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", line["ts"])
        assert line["level"] in ("debug", "info", "warn", "error")
    (discovery,) = [line for line in lines if line["msg"] == "discovery changed"]
    assert (discovery["account"], discovery["added"], discovery["level"]) == ("default", "12", "info")


def test_log_level_error_hides_what_is_less(binary, simulator, tmp_path, programs):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {"NORTHFLANK_API_TOKEN": "wrong", "NORTHFLANK_API_BASE_URL": simulator.url}
    programs.append(Program([binary, "--log.level", "error", "--web.listen-address", f"127.0.0.1:{port}"],
                            tmp_path, environment))

    def answers():
        try:
            return b'reason="unauthorized"} 1\n' in http.get(f"http://127.0.0.1:{port}/metrics").body
        except ConnectionRefusedError:
            return False

    eventually(answers)
    assert programs[-1].stderr == ""
