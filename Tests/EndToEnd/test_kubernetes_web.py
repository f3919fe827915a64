"""TLS and users in the Helm chart: the Secret with the web configuration, probes and the scrape."""

import json
import re

import pytest
import yaml
from cloudcoil.models.prometheus_operator import v1 as operator

from conftest import ROOT
from support.chart import NAME, VALUES, container_of, objects, only, pod_of, render
from support.pod import Pod
from support.waiting import eventually
from support.web import REFUSED, SECRET, Client, Web

PROBES = ("startupProbe", "livenessProbe", "readinessProbe")
FOLDER = "/etc/northflank-backup-exporter/web"
SECRET_NAME = f"{NAME}-web"
WEB = {"existingSecret": SECRET_NAME, "tls": True}


# The values in the documentation.
DOCUMENTED = [yaml.safe_load(block) for block in re.findall(
    r"^```yaml\n(web:.*?)^```", (ROOT / "docs" / "kubernetes.md").read_text(), re.DOTALL | re.MULTILINE)]


def options(values):
    return [argument for argument in container_of(objects(values))["args"] if argument.startswith("--web.")]


def test_without_a_secret_there_is_no_web_configuration():
    assert options({}) == []
    assert "web" not in {each["name"] for each in [*pod_of(objects())["volumes"],
                                                  *container_of(objects())["volumeMounts"]]}


def test_the_secret_is_a_folder_that_follows_its_rotation():
    values = {"web": {"existingSecret": SECRET_NAME}}
    assert options(values) == [f"--web.config.file={FOLDER}/web.yml", "--web.open-health"]
    assert {"name": "web", "secret": {"secretName": SECRET_NAME, "defaultMode": 0o440}} in pod_of(
        objects(values))["volumes"]
    assert {"name": "web", "mountPath": FOLDER, "readOnly": True} in container_of(objects(values))["volumeMounts"]


@pytest.mark.parametrize("web, probe, protocol", [
    ({}, {"port": "http"}, None), ({"existingSecret": SECRET_NAME}, {"port": "http"}, None),
    (WEB, {"port": "http", "scheme": "HTTPS"}, "https")])
def test_probes_scrapes_and_meshes_use_https_with_tls_alone(web, probe, protocol):
    found = objects({"web": web, "serviceMonitor": {"enabled": True}})
    assert [container_of(found)[name]["httpGet"] for name in PROBES] == [
        {**probe, "path": path} for path in ("/-/healthy", "/-/healthy", "/-/ready")]
    (endpoint,) = only(found, "ServiceMonitor")["spec"]["endpoints"]
    assert endpoint.get("scheme") == protocol
    services = [each for (kind, _), each in found.items() if kind == "Service"]
    assert [port.get("appProtocol") for each in services for port in each["spec"]["ports"]] == [protocol] * 2
    assert f"{protocol or 'http'}://{NAME}.backups.svc:9974/sd" in render({"web": web})["NOTES.txt"]


def test_the_monitor_shows_what_the_values_name():
    values = VALUES["everything"]
    (endpoint,) = only(objects(values), "ServiceMonitor")["spec"]["endpoints"]
    assert {key: endpoint[key] for key in ("tlsConfig", "basicAuth")} == {
        key: values["serviceMonitor"][key] for key in ("tlsConfig", "basicAuth")}
    (endpoint,) = only(objects({"serviceMonitor": {"enabled": True}}), "ServiceMonitor")["spec"]["endpoints"]
    assert not {"tlsConfig", "basicAuth", "scheme"} & set(endpoint)


def test_the_operator_knows_the_documented_values():
    (monitor,) = [only(objects(values), "ServiceMonitor") for values in DOCUMENTED if "serviceMonitor" in values]
    (endpoint,) = monitor["spec"]["endpoints"]
    assert {"scheme", "tlsConfig", "basicAuth"} < set(endpoint)
    assert operator.ServiceMonitor.model_validate(monitor).model_dump(
        mode="json", by_alias=True, exclude_unset=True) == monitor


@pytest.fixture
def web(tmp_path):
    return Web(tmp_path)


def secret(web, client_auth, **files):
    """The files of the Secret: certificates, new ones each time, beside the web configuration that names them."""
    tls = {"cert_file": "server.pem", "key_file": "server.key", "client_ca_file": "ca.pem",
           "client_auth_type": client_auth}
    certificate, key = web.servers.issue("127.0.0.1")
    paths = {"server.pem": certificate, "server.key": key, "ca.pem": web.clients.file, **files}
    return {"web.yml": json.dumps({"tls_server_config": tls, "basic_auth_users": {"prometheus": SECRET}}),
            **{name: open(path).read() for name, path in paths.items()}}


@pytest.fixture
def start_pod(binary, tmp_path, programs, simulator):
    """Starts a pod of the chart with a web configuration, on the simulator."""
    def start(files, **values):
        account = {"name": "acme", "base_url": simulator.url}
        values = {"web": WEB, "config": {"accounts": [account]}, **values}
        programs.append(Pod(binary, tmp_path, objects(values), f"{NAME}-0",
                            {"northflank-api": {"token": simulator.TOKEN}, SECRET_NAME: files}))
        return programs[-1]

    return start


def test_probes_need_neither_a_certificate_nor_a_user(web, start_pod):
    pod = start_pod(secret(web, "VerifyClientCertIfGiven"))
    for probe in PROBES:
        eventually(lambda: pod.probe(probe), what=probe)
    client = web.clients.issue("prometheus.test")
    for certificate, user, status in [(None, None, 401), (client, "prometheus:wrong", 401),
                                      (None, "prometheus:secret", 200), (client, "prometheus:secret", 200)]:
        with Client(pod, web.servers, certificate, user) as prometheus:
            assert prometheus.get("/metrics").status == status


def test_another_secret_counts_without_a_restart(web, start_pod):
    pod = start_pod(secret(web, "VerifyClientCertIfGiven"))

    def serial():
        with Client(pod, web.servers) as client:
            return client.socket.getpeercert()["serialNumber"]

    first = serial()
    pod.write("web", secret(web, "VerifyClientCertIfGiven"))
    eventually(lambda: serial() != first)


def test_exec_probes_show_a_certificate(web, start_pod):
    certificate, key = web.clients.issue("probe.test")
    files = secret(web, "RequireAndVerifyClientCert", **{"probe.pem": certificate, "probe.key": key})
    (documented,) = [values for values in DOCUMENTED if values["web"].get("execProbes")]
    pod = start_pod(files, **documented)
    for probe in PROBES:
        eventually(lambda: pod.probe(probe), what=probe)
    with Client(pod, web.servers) as stranger, pytest.raises(REFUSED):
        stranger.get("/-/healthy")


def test_a_required_certificate_keeps_the_kubelet_out(web, start_pod):
    pod = start_pod(secret(web, "RequireAndVerifyClientCert"))
    assert [pod.probe(probe) for probe in PROBES] == [False] * 3
