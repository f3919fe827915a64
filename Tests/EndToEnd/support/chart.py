"""The Helm chart, rendered by Helm's own library, and the manifests that are made of it."""

import json
import pathlib

import yaml
from helm_python import Chart, _native

CHART = pathlib.Path(__file__).parents[3] / "deploy" / "helm" / "northflank-backup-exporter"
NAME = CHART.name
# Of the exporter that it runs.
APP_VERSION = yaml.safe_load((CHART / "Chart.yaml").read_text())["appVersion"]
# What the tests render with, by name.
VALUES = {"default": {}, **{path.name.removesuffix("-values.yaml"): yaml.safe_load(path.read_text())
                            for path in sorted((CHART / "ci").iterdir())}}
CUSTOM = ("ServiceMonitor", "PrometheusRule")
MANIFESTS = {
    "exporter.yaml": ("serviceaccount", "configmap", "service", "statefulset", "networkpolicy"),
    "monitoring.yaml": ("servicemonitor", "prometheusrule"),
}
HEADER = """\
# Rendered from {chart} by scripts/manifests.
# For any namespace: kubectl -n NAMESPACE apply -f {file}
"""


def render(values=None, name=NAME, version="1.37"):
    """The text of every template by its name without `.yaml`, for a version of Kubernetes; the notes are `NOTES.txt`."""
    options = {"name": name, "namespace": "backups", "kube_version": f"v{version}.0"}
    with Chart.load(CHART) as chart:
        # Chart.render has no argument for the version.
        text = _native.call_string("helm_render", chart._raw(), json.dumps(values or {}), json.dumps(options))
    return {path.rpartition("/")[2].removesuffix(".yaml"): text for path, text in json.loads(text).items()}


def objects(values=None, name=NAME, version="1.37"):
    """Every object by kind and name."""
    texts = [text for template, text in render(values, name, version).items() if template != "NOTES.txt"]
    found = [each for text in texts for each in yaml.safe_load_all(text) if each]
    by_name = {(each["kind"], each["metadata"]["name"]): each for each in found}
    assert len(by_name) == len(found), "an object is there twice"
    return by_name


def only(found, wanted):
    """The only object of a kind."""
    (each,) = [each for (kind, _), each in found.items() if kind == wanted]
    return each


def pod_of(found):
    return only(found, "StatefulSet")["spec"]["template"]["spec"]


def container_of(found):
    (container,) = pod_of(found)["containers"]
    return container


def configuration_of(found):
    """The exporter's configuration."""
    (text,) = [each["data"]["config.yml"] for (kind, _), each in found.items()
               if kind == "ConfigMap" and "config.yml" in each["data"]]
    return yaml.safe_load(text)


def manifests():
    """What belongs into deploy/kubernetes, by name of the file."""
    rendered = render({"serviceMonitor": {"enabled": True}, "prometheusRule": {"enabled": True}})
    files = {}
    for file, templates in MANIFESTS.items():
        parts = [HEADER.format(chart=CHART.relative_to(CHART.parents[2]), file=file)]
        parts += [rendered[template].strip().removeprefix("---\n") for template in templates]
        lines = "\n---\n".join(part.strip() for part in parts).splitlines()
        # Indenting an empty line leaves blanks on it.
        files[file] = "".join(f"{line.rstrip()}\n" for line in lines)
    return files


if __name__ == "__main__":
    for file, text in manifests().items():
        (CHART.parents[1] / "kubernetes" / file).write_text(text)
