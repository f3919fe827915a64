"""The Debian package: what is in it, and its life on a machine with systemd."""

import json
import os
import re
import shutil
import subprocess

import pytest

from conftest import ROOT
from support import http
from support.command import run
from support.machine import Machine, Service
from support.page import Page
from support.simulator import Simulator
from support.tls import Authority, Proxy
from support.waiting import eventually

NAME = "northflank-backup-exporter"
SHARE = f"/usr/share/{NAME}"
FOLDER = f"/etc/{NAME}"
# Has a line completed in a zsh of its own, with a terminal, and then printed.
PRESS = r"""
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "fpath=($1 \$fpath); autoload -U compinit; compinit -u -D; bindkey -e; print READ''Y"
zpty -r -m shell shown '*READY*'
zpty -w -n shell "$2"$'\t\C-aprint "COMPLETED: \C-e"; print DO\'\'NE\n'
zpty -r -m shell shown '*DONE*'
zpty -d shell
print -r -- $shown
"""
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can boot a machine")


@pytest.fixture(scope="module")
def package(binary, tmp_path_factory):
    """The path of the package."""
    # A slow machine takes minutes to compress the binary.
    made = run(ROOT / "scripts" / "deb", binary, tmp_path_factory.mktemp("deb") / "build", within=150)
    assert made.returncode == 0, made.stderr
    return made.stdout.strip()


@pytest.fixture
def clone(tmp_path):
    """A folder with all that goes into a package but the program."""
    folder = tmp_path / "clone"
    for path in ("alerts", "dashboards", "docs/runbooks", "deploy/debian", "deploy/systemd", "scripts"):
        shutil.copytree(ROOT / path, folder / path)
    return folder


def tool(*command):
    """What a program prints, both outputs together."""
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False).stdout


def names(folder, pattern):
    return {path.name for path in (ROOT / folder).glob(pattern)}


def test_contents(package):
    lines = [line.split() for line in tool("dpkg-deb", "--contents", package).splitlines()]
    files = {line[5].removeprefix("."): line[0] for line in lines if line[0][0] == "-"}
    assert set(files) == {
        f"/usr/bin/{NAME}", f"/etc/default/{NAME}",
        f"/lib/systemd/system/{NAME}.service", f"/lib/systemd/system/{NAME}.socket",
        f"/usr/share/man/man1/{NAME}.1.gz", f"/usr/share/doc/{NAME}/copyright", f"/usr/share/doc/{NAME}/changelog.gz",
        f"/usr/share/bash-completion/completions/{NAME}", f"/usr/share/zsh/vendor-completions/_{NAME}",
        f"/usr/share/fish/vendor_completions.d/{NAME}.fish",
        *(f"{SHARE}/alerts/{name}" for name in names("alerts", "*.yml")),
        *(f"{SHARE}/dashboards/{name}" for name in names("dashboards", "*.json")),
        *(f"{SHARE}/runbooks/{name}" for name in names("docs/runbooks", "*.md"))}
    assert files.pop(f"/usr/bin/{NAME}") == "-rwxr-xr-x"
    assert set(files.values()) == {"-rw-r--r--"}
    assert {line[1] for line in lines} == {"root/root"}


@pytest.fixture(scope="module")
def released(binary):
    """The version that the program has."""
    return re.search(r"version (\S+) \(revision: (\w+)\)", run(binary, "--version").stdout)[1]


def version_of(package):
    return tool("dpkg-deb", "--field", package, "Version").strip()


def test_a_later_commit_has_a_later_version_and_the_tag_the_released_one(package, released):
    date = tool("git", "-C", ROOT, "log", "-1", "--date=format-local:%Y%m%d%H%M%S", "--format=%cd").strip()
    tagged = f"v{released}" in tool("git", "-C", ROOT, "tag", "--points-at", "HEAD").split()
    assert version_of(package) == (released if tagged else f"{released}+git{date}")


