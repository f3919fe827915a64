"""Who may ask the exporter: TLS, client certificates, users, limits, and changes of these while it runs."""

import json
import shutil
import socket
import ssl
import subprocess

import h2.connection
import h2.events
import h2.settings
import pytest

from support import configuration
from support import http as plain
from support.exporter import Exporter
from support.page import TEXT, Page
from support.prometheus import Prometheus
from support.waiting import eventually
from support.web import REFUSED, SECRET, Client, SecureExporter, Web

MUTUAL = {"client_auth_type": "RequireAndVerifyClientCert"}


@pytest.fixture
def web(tmp_path):
    return Web(tmp_path)


@pytest.fixture
def start(binary, tmp_path, programs):
    """Starts a demo with a web configuration."""

    def start(file, *arguments):
        programs.append(SecureExporter(
            binary, tmp_path, ("--web.config.file", file, *arguments), command="demo", name=f"secure-{len(programs)}"))
        return programs[-1]

    return start


def refused(exporter, *arguments, **more):
    """Whether a client gets no answer because of TLS."""
    with Client(exporter, *arguments, **more) as client:
        try:
            client.get("/-/healthy")
        except REFUSED:
            return True
    return False


def metric(client, name, **labels):
    return Page(client.get("/metrics").text).value(name, **labels)


def test_prometheus_with_a_certificate_and_a_password(web, start, tmp_path, programs):
    exporter = start(web.write(tls={**MUTUAL, "client_ca_file": str(web.clients.file)},
                               basic_auth_users={"prometheus": SECRET}))
    certificate, key = web.clients.issue("prometheus.test")
    job = (f"scheme: https\n    tls_config: {{ca_file: {web.servers.file}, cert_file: {certificate}, key_file: {key}}}\n"
           f"    basic_auth: {{username: prometheus, password: secret}}")
    prometheus = Prometheus(tmp_path, exporter.url.removeprefix("https://"), job=job)
    programs.append(prometheus)
    eventually(lambda: prometheus.value("up") == 1)
    eventually(lambda: prometheus.value("count(northflank_addon_up)") == 12)
    assert prometheus.complaints == []
    # Prometheus speaks HTTP/2 where it is offered, and keeps its connection.
    assert eventually(lambda: prometheus.value("northflank_exporter_http_connections") == 1)


def test_who_gets_in(web, start):
    exporter = start(web.write(tls={**MUTUAL, "client_ca_file": str(web.clients.file)},
                               basic_auth_users={"prometheus": SECRET}))
    good = web.clients.issue("prometheus.test")
    assert refused(exporter, web.servers)
    assert refused(exporter, web.servers, web.servers.issue("127.0.0.2"))
    assert refused(exporter, web.servers, web.clients.issue("late.test", days=-1))
    statuses = {}
    for user in [None, "prometheus:wrong", "somename:secret", "prometheus:", ":secret", "prometheus:secret"]:
        with Client(exporter, web.servers, good, user) as client:
            response = client.get()
            statuses[user] = response.status
            assert (response.headers["WWW-Authenticate"] == "Basic") == (response.status == 401)
    assert statuses == {None: 401, "prometheus:wrong": 401, "somename:secret": 401, "prometheus:": 401, ":secret": 401,
                        "prometheus:secret": 200}
    with Client(exporter, web.servers, good, "prometheus:secret") as client:
        assert metric(client, "northflank_exporter_http_requests_refused_total", reason="user") == 5
        assert metric(client, "northflank_exporter_http_connections_ended_total", reason="handshake") == 3
        assert client.get().headers["Content-Type"] == TEXT
    (line,) = exporter.logged("TLS handshake failed", client="127.0.0.1")
    assert "PEER_DID_NOT_RETURN_A_CERTIFICATE" in line
    assert "secret" not in exporter.stderr and SECRET not in exporter.stderr


