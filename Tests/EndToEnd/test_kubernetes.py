"""The objects of the Helm chart: valid, restricted, and fitting together."""

import json

import helm_python
import kubernetes_validate
import pytest

from conftest import ROOT
from support.chart import CHART, CUSTOM, NAME, VALUES, configuration_of, container_of, objects, only, pod_of

EVERYTHING = VALUES["everything"]


@pytest.fixture(params=VALUES, scope="module")
def rendered(request):
    return objects(VALUES[request.param])


@pytest.mark.parametrize("values", VALUES.values(), ids=VALUES)
def test_helm_finds_nothing_to_complain_about(values):
    report = helm_python.lint(CHART, values, strict=True)
    assert report["errors"] == []
    assert [message["error"] for message in report["messages"]] == ["icon is recommended"]


def test_what_is_there():
    kinds = {name: sorted(kind for kind, _ in objects(values)) for name, values in VALUES.items()}
    always = ["ConfigMap", "Service", "Service", "ServiceAccount", "StatefulSet"]
    dashboards = ["ConfigMap"] * len(list((ROOT / "dashboards").glob("*.json")))
    assert kinds == {
        "default": sorted([*always, "NetworkPolicy"]),
        "sharded": sorted([*always, "PodDisruptionBudget"]),
        "everything": sorted([*always, *dashboards, "NetworkPolicy", "PrometheusRule", "PrometheusRule",
                              "ServiceMonitor"])}


# The oldest that Chart.yaml allows, and the newest that the validator knows.
@pytest.mark.parametrize("version", ["1.25", "1.37"])
@pytest.mark.parametrize("values", VALUES.values(), ids=VALUES)
def test_kubernetes_knows_every_field(values, version):
    for (kind, name), each in objects(values, version=version).items():
        if kind not in CUSTOM:
            assert kubernetes_validate.validate(each, version, strict=True) == version, name


@pytest.mark.parametrize("version, policy", [("1.26", None), ("1.27", "AlwaysAllow"), ("1.37", "AlwaysAllow")])
def test_draining_a_node_waits_for_other_shards_alone(version, policy):
    assert "PodDisruptionBudget" not in {kind for kind, _ in objects({"shards": 1}, version=version)}
    budget = only(objects({"shards": 2}, version=version), "PodDisruptionBudget")["spec"]
    assert budget["maxUnavailable"] == 1
    assert budget.get("unhealthyPodEvictionPolicy") == policy


def test_the_pod_is_of_the_restricted_level(rendered):
    pod, container = pod_of(rendered), container_of(rendered)
    assert pod["automountServiceAccountToken"] is False
    assert rendered["ServiceAccount", pod["serviceAccountName"]]["automountServiceAccountToken"] is False
    assert pod["securityContext"] == {
        "runAsNonRoot": True, "runAsUser": 65532, "runAsGroup": 65532, "fsGroup": 65532,
        "fsGroupChangePolicy": "OnRootMismatch", "seccompProfile": {"type": "RuntimeDefault"}}
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]}}
    assert not {"hostNetwork", "hostPID", "hostIPC", "initContainers"} & set(pod)
    assert not [port for port in container["ports"] if "hostPort" in port]
    kinds = {kind for volume in pod["volumes"] for kind in volume if kind != "name"}
    assert kinds <= {"configMap", "secret", "emptyDir"}


@pytest.mark.parametrize("values, secret, key", [({}, "northflank-api", "token"),
                                                 (EVERYTHING, "northflank", "api-token")])
def test_the_token_is_a_file_of_a_secret_that_follows_its_rotation(values, secret, key):
    found = objects(values)
    (volume,) = [volume for volume in pod_of(found)["volumes"] if volume["name"] == "secrets"]
    assert volume["secret"] == {"secretName": secret, "defaultMode": 0o440}
    (mount,) = [mount for mount in container_of(found)["volumeMounts"] if mount["name"] == volume["name"]]
    assert mount == {"name": "secrets", "mountPath": "/etc/northflank-backup-exporter/secrets", "readOnly": True}
    (account, *others) = configuration_of(found)["accounts"]
    assert account["token_file"] == f"{mount['mountPath']}/{key}"
    assert [other["token_file"] for other in others] == [f"{mount['mountPath']}/other-token"] * len(others)
    assert "Secret" not in {kind for kind, _ in found}