def test_the_tag_makes_the_released_version(clone, released):
    # Nothing but its words goes into the package.
    program = clone / "program"
    program.write_text(f"#!/bin/sh\necho '{NAME}, version {released} (revision: 0123abc)'\n")
    program.chmod(0o755)

    def built():
        return version_of(run(clone / "scripts" / "deb", program, clone / "build").stdout.strip())

    git = ("git", "-C", clone, "-c", "user.name=a", "-c", "user.email=a@example.com")
    tool(*git, "init", "--quiet")
    tool(*git, "add", "scripts")
    tool("env", "GIT_COMMITTER_DATE=2026-03-01T12:30:15+02:00", *git, "commit", "--quiet", "--message=one")
    assert built() == f"{released}+git20260301103015"
    tool(*git, "tag", "v0.0.1")
    assert built() == f"{released}+git20260301103015"
    tool(*git, "tag", f"v{released}")
    assert built() == released


def test_lintian(package):
    assert tool("lintian", "--allow-root", "--fail-on", "error,warning", package) == ""


def commands_of(command, path=()):
    """Each command that a user can give, with its words: `state export`, not `state`."""
    inner = [inner for inner in command.get("subcommands", ()) if inner["shouldDisplay"]]
    if path and not inner:
        yield " ".join(path), command
    for each in inner:
        yield from commands_of(each, (*path, each["commandName"]))


def test_manual_page_names_what_there_is(binary):
    """Every subcommand and option, and no others."""
    page = (ROOT / "deploy" / "debian" / f"{NAME}.1").read_text()
    top = json.loads(run(binary, "--experimental-dump-help").stdout)["command"]
    commands = dict(commands_of(top))
    options = {name["name"] for command in (top, *commands.values()) for argument in command.get("arguments", ())
               if argument["shouldDisplay"] for name in argument.get("names", ())}
    assert {"serve", "state export", "state import"} <= set(commands)
    assert set(re.findall(r"^\.It Cm (.+)$", page, re.MULTILINE)) == set(commands)
    listed = re.findall(r"^\.It Fl (.*)$", page, re.MULTILINE)
    assert {name.removeprefix("-") for line in listed for name in re.findall(r"(?:^|Fl )(\S+)", line)} == options


def test_manual_page_is_made_of_the_help(binary):
    assert (ROOT / "deploy" / "debian" / f"{NAME}.1").read_text() == run(binary, "manual-page").stdout


def test_manual_page_is_well_formed():
    # Below warnings it asks for pages that are not installed.
    assert tool("mandoc", "-T", "lint", "-W", "warning", ROOT / "deploy" / "debian" / f"{NAME}.1") == ""


def test_completions(package, binary, tmp_path):
    assert tool("dpkg-deb", "--extract", package, tmp_path) == ""
    share = tmp_path / "usr" / "share"
    bash = share / "bash-completion" / "completions" / NAME
    assert f" {NAME}\n" in tool("bash", "-ec", f"source {bash}; complete -p {NAME}")
    fish = share / "fish" / "vendor_completions.d" / f"{NAME}.fish"
    assert fish.read_text() == run(binary, "--generate-completion-script", "fish").stdout
    for typed, completed in [("ser", "serve"), ("serve --log.level w", "serve --log.level warn"),
                             ("serve --log.f", "serve --log.format")]:
        shown = tool("zsh", "-f", "-c", PRESS, "zsh", share / "zsh" / "vendor-completions", f"{NAME} {typed}")
        assert f"\nCOMPLETED: {NAME} {completed}" in shown


@pytest.fixture(scope="module")
def machine(package, tmp_path_factory):
    """A machine on which the package is installed, without a token."""
    machine = Machine(tmp_path_factory.mktemp("machine"))
    try:
        machine.path("root/package.deb").write_bytes(open(package, "rb").read())
        machine.installation = machine.apt("install", "/root/package.deb")
        yield machine
    finally:
        machine.stop()
        print(machine.report())


@pytest.fixture
def service(machine, simulator):
    """The service, stopped, with no history, and with a token and the simulator in its environment."""
    service = Service(machine, NAME)
    service.control("stop")
    machine.run("rm", "-rf", f"/var/lib/private/{NAME}")
    write_secret(machine, Simulator.TOKEN)
    configure(machine, f"NORTHFLANK_API_BASE_URL={simulator.url}")
    return service


def write_secret(machine, token):
    file = machine.path(f"{FOLDER}/token")
    file.write_text(token)
    file.chmod(0o600)


