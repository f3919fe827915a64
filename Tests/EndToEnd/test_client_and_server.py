"""The commands that ask a running exporter, against the exporter's own TLS, users and limits."""

import pytest

from support.command import run
from support.configuration import account
from support.tls import Authority

HASH = "$2b$04$abcdefghijklmnopqrstuuq8DwlpszTVmH1ckl/VPV38Vwtq3col2"
WEB = """\
tls_server_config: {{cert_file: "{0}", key_file: "{1}", client_auth_type: RequireAndVerifyClientCert,
                    client_ca_file: authority.pem}}
basic_auth_users: {{alice: {2}}}
"""


@pytest.fixture
def authority(tmp_path):
    return Authority(tmp_path, "authority")


@pytest.fixture
def healthcheck(binary, simulator, start_exporter, authority, tmp_path):
    (tmp_path / "web.yml").write_text(WEB.format(*authority.issue("127.0.0.1"), HASH))
    (tmp_path / "user").write_text("alice:secret-password\n")
    exporter = start_exporter(account(simulator, addons=[("shop", "orders-db")]),
                              arguments=("--web.config.file", "web.yml"))
    url = exporter.url.replace("http://", "https://")

    def check(*arguments, url=url):
        return run(binary, "healthcheck", "--url", url, "--cacert", authority.file, *arguments, directory=tmp_path)

    return check


def test_each_refusal_says_what_is_missing(healthcheck, authority, tmp_path):
    certificate, key = authority.issue("client")
    client = ("--cert", certificate, "--key", key)
    assert healthcheck(*client, "--user-file", "user").stderr == ""
    assert "name one with --cert, and its key with --key\n" in healthcheck("--user-file", "user").stderr
    foreign, foreign_key = Authority(tmp_path, "foreign").issue("client")
    assert healthcheck("--cert", foreign, "--key", foreign_key, "--user-file", "user").returncode == 1
    assert "user:password in its first line with --user-file\n" in healthcheck(*client).stderr
    (tmp_path / "user").write_text("alice:wrong\n")
    assert "(--user-file) is wrong\n" in healthcheck(*client, "--user-file", "user").stderr


def test_http_to_the_tls_port(healthcheck, start_exporter, programs):
    url = programs[-1].url
    assert healthcheck(url=url).stderr.endswith("if it serves TLS, use https:// in --url\n")
