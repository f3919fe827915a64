"""Names of the Helm chart that YAML could take for something else, and what the image is called."""

import re

import helm_python
import kubernetes_validate
import pytest

from conftest import ROOT
from support.chart import APP_VERSION, NAME, VALUES, container_of, objects, only, pod_of, render

# For YAML, a number, two booleans and nothing.
ODD = ["2024", "on", "true", "null"]
DIGEST = VALUES["everything"]["image"]["digest"]


@pytest.mark.parametrize("odd", ODD)
def test_texts_stay_texts(odd):
    values = {"fullnameOverride": "on", "nameOverride": odd, "token": {"existingSecret": odd},
              "web": {"existingSecret": odd},
              "priorityClassName": odd, "persistence": {"storageClass": odd}, "shards": 2,
              "dashboards": {"enabled": True, "namespace": odd, "labels": None},
              "serviceMonitor": {"enabled": True}}
    found = objects(values, odd)
    for (kind, name), each in found.items():
        if kind != "ServiceMonitor":
            kubernetes_validate.validate(each, "1.37", strict=True)
        assert each["metadata"]["labels"].items() >= {
            "app.kubernetes.io/name": odd, "app.kubernetes.io/instance": odd}.items(), name
        assert each["metadata"].get("namespace") == (odd if "-dashboard-" in name else None), name
    assert only(found, "ServiceMonitor")["spec"]["selector"]["matchLabels"]["app.kubernetes.io/instance"] == odd
    pod = pod_of(found)
    assert (pod["priorityClassName"], pod["serviceAccountName"]) == (odd, "on")
    assert [volume["secret"]["secretName"] for volume in pod["volumes"] if "secret" in volume] == [odd, odd]
    assert [volume["configMap"]["name"] for volume in pod["volumes"] if "configMap" in volume] == ["on"]
    (claim,) = found["StatefulSet", "on"]["spec"]["volumeClaimTemplates"]
    assert claim["spec"]["storageClassName"] == odd


@pytest.mark.parametrize("release", ["2024", "a.b"])
def test_a_name_that_no_service_can_have_is_refused(release):
    with pytest.raises(helm_python.HelmError) as refusal:
        render(name=release)
    assert refusal.value.detail.endswith(
        f"{release}-{NAME}: a Service cannot have this name (a-z, 0-9 and -, a letter first); set fullnameOverride")
    assert ("StatefulSet", "backups") in objects({"fullnameOverride": "backups"}, release)


@pytest.mark.parametrize("value, expected", [("", None), ("-", ""), ("fast", "fast")])
def test_the_class_of_volumes(value, expected):
    (claim,) = only(objects({"persistence": {"storageClass": value}}), "StatefulSet")["spec"]["volumeClaimTemplates"]
    assert claim["spec"].get("storageClassName") == expected


@pytest.mark.parametrize("image, expected", [
    ({}, f"{NAME}:{APP_VERSION}"), ({"tag": "1.2.3"}, f"{NAME}:1.2.3"), ({"digest": DIGEST}, f"{NAME}@{DIGEST}"),
    ({"repository": "r.example.com:5000/x", "tag": "1.2.3", "digest": DIGEST}, f"r.example.com:5000/x@{DIGEST}")])
def test_the_image(image, expected):
    assert container_of(objects({"image": image}))["image"] == expected


def test_the_documented_commands_are_about_the_charts_version():
    page = (ROOT / "docs" / "kubernetes.md").read_text()
    tags = re.findall(rf"(?<!/)\b(registry\.example\.com/{NAME}|(?<=tag ){NAME}):(\S+)", page)
    assert {tag for _, tag in tags} == {APP_VERSION}
    assert {name for name, _ in tags} == {NAME, f"registry.example.com/{NAME}"}