@pytest.mark.parametrize("kind, without, own, foreign", [
    ("NoClientCert", True, True, True),
    ("RequestClientCert", True, True, True),
    ("RequireAnyClientCert", False, True, True),
    ("VerifyClientCertIfGiven", True, True, False),
    ("RequireAndVerifyClientCert", False, True, False),
])
def test_each_kind_of_client_authentication(web, start, kind, without, own, foreign):
    tls = {"client_auth_type": kind}
    if "Verify" in kind:
        tls["client_ca_file"] = str(web.clients.file)
    exporter = start(web.write(tls=tls))
    answers = [not refused(exporter, web.servers, certificate)
               for certificate in (None, web.clients.issue("a.test"), web.servers.issue("b.test"))]
    assert answers == [without, own, foreign]


def test_names_of_clients(web, start):
    exporter = start(web.write(tls={
        **MUTUAL, "client_ca_file": str(web.clients.file), "client_allowed_sans": ["prometheus.test", "127.0.0.7"]}))
    assert not refused(exporter, web.servers, web.clients.issue("prometheus.test"))
    assert not refused(exporter, web.servers, web.clients.issue("127.0.0.7"))
    assert refused(exporter, web.servers, web.clients.issue("other.test"))
    assert refused(exporter, web.servers, web.clients.issue("127.0.0.8"))


def test_what_a_replaced_authority_has_signed_is_refused_also_on_old_connections(web, start):
    exporter = start(web.write(tls={**MUTUAL, "client_ca_file": str(web.clients.file)}))
    old, new = web.clients.issue("old.test"), web.servers.issue("new.test")
    with Client(exporter, web.servers, old) as client:
        assert metric(client, "northflank_exporter_web_config_last_reload_successful") == 1
        assert refused(exporter, web.servers, new)
        shutil.copy(web.servers.file, web.clients.file)
        eventually(lambda: exporter.logged("web configuration reloaded"))
        with pytest.raises(REFUSED):
            client.connection.auto_open = False
            client.get()
    assert refused(exporter, web.servers, old)
    assert not refused(exporter, web.servers, new)


def test_a_new_certificate_is_shown_and_a_bad_one_leaves_the_old(web, start):
    exporter = start(web.write())
    with Client(exporter, web.servers) as client:
        first = client.socket.getpeercert(binary_form=True)
    good = open(web.certificate).read()
    with open(web.certificate, "w") as file:
        file.write("no certificate")
    eventually(lambda: exporter.logged("web configuration reload failed"))
    with Client(exporter, web.servers) as client:
        assert client.socket.getpeercert(binary_form=True) == first
        assert metric(client, "northflank_exporter_web_config_last_reload_successful") == 0
    # A certificate for another key is refused as well.
    other = web.servers.issue("127.0.0.3")
    shutil.copy(other[0], web.certificate)
    eventually(lambda: any("do not fit" in line for line in exporter.logged("web configuration reload failed")))
    shutil.copy(other[1], web.key)
    eventually(lambda: exporter.logged("web configuration reloaded"))
    certificate = ssl.get_server_certificate(("127.0.0.1", exporter.port))
    assert certificate.strip() == open(other[0]).read().strip() != good.strip()
    # Once for each change, not at each look.
    assert len(exporter.logged("web configuration reload failed")) == 2


def test_users_change_without_a_restart(web, start):
    exporter = start(web.write(basic_auth_users={"old": SECRET}))
    with Client(exporter, web.servers, user="old:secret") as client:
        assert client.get().status == 200
        web.write(basic_auth_users={"new": SECRET})
        eventually(lambda: client.get().status == 401, within=10)
    with Client(exporter, web.servers, user="new:secret") as client:
        assert client.get().status == 200


def test_plain_http_is_told_to_use_https(web, start):
    exporter = start(web.write())
    response = plain.get(f"http://127.0.0.1:{exporter.port}/metrics")
    assert (response.status, response.text) == (400, "This address speaks HTTPS; use https:// in the URL.\n")


