"""The file of `--web.config.file`: what we accept, promtool accepts, as far as it knows the keys."""

import json
import pathlib
import shutil
import subprocess

import pytest

from support.command import run
from support.tls import Authority

FILES = sorted((pathlib.Path(__file__).parents[1] / "SettingsTests/testdata/web").glob("*.yml"))
# By the beginnings of the files' names: whether we accept them, and whether Debian's promtool does.
VERDICTS = {"good": (True, True), "new": (True, False), "bad": (False, False), "strict": (False, True),
            "refused": (False, False)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The files with the certificates that they name."""
    folder = tmp_path_factory.mktemp("web")
    authority = Authority(folder, "ca")
    for file, name in zip(authority.issue("localhost"), ("server.pem", "server.key")):
        shutil.move(file, folder / name)
    for file in FILES:
        shutil.copy(file, folder)
    # Its own texts only look like certificates.
    (folder / "new-inline.yml").write_text(json.dumps({"tls_server_config": {
        "cert": (folder / "server.pem").read_text(), "key": (folder / "server.key").read_text(),
        "client_ca": authority.file.read_text(), "client_auth_type": "VerifyClientCertIfGiven"}}))
    return folder


@pytest.mark.parametrize("name", [file.name for file in FILES])
def test_we_and_promtool_agree(binary, folder, name):
    ours = run(binary, "check-config", "--web.config.file", name, directory=folder,
               environment={"NORTHFLANK_API_TOKEN": "nf-test-token"})
    theirs = subprocess.run(["promtool", "check", "web-config", name], cwd=folder, capture_output=True, timeout=60)
    verdict = VERDICTS[name.split("-")[0]]
    assert (ours.returncode, theirs.returncode == 0) == (0 if verdict[0] else 2, verdict[1]), (ours, theirs)
    assert "secret" not in ours.stderr and "$2b$1" not in ours.stdout + ours.stderr


def test_files_that_are_elsewhere(binary, folder, tmp_path):
    shutil.copy(folder / "good-full.yml", tmp_path)
    checked = run(binary, "check-config", "--web.config.file", "good-full.yml", "--syntax-only", directory=tmp_path,
                  environment={"NORTHFLANK_API_TOKEN": "nf-test-token"})
    assert checked.returncode == 0, checked.stderr
    assert "good-full.yml: valid\n  TLS 1.1 to 1.2" in checked.stdout


def test_a_certificate_and_a_key_that_do_not_fit(binary, folder, tmp_path):
    shutil.copy(folder / "server.pem", tmp_path)
    shutil.copy(folder / "ca.key", tmp_path / "server.key")
    file = tmp_path / "web.yml"
    file.write_text("tls_server_config: {cert_file: server.pem, key_file: server.key}")
    checked = run(binary, "check-config", "--web.config.file", file, environment={"NORTHFLANK_API_TOKEN": "nf-test-token"})
    assert checked.returncode == 2
    assert checked.stderr.endswith("the certificate and the private key of key_file do not fit each other\n")
