"""The commands that ask a running exporter, over TLS, with client certificates and with users."""

import socket

import pytest

from support.command import run
from support.configuration import account
from support.program import Program
from support.tls import Authority, Proxy
from support.waiting import answers, eventually

# Of the password "secret-password"; nginx and the exporter read the same hashes.
HASH = "$2b$04$abcdefghijklmnopqrstuuq8DwlpszTVmH1ckl/VPV38Vwtq3col2"
NEEDS_USER = "name a file that has user:password in its first line with --user-file"
# After "it wants a certificate", or "if it wants one" if only the end of the connection shows it.
NEEDS_CERTIFICATE = "name one with --cert, and its key with --key"
NEEDS_AUTHORITY = "name the authority of its certificate with --cacert"
NEEDS_TLS = "if it serves TLS, use https:// in --url"


@pytest.fixture
def authority(tmp_path):
    return Authority(tmp_path, "authority")


@pytest.fixture
def exporter(simulator, start_exporter):
    return start_exporter(account(simulator, addons=[("shop", "orders-db")]), arguments=("--web.enable-lifecycle",))


@pytest.fixture
def start_proxy(exporter, authority, tmp_path, programs):
    """nginx with TLS in front of the exporter."""

    def start(more="", host="127.0.0.1", days=2):
        programs.append(Proxy(tmp_path, exporter.url, *authority.issue(host, days), more=more))
        return programs[-1]

    return start


@pytest.fixture
def healthcheck(binary, tmp_path):
    def check(url, *arguments, environment=None):
        return run(binary, "healthcheck", "--url", url, *arguments, directory=tmp_path, environment=environment)

    return check


@pytest.fixture
def user_file(tmp_path):
    (tmp_path / "users").write_text(f"alice:{HASH}\n")
    (tmp_path / "user").write_text("alice:secret-password\n")
    return tmp_path / "user"


def refused(result, advice):
    """The command failed, with an advice and without a secret."""
    assert (result.returncode, result.stdout) == (1, ""), result
    assert result.stderr.endswith(f"{advice}\n"), result.stderr
    assert "secret-password" not in result.stderr


def test_everything_at_once(binary, exporter, authority, start_proxy, user_file, tmp_path):
    proxy = start_proxy(f"ssl_client_certificate {authority.file}; ssl_verify_client on; "
                        f"auth_basic exporter; auth_basic_user_file {tmp_path}/users;")
    certificate, key = authority.issue("client")
    exporter.wait_until_observed(("shop", "orders-db"))
    arguments = ("--url", proxy.url, "--cacert", authority.file, "--cert", certificate, "--key", key,
                 "--user-file", user_file)
    assert run(binary, "healthcheck", *arguments).stderr == ""
    status = run(binary, "status", "--all", *arguments)
    assert "default/shop/orders-db" in status.stdout, status.stderr
    forget = run(binary, "forget", *arguments, "default/shop/orders-db")
    assert forget.returncode == 2 and "orders-db" in forget.stderr, forget
    # A file with both, and everything from the environment.
    (tmp_path / "both.pem").write_text(open(certificate).read() + open(key).read())
    environment = {"URL": proxy.url, "CACERT": str(authority.file), "CERT": "both.pem", "USER_FILE": "user"}
    checked = run(binary, "healthcheck", directory=tmp_path,
                  environment={f"NORTHFLANK_EXPORTER_{name}": value for name, value in environment.items()})
    assert (checked.returncode, checked.stderr) == (0, "")


def test_users(healthcheck, authority, start_proxy, user_file, tmp_path):
    proxy = start_proxy(f"auth_basic exporter; auth_basic_user_file {tmp_path}/users;")
    trust = ("--cacert", authority.file)
    refused(healthcheck(proxy.url, *trust), NEEDS_USER)
    assert healthcheck(proxy.url, *trust, "--user-file", "user").returncode == 0
    user_file.write_text("alice:other-secret-password\n")
    refused(healthcheck(proxy.url, *trust, "--user-file", "user"),
            "the user or the password in user (--user-file) is wrong")
    # Nothing is sent to another machine in clear text.
    plain = healthcheck("http://192.0.2.1:9974", "--user-file", "user")
    assert "a password is not sent over plain http to another machine, use https" in plain.stderr


def test_certificates_of_the_server(healthcheck, authority, start_proxy, tmp_path):
    proxy = start_proxy()
    refused(healthcheck(proxy.url), NEEDS_AUTHORITY)
    refused(healthcheck(proxy.url, "--cacert", Authority(tmp_path, "other").file), NEEDS_AUTHORITY)
    assert healthcheck(proxy.url, "--cacert", authority.file).returncode == 0
    assert healthcheck(proxy.url, "--insecure").returncode == 0
    assert healthcheck(proxy.url, "-k").returncode == 0
    assert "for loopback hosts only" in healthcheck("https://192.0.2.1:9974", "--insecure").stderr
    refused(healthcheck(proxy.url.replace("https", "http")), NEEDS_TLS)


def test_a_certificate_of_another_name(healthcheck, authority, start_proxy):
    proxy = start_proxy(host="exporter.example.com")
    refused(healthcheck(proxy.url, "--cacert", authority.file),
            "use a name of its certificate in --url, or --insecure for a loopback address")


def test_a_certificate_that_has_expired(healthcheck, authority, start_proxy):
    proxy = start_proxy(days=0)
    refused(healthcheck(proxy.url, "--cacert", authority.file), "renew its certificate")


def test_https_to_a_plain_port(healthcheck, exporter):
    refused(healthcheck(exporter.url.replace("http", "https")), "if it serves plain HTTP there, use http:// in --url")


def test_nginx_wants_a_certificate(healthcheck, authority, start_proxy):
    proxy = start_proxy(f"ssl_client_certificate {authority.file}; ssl_verify_client on;")
    refused(healthcheck(proxy.url, "--cacert", authority.file), NEEDS_CERTIFICATE)


@pytest.mark.parametrize("version", ["-tls1_2", "-tls1_3"])
def test_a_server_that_ends_the_handshake(healthcheck, authority, tmp_path, programs, version):
    certificate, key = authority.issue("127.0.0.1")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    programs.append(Program(
        ["openssl", "s_server", "-accept", f"127.0.0.1:{port}", "-cert", certificate, "-key", key, "-CAfile",
         authority.file, "-Verify", "1", "-verify_return_error", "-www", "-quiet", version],
        tmp_path, name="s_server"))
    eventually(lambda: answers(port), what="openssl listens")
    url, trust = f"https://127.0.0.1:{port}", ("--cacert", authority.file)
    client = authority.issue("client")
    assert healthcheck(url, *trust, "--cert", client[0], "--key", client[1]).returncode == 0
    refused(healthcheck(url, *trust), NEEDS_CERTIFICATE)
    other = Authority(tmp_path, "other").issue("client")
    refused(healthcheck(url, *trust, "--cert", other[0], "--key", other[1]),
            "it does not accept the certificate of --cert")


def test_an_encrypted_key_does_not_wait_for_a_password(healthcheck, authority, tmp_path):
    certificate, key = authority.issue("client")
    text = open(key).read().replace("PRIVATE KEY-----\n", "PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n", 1)
    (tmp_path / "encrypted.key").write_text(text)
    checked = healthcheck("https://127.0.0.1:9", "--cert", certificate, "--key", "encrypted.key")
    assert checked.returncode == 1
    assert checked.stderr.startswith("--key: encrypted.key is encrypted; "), checked.stderr
