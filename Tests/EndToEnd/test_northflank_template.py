"""The template for Northflank: as far as can be told without an account there."""

import json
import re

import pytest
from northflank import _types as api
from pydantic import TypeAdapter

from conftest import ROOT
from support import command

TEMPLATE = json.loads((ROOT / "deploy" / "northflank" / "template.json").read_text())


def nodes(workflow):
    """The nodes in the order in which they run."""
    for step in workflow["spec"]["steps"]:
        yield from nodes(step) if step["kind"] == "Workflow" else [step]


NODES = {node["kind"]: node for node in nodes(TEMPLATE["spec"])}


def matches(schema, document):
    # Unknown keys are left out of what comes back.
    adapter = TypeAdapter(schema)
    return adapter.dump_python(adapter.validate_python(document)) == document


def test_the_api_knows_every_field_of_the_template():
    document = {key: value for key, value in TEMPLATE.items() if key != "$schema"}
    assert matches(api.CreateTemplateRequestV12, document)
    assert not matches(api.CreateTemplateRequestV12, {**document, "autorun": True})


@pytest.mark.parametrize("kind, schema", {
    "Project": api.CreateProjectRequestRegion, "DeploymentService": api.CreateServiceDeploymentRequest,
    "SecretGroup": api.CreateSecretRequest, "Volume": api.CreateVolumeRequest}.items())
def test_the_api_knows_every_field_of_a_node(kind, schema):
    assert matches(schema, NODES[kind]["spec"])
    assert not matches(schema, {**NODES[kind]["spec"], "unknown": 1})


def test_nodes_refer_to_arguments_and_to_nodes_before_them():
    before = set()
    for node in nodes(TEMPLATE["spec"]):
        assert set(re.findall(r"\$\{refs\.(\w+)\.id}", json.dumps(node))) <= before
        before.add(node["ref"])
    arguments = set(re.findall(r"\$\{args\.(\w+)}", json.dumps(TEMPLATE)))
    # The token is given as an override, which Northflank keeps out of the template.
    assert arguments == {*TEMPLATE["arguments"], "API_TOKEN"}


def test_the_token_is_a_secret_of_the_service_alone():
    secret = NODES["SecretGroup"]["spec"]
    assert secret["secrets"] == {"variables": {"NORTHFLANK_API_TOKEN": "${args.API_TOKEN}"}, "files": {}}
    assert secret["restrictions"] == {
        "restricted": True, "nfObjects": [{"id": "${refs.exporter.id}", "type": "service"}], "tags": []}
    assert NODES["DeploymentService"]["spec"]["ports"] == [
        {"name": "metrics", "internalPort": 9974, "protocol": "HTTP", "public": False}]


def test_the_images_version_is_the_exporters(binary):
    version = command.run(binary, "--version").stdout.split("version ")[1].split()[0]
    assert TEMPLATE["arguments"]["IMAGE"].endswith(f":{version}")


def test_the_exporter_understands_what_it_is_given(start_exporter, simulator, tmp_path):
    service, secret, volume = (NODES[kind]["spec"] for kind in ("DeploymentService", "SecretGroup", "Volume"))
    arguments = {**TEMPLATE["arguments"], "API_TOKEN": simulator.TOKEN}
    environment = {name: re.sub(r"\$\{args\.(\w+)}", lambda match: arguments[match[1]], value)
                   for name, value in {**service["runtimeEnvironment"], **secret["secrets"]["variables"]}.items()}
    (mount,) = volume["mounts"]
    assert environment["NORTHFLANK_STATE_PATH"] == f"{mount['containerMountPath']}/history.sqlite"
    environment |= {"NORTHFLANK_STATE_PATH": str(tmp_path / "history.sqlite"), "NORTHFLANK_API_BASE_URL": simulator.url}
    exporter = start_exporter(environment=environment)
    for check in service["healthChecks"]:
        assert (check["port"], exporter.get(check["path"]).status) == (9974, 200)
    page = exporter.wait_until_observed(*simulator.addons)
    assert page.value("northflank_exporter_state_persistent") == 1
    # An addon without a schedule, which is known once its schedules were read; 26 hours are its objective.
    exporter.wait_for_page(
        lambda page: page.of(
            ("staging", "users-copy"), "northflank_addon_backup_objective_seconds", type="any") == 26 * 3600,
        what="an objective of 26 hours")