def configure(machine, *lines, arguments=""):
    """Appends to the default file as it was shipped; of two lines for a name, the last counts."""
    shipped = (ROOT / "deploy" / "debian" / f"{NAME}.default").read_text()
    machine.path(f"etc/default/{NAME}").write_text(
        "\n".join([shipped, f'ARGS="--web.listen-address 127.0.0.1:0 {arguments}"', *lines, ""]))


def page_of(service):
    return Page(http.get(f"{service.url}/metrics").text)


def wait_until_observed(service, simulator):
    eventually(lambda: sum(page_of(service).having("northflank_addon_up").values()) == len(simulator.addons))


@needs_root
def test_without_a_token_it_waits_without_a_word(machine):
    service = Service(machine, NAME)
    assert (service.ActiveState, service.ConditionResult, service.UnitFileState) == ("inactive", "no", "enabled")
    # The socket is there for those who enable it.
    assert machine.run("systemctl", "is-enabled", f"{NAME}.socket", check=False).stdout == "disabled\n"
    assert machine.run("systemctl", "is-active", f"{NAME}.socket", check=False).stdout == "inactive\n"
    assert machine.run("systemctl", "--failed", "--no-legend").stdout == ""
    assert not re.search(r"northflank.*(fail|error|warn)", machine.installation.stdout, re.IGNORECASE)
    verified = machine.run("systemd-analyze", "verify", "--man=no", f"{NAME}.service")
    assert (verified.stdout, verified.stderr) == ("", "")


@needs_root
def test_the_service_works_in_its_sandbox(machine, service, simulator):
    service.control("start")
    # Only systemd can tell that it was ready before `start` came back.
    assert (service.ActiveState, service.SubState) == ("active", "running")
    wait_until_observed(service, simulator)
    assert page_of(service).value("process_start_time_seconds") > 0
    assert machine.run(NAME, "healthcheck", "--url", service.url).stdout == ""

    uid = service.status("Uid")[0]
    assert 61184 <= int(uid) <= 65519  # a dynamic user, see systemd.exec(5)
    assert service.status("CapBnd") == ["0000000000000000"]
    assert (service.status("Seccomp"), service.status("NoNewPrivs")) == (["2"], ["1"])
    history = machine.path(f"var/lib/private/{NAME}/history.sqlite").stat()
    assert (history.st_uid, history.st_mode & 0o777) == (int(uid), 0o600)
    # Every line is the exporter's own: neither a library nor systemd had anything to say. The simulator lives in a time of
    # its own, which the exporter says.
    assert [line for line in service.log.splitlines() if not re.match(
        r'ts=\S+ level=info |ts=\S+ level=error msg="clock skew"|Start(ing|ed) ', line)] == []

    service.control("stop")
    assert (service.Result, service.ExecMainStatus, service.NRestarts) == ("success", "0", "0")


@needs_root
def test_a_configuration_file_tls_and_reload(machine, service, simulator, tmp_path, programs):
    authority = Authority(tmp_path, "authority")
    programs.append(Proxy(tmp_path, simulator.url, *authority.issue("localhost")))
    machine.path(f"{FOLDER}/ca.pem").write_bytes(authority.file.read_bytes())
    account = {"name": "acme", "base_url": f"https://localhost:{programs[-1].port}", "ca_file": f"{FOLDER}/ca.pem",
               "token_file": f"/run/credentials/{NAME}.service/token", "objective": {"time_zone": "Europe/Berlin"}}
    file = machine.path(f"{FOLDER}/config.yml")
    file.write_text(json.dumps({"accounts": [account]}))
    configure(machine, arguments=f"--config.file {FOLDER}/config.yml")
    service.control("start")
    wait_until_observed(service, simulator)
    assert {request[0] for request in programs[-1].requests} == {"HTTP/2.0"}

    file.write_text("accounts: []")
    service.control("reload")
    eventually(lambda: page_of(service).value("northflank_exporter_config_last_reload_successful") == 0)
    file.write_text(json.dumps({"accounts": [{**account, "name": "renamed"}]}))
    service.control("reload")
    eventually(lambda: page_of(service).having("northflank_addon_up", account="renamed"))