@pytest.mark.parametrize("allowed, protocol", [(True, "h2"), (False, "http/1.1")])
def test_http2(web, start, allowed, protocol):
    exporter = start(web.write(http_server_config={"http2": allowed}))
    with Client(exporter, web.servers, protocols=["h2", "http/1.1"]) as client:
        assert client.socket.selected_alpn_protocol() == protocol
    options = ["-sS", "--http2", "--cacert", web.servers.file, "-w", "%{http_version} %{num_connects} %{http_code}\n",
               "-o", "/dev/null"]
    result = subprocess.run(
        ["curl", *options, exporter.url + "/metrics", "--next", *options, exporter.url + "/nothing",
         "--next", *options, "-d", "x" * 100_000, exporter.url + "/metrics"],
        capture_output=True, text=True, timeout=20)
    version = "2" if allowed else "1.1"
    assert result.stdout.splitlines()[0] == f"{version} 1 200"
    assert [line.split()[2] for line in result.stdout.splitlines()] == ["200", "404", "413"], result.stderr


def test_an_http2_connection_has_four_requests_at_once(web, start):
    """Each takes the memory of a chunk, if the client lets nothing of the body through."""
    exporter = start(web.write())
    with Client(exporter, web.servers, protocols=["h2"]) as client:
        protocol = h2.connection.H2Connection()
        protocol.initiate_connection()
        protocol.update_settings({h2.settings.SettingCodes.INITIAL_WINDOW_SIZE: 0})
        for number in range(6):
            protocol.send_headers(2 * number + 1, [
                (":method", "GET"), (":path", "/metrics"), (":scheme", "https"), (":authority", "x")], end_stream=True)
        client.socket.sendall(protocol.data_to_send())
        statuses = {}
        while len(statuses) < 6:
            for event in protocol.receive_data(client.socket.recv(65_536)):
                if isinstance(event, h2.events.ResponseReceived):
                    statuses[event.stream_id] = dict(event.headers)[b":status"]
    assert [statuses[2 * number + 1] for number in range(6)] == [b"200"] * 4 + [b"503"] * 2


def test_headers_are_in_every_response(web, start):
    exporter = start(web.write(
        basic_auth_users={"prometheus": SECRET},
        http_server_config={"headers": {"Strict-Transport-Security": "max-age=60", "X-Frame-Options": "deny"}}))
    with Client(exporter, web.servers, user="prometheus:secret") as good, Client(exporter, web.servers) as bad:
        for client, path in [(good, "/metrics"), (good, "/"), (good, "/nothing"), (good, "/-/healthy"), (bad, "/")]:
            headers = client.get(path).headers
            assert (headers["Strict-Transport-Security"], headers["X-Frame-Options"]) == ("max-age=60", "deny")


def test_health_is_open_if_wanted(web, start):
    file = web.write(basic_auth_users={"prometheus": SECRET}, rate_limit={"interval": "1h", "burst": 1})
    paths = ["/-/healthy", "/-/ready", "/metrics", "/", "/api/health", "/sd"]
    with Client(start(file), web.servers) as client:
        assert [client.get(path).status for path in paths] == [401, 429, 429, 429, 429, 429]
    with Client(start(file, "--web.open-health"), web.servers) as client:
        assert [client.get(path).status for path in paths] == [200, 200, 401, 429, 429, 429]


def test_the_rate_of_requests(web, start):
    exporter = start(web.write(rate_limit={"interval": "300s", "burst": 3}))
    with Client(exporter, web.servers) as client:
        responses = [client.get("/-/healthy") for _ in range(5)]
        assert [response.status for response in responses] == [200, 200, 200, 429, 429]
        assert responses[4].headers["Retry-After"] == "1"


def handshake(exporter, *arguments):
    return subprocess.run(
        ["openssl", "s_client", "-connect", f"127.0.0.1:{exporter.port}", *arguments], stdin=subprocess.DEVNULL,
        capture_output=True, text=True, timeout=20)