def test_everything_in_the_configuration_gets_through():
    expected = json.loads(json.dumps(EVERYTHING["config"]))
    expected["accounts"][0]["token_file"] = "/etc/northflank-backup-exporter/secrets/api-token"
    assert configuration_of(objects(EVERYTHING)) == expected


def test_another_configuration_rolls_out_and_another_size_does_not():
    def checksum(**values):
        statefulset = objects(values)["StatefulSet", NAME]
        return statefulset["spec"]["template"]["metadata"]["annotations"]["checksum/config"]

    assert checksum() == checksum(shards=2)
    assert checksum() != checksum(config={"accounts": [{"name": "acme"}]})


@pytest.mark.parametrize("release, shards, name", [
    (NAME, 1, NAME), ("acme", 3, f"acme-{NAME}"), (f"{'long-' * 10}x", 2, f"{'long-' * 10}x")])
def test_shards_have_names_numbers_and_volumes_of_their_own(release, shards, name):
    found = objects({"shards": shards}, release)
    statefulset = found["StatefulSet", name]["spec"]
    assert len(name) <= 52
    assert statefulset["replicas"] == shards
    assert statefulset["serviceName"] == f"{name}-headless"
    assert found["Service", f"{name}-headless"]["spec"]["clusterIP"] == "None"
    assert found["Service", f"{name}-headless"]["spec"]["publishNotReadyAddresses"] is True
    assert container_of(found)["args"] == [
        "serve", "--config.file=/etc/northflank-backup-exporter/config/config.yml", f"--shard.count={shards}",
        "--shard.index=ordinal",
        f"--shard.address={name}-{{index}}.{name}-headless.$(POD_NAMESPACE).svc:9974",
        "--log.level=info", "--log.format=logfmt"]
    (claim,) = statefulset["volumeClaimTemplates"]
    assert claim["metadata"]["name"] == "state"
    assert {"name": "state", "mountPath": "/var/lib/northflank-backup-exporter"} in container_of(found)["volumeMounts"]


def test_without_persistence_the_history_is_the_pods():
    found = objects({"persistence": {"enabled": False}})
    assert "volumeClaimTemplates" not in found["StatefulSet", NAME]["spec"]
    assert {"name": "state", "emptyDir": {}} in pod_of(found)["volumes"]


def test_services_budget_and_policy_select_the_pods_and_the_monitor_one_service(rendered):
    statefulset = only(rendered, "StatefulSet")
    labels = statefulset["spec"]["template"]["metadata"]["labels"].items()
    for (kind, name), each in rendered.items():
        selector = each.get("spec", {}).get("podSelector", each.get("spec", {}).get("selector"))
        if kind in ("Service", "StatefulSet", "NetworkPolicy", "PodDisruptionBudget"):
            selector = selector.get("matchLabels", selector)
            assert selector and selector.items() <= labels, name
        if kind == "ServiceMonitor":
            # Every pod is behind each Service: with two of them it would be scraped twice.
            (service,) = [other["metadata"]["name"] for (kind, _), other in rendered.items() if kind == "Service"
                          and selector["matchLabels"].items() <= other["metadata"]["labels"].items()]
            assert service == statefulset["spec"]["serviceName"]


@pytest.mark.parametrize("values, ingress, ports", [
    ({}, [{"ports": [{"protocol": "TCP", "port": "http"}]}], [443]),
    (EVERYTHING, [{"ports": [{"protocol": "TCP", "port": "http"}],
                   "from": EVERYTHING["networkPolicy"]["ingressFrom"]}], [443, 3128])])
def test_the_network_is_open_for_scrapes_names_and_the_api_alone(values, ingress, ports):
    policy = only(objects(values), "NetworkPolicy")["spec"]
    assert policy["policyTypes"] == ["Ingress", "Egress"]
    assert policy["ingress"] == ingress
    assert policy["egress"] == [{"ports": [{"protocol": "UDP", "port": 53}, {"protocol": "TCP", "port": 53},
                                           *({"protocol": "TCP", "port": port} for port in ports)]}]