@needs_root
def test_tls_as_documented(machine, service, tmp_path):
    """The service reads the files that only root can read on the machine."""
    page = (ROOT / "docs" / "deployment.md").read_text().split("## TLS and users\n")[1]
    override, arguments = re.findall(r'```ini\n(.*?)```.*?^ARGS="(.*?)"$', page, re.DOTALL | re.MULTILINE)[0]
    authority = Authority(tmp_path, "authority")
    certificate, key = authority.issue("127.0.0.1")
    web = {"tls_server_config": {"cert_file": "server.pem", "key_file": "server.key"}}
    machine.path(f"{FOLDER}/web.yml").write_text(json.dumps(web))
    shutil.copy(certificate, machine.path(f"{FOLDER}/server.pem"))
    shutil.copy(key, machine.path(f"{FOLDER}/server.key"))
    for name in ("web.yml", "server.pem", "server.key"):
        machine.path(f"{FOLDER}/{name}").chmod(0o600)
    shutil.copy(authority.file, machine.path("root/authority.pem"))
    drop_in = machine.path(f"etc/systemd/system/{NAME}.service.d/override.conf")
    drop_in.parent.mkdir(parents=True)
    drop_in.write_text(override)
    configure(machine, arguments=arguments)
    machine.run("systemctl", "daemon-reload")
    try:
        service.control("start")
        url = service.url.replace("http://", "https://")
        assert machine.run(NAME, "healthcheck", "--url", url, "--cacert", "/root/authority.pem").stderr == ""
    finally:
        shutil.rmtree(drop_in.parent)
        machine.run("systemctl", "daemon-reload")


@needs_root
def test_a_wrong_configuration_is_not_tried_again(machine, service):
    configure(machine, "NORTHFLANK_TIME_ZONE=Europe/Nowhere")
    assert service.control("start", check=False).returncode == 1
    assert (service.Result, service.ExecMainStatus, service.ActiveState) == ("exit-code", "2", "failed")
    # The journal can be a moment behind the program.
    eventually(lambda: "Europe/Nowhere" in service.log)


@needs_root
def test_the_watchdog_restarts_what_stands_still(machine, service):
    service.control("start")
    assert service.WatchdogUSec == "1min"
    quick = machine.path(f"etc/systemd/system/{NAME}.service.d/quick.conf")
    quick.parent.mkdir()
    quick.write_text("[Service]\nWatchdogSec=1s\nRestartSec=100ms\n")
    machine.run("systemctl", "daemon-reload")
    service.control("restart")
    first = service.MainPID
    machine.run("sh", "-c", f"kill -STOP {first}")
    eventually(lambda: service.NRestarts == "1" and service.ActiveState == "active")
    assert service.MainPID != first
    quick.unlink()
    quick.parent.rmdir()
    machine.run("systemctl", "daemon-reload")


@needs_root
def test_upgraded_removed_and_purged(machine, service, simulator, binary, clone):
    rules = clone / "alerts" / "northflank-backup.rules.yml"
    rules.write_text(rules.read_text() + "# changed\n")
    day_later = int(tool("git", "-C", ROOT, "log", "-1", "--format=%ct")) + 86400
    later = run(clone / "scripts" / "deb", binary, clone / "build", environment={"SOURCE_DATE_EPOCH": str(day_later)},
                within=150)
    machine.path("root/later.deb").write_bytes(open(later.stdout.strip(), "rb").read())
    service.control("start")
    wait_until_observed(service, simulator)
    first = service.MainPID
    machine.apt("install", "/root/later.deb")
    assert machine.path(f"{SHARE}/alerts/{rules.name}").read_text() == rules.read_text()
    assert service.ActiveState == "active" and service.MainPID != first
    # The settings stayed, and so did the history: all is known at once.
    assert len(page_of(service).having("northflank_addon_last_observed_timestamp_seconds")) == len(simulator.addons)
    assert "unknown" not in service.StatusText

    machine.apt("remove", NAME)
    assert service.ActiveState == "inactive"
    assert machine.path(f"{FOLDER}/token").exists()
    machine.apt("purge", NAME)
    left = machine.run("find", "/", "-xdev", "-name", f"*{NAME}*").stdout
    assert left == ""