def test_versions_suites_and_curves(web, start):
    # Old versions need their own security level in OpenSSL 3.
    old = ["-cipher", "DEFAULT@SECLEVEL=0"]
    exporter = start(web.write())
    assert [handshake(exporter, version, *old).returncode for version in ("-tls1", "-tls1_1", "-tls1_2", "-tls1_3")] \
        == [1, 1, 0, 0]
    for weak in ("RC4", "3DES", "aNULL", "eNULL"):
        assert handshake(exporter, "-tls1_2", "-cipher", f"{weak}:@SECLEVEL=0").returncode == 1
    exporter = start(web.write(tls={
        "max_version": "TLS12", "cipher_suites": ["TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"],
        "curve_preferences": ["CurveP384"]}))
    assert handshake(exporter, "-tls1_3").returncode == 1
    assert handshake(exporter, "-cipher", "ECDHE-ECDSA-AES256-GCM-SHA384").returncode == 1
    assert handshake(exporter, "-groups", "P-256").returncode == 1
    result = handshake(exporter)
    assert result.returncode == 0 and "ECDHE-ECDSA-AES128-GCM-SHA256" in result.stdout and "secp384r1" in result.stdout
    # Neither compression nor renegotiation by the client.
    assert "Compression: NONE" in result.stdout


@pytest.mark.parametrize("change, words", [
    ({"cert_file": "nowhere.pem"}, "nowhere.pem"),
    ({"min_version": "TLS13", "max_version": "TLS12"}, "min_version"),
])
def test_a_start_with_a_bad_file_says_what_is_wrong(binary, web, change, words):
    result = subprocess.run(
        [binary, "demo", "--web.listen-address", "127.0.0.1:0", "--web.config.file", web.write(tls=change)],
        capture_output=True, text=True, timeout=20)
    assert result.returncode == 2 and words in result.stderr and str(web.file) in result.stderr


def test_a_start_with_a_key_of_another_certificate(binary, web):
    _, key = web.servers.issue("127.0.0.9")
    result = subprocess.run(
        [binary, "demo", "--web.listen-address", "127.0.0.1:0", "--web.config.file", web.write(tls={"key_file": key})],
        capture_output=True, text=True, timeout=20)
    assert (result.returncode, result.stderr.count("do not fit each other")) == (2, 1)


def test_what_an_open_address_shows_is_said_once(binary, tmp_path, programs, web, start):
    words = "no TLS or no users"
    programs.append(Exporter(binary, tmp_path, command="demo", addresses=("0.0.0.0:0",), name="open"))
    assert programs[-1].stderr.count(words) == 1
    programs.append(Exporter(binary, tmp_path, command="demo", addresses=("127.0.0.1:0", "[::1]:0"), name="local"))
    assert words not in programs[-1].stderr
    programs.append(SecureExporter(
        binary, tmp_path, ("--web.config.file", web.write(basic_auth_users={"a": SECRET})), command="demo",
        addresses=("0.0.0.0:0",), name="closed"))
    assert words not in programs[-1].stderr


def test_slow_handshakes_end(web, start):
    exporter = start(web.write())
    with socket.create_connection(("127.0.0.1", exporter.port), timeout=20) as connection:
        connection.sendall(b"\x16\x03\x01\x02\x00\x01")
        assert connection.recv(1) == b""
    with Client(exporter, web.servers) as client:
        assert metric(client, "northflank_exporter_http_connections_ended_total", reason="slow_head") == 1


def test_webhooks_need_their_own_secret_and_no_user(web, simulator, binary, tmp_path, programs):
    file = configuration.write(
        tmp_path / "webhook.yml", configuration.account(simulator, webhook={"token_env": "HOOK"}))
    programs.append(SecureExporter(
        binary, tmp_path, ("--config.file", file, "--web.config.file",
                           web.write(basic_auth_users={"prometheus": SECRET}), *simulator.clock_arguments),
        {**configuration.ENVIRONMENT, "HOOK": "hook-secret"}, name="hooked"))
    event = json.dumps({"event": "x", "data": {}})
    with Client(programs[-1], web.servers) as client:
        client.headers["X-Northflank-Notification-Integration-Token"] = "hook-secret"
        client.connection.request("POST", "/webhook/northflank", body=event, headers=client.headers)
        assert client.connection.getresponse().status == 202
