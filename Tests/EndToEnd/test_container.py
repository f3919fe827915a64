"""The container: what its build runs, what is in it, and that it works with next to nothing around it."""

import os
import pathlib
import re
import shutil
import subprocess
import sys

import pytest

from conftest import ROOT
from support.command import run
from support.container import Dockerfile, entrance, lay_out
from support.dns import NameServer
from support.exporter import Exporter
from support.simulator import Simulator
from support.tls import Authority, Proxy
from support.waiting import eventually
from support.web import Web

LIBRARIES = r"/(lib|lib64|usr/lib|usr/lib64|usr/lib/[a-z0-9_]+-linux-gnu)(/(lib|ld-)[^/]+\.so(\.[0-9.]+)?)?"
NAME = "api.northflank.test"
IMAGE = "northflank-backup-exporter"
pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root can change the root folder")


@pytest.fixture(scope="module")
def image(binary, tmp_path_factory):
    """The container's root folder, and the paths that the build put into it."""
    root = tmp_path_factory.mktemp("image") / "root"
    return root, lay_out(binary, root)


@pytest.fixture
def name_server():
    server = NameServer(NAME)
    yield server
    server.stop()


def test_hadolint():
    dockerfile = ROOT / "deploy" / "container" / "Dockerfile"
    hadolint = pathlib.Path(sys.executable).with_name("hadolint")
    found = subprocess.run([hadolint, dockerfile], capture_output=True, text=True)
    assert (found.returncode, found.stdout) == (0, "")


def test_it_is_built_as_everywhere_else():
    stage = Dockerfile().stages["build"]
    assert [command for command in stage["RUN"] if not command.startswith("apt-get ")] == [
        "make dependencies", "make build"]
    installed = subprocess.run(["swift", "--version"], capture_output=True, text=True, check=True)
    version = re.search(r"Swift version (\S+)", installed.stdout + installed.stderr)[1]
    assert stage["FROM"] == [f"swift:{version}-bookworm"]


def test_the_label_tells_the_version(binary):
    version = Dockerfile().labels["org.opencontainers.image.version"]
    assert f", version {version} (revision" in run(binary, "--version").stdout


def test_only_what_is_needed_is_in_it(image):
    root, paths = image
    # Libraries, and what tells of their origin.
    paths = {path for path in paths if not re.fullmatch(LIBRARIES, path)
             and not re.match("/var/lib/dpkg|/usr/share", path)}
    assert paths == {
        "/etc", "/etc/group", "/etc/nsswitch.conf", "/etc/os-release", "/etc/passwd", "/etc/ssl",
        "/etc/ssl/openssl.cnf", "/etc/ssl/certs", "/etc/ssl/certs/ca-certificates.crt", "/tmp",
        "/usr", "/usr/bin", "/usr/bin/northflank-backup-exporter", "/usr/lib/ssl", "/usr/lib/ssl/certs",
        "/usr/lib/ssl/openssl.cnf", "/var", "/var/lib", "/var/lib/northflank-backup-exporter"}
    programs = [path for path in root.rglob("*") if path.is_file() and not path.is_symlink()
                and path.read_bytes()[:4] == b"\x7fELF" and ".so" not in path.name]
    assert [path.name for path in programs] == ["northflank-backup-exporter"]
    assert not [path for path in root.rglob("*") if path.lstat().st_mode & 0o6000]
    owned = [path for path in root.rglob("*") if path.lstat().st_uid != 0]
    assert [(str(path.relative_to(root)), path.stat().st_uid, path.stat().st_gid, path.stat().st_mode & 0o777)
            for path in owned] == [("var/lib/northflank-backup-exporter", 65532, 65532, 0o700)]
    size = sum(path.stat().st_size for path in root.rglob("*") if path.is_file())
    print(f"{size / 1e6:.1f} MB")
    assert size < 60e6


def test_every_library_has_its_package_and_terms(image):
    root, _ = image
    described = {path.name for path in (root / "var/lib/dpkg/status.d").iterdir()}
    assert {"ca-certificates", "libc6", "libcctz2", "libcurl4", "libsqlite3-0", "libssl3", "tzdata"} <= described
    assert {path.parent.name for path in root.glob("usr/share/doc/*/copyright")} == {
        "northflank-backup-exporter", *described}


def test_version(image, binary, tmp_path):
    assert run(entrance(tmp_path, image[0]), "--version").stdout == run(binary, "--version").stdout


def test_demo_and_health(image, tmp_path, programs):
    program = entrance(tmp_path, image[0])
    programs.append(Exporter(program, tmp_path, command="demo"))
    page = programs[-1].wait_for_page(lambda page: len(page.having("northflank_addon_up")) == 12)
    assert page.value("process_open_fds") > 0
    command = Dockerfile().health_command
    assert command[0] == "/usr/bin/northflank-backup-exporter"
    healthy = run(program, *command[1:], "--url", programs[-1].url)
    assert (healthy.returncode, healthy.stdout, healthy.stderr) == (0, "", "")
    programs[-1].stop()
    assert run(program, *command[1:], "--url", programs[-1].url).returncode == 1


def test_tls_as_documented(image, simulator, tmp_path, programs):
    """The options of the documentation's `docker run` for TLS, and the health check that the image has."""
    page = (ROOT / "docs" / "deployment.md").read_text()
    (command,) = [block for block in re.findall(r"^docker run .*?(?=^```)", page, re.DOTALL | re.MULTILINE)
                  if "--web.config.file" in block]
    environment = dict(re.findall(r"--env (\w+)=(\S+)", command))
    arguments = command.split(f" {IMAGE} serve ")[1].split()
    web, secrets = tmp_path / "web", tmp_path / "secrets"
    web.mkdir()
    secrets.mkdir()
    files = Web(tmp_path)
    files.write(tls={"cert_file": "server.pem", "key_file": "server.key"})
    for name, source in {"web.yml": files.file, "server.pem": files.certificate, "server.key": files.key}.items():
        shutil.copy(source, web / name)
        (web / name).chmod(0o644)
    (secrets / "token").write_text(Simulator.TOKEN)
    program = entrance(tmp_path, image[0], [("/web", web), ("/secrets", secrets)])
    programs.append(Exporter(program, tmp_path, arguments,
                             {**environment, "NORTHFLANK_API_BASE_URL": simulator.url}))
    address = programs[-1].url.removeprefix("http://")

    def healthy(**more):
        check = {**environment, "NORTHFLANK_EXPORTER_URL": f"https://{address}", **more}
        return run(program, *Dockerfile().health_command[1:], environment=check).returncode == 0

    assert environment["NORTHFLANK_EXPORTER_URL"] == "https://127.0.0.1:9974"
    assert healthy() and not healthy(NORTHFLANK_EXPORTER_INSECURE="false")


def test_names_authorities_zones_and_state(image, simulator, name_server, tmp_path, programs):
    """HTTPS by a name that only a name server knows, trusting the authorities of the image; a zone; a history."""
    authority = Authority(tmp_path, "authority")
    programs.append(Proxy(tmp_path, simulator.url, *authority.issue(NAME)))
    token, resolver = tmp_path / "token", tmp_path / "resolv.conf"
    token.write_text(Simulator.TOKEN)
    resolver.write_text(f"nameserver {name_server.host}\n")
    program = entrance(tmp_path, image[0], [
        ("/etc/resolv.conf", resolver), ("/etc/ssl/certs/ca-certificates.crt", authority.file), ("/token", token)])
    name, _, value = Dockerfile().value("ENV").partition("=")
    environment = {
        name: value, "NORTHFLANK_API_BASE_URL": f"https://{NAME}:{programs[-1].port}",
        "NORTHFLANK_API_TOKEN_FILE": "/token", "NORTHFLANK_TIME_ZONE": "Europe/Berlin"}
    programs.append(Exporter(program, tmp_path, environment=environment))
    programs[-1].wait_until_observed(*simulator.addons)
    assert name_server.asked > 0
    history = tmp_path / "volume" / "history.sqlite"
    assert (history.stat().st_uid, history.stat().st_mode & 0o777) == (65532, 0o600)
    # The zone is known, and it is not the simulator's.
    message = "time zone of schedules does not fit the backups"
    eventually(lambda: programs[-1].logged(message, in_force="Europe/Berlin"))
    assert len(re.findall("level=(?:warn|error)", programs[-1].stderr)) == 1
