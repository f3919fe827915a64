"""The values of the Helm chart: what is refused, and with which words."""

import json

import helm_python
import pytest
import yaml

from support.chart import CHART, VALUES, render


REFUSED = {
    "at '': additional properties 'shard' not allowed": {"shard": 2},
    "at '/shards': minimum: got 0, want 1": {"shards": 0},
    "at '/shards': maximum: got 1,025, want 1,024": {"shards": 1025},
    "at '/shards': got string, want integer": {"shards": "2"},
    "at '': missing property 'token'": {"token": None},
    "at '/nameOverride': 'My_exporter' does not match pattern '^([a-z0-9]([a-z0-9-]*[a-z0-9])?)?$'":
        {"nameOverride": "My_exporter"},
    "at '/fullnameOverride': '1-exporter' does not match pattern '^([a-z]([a-z0-9-]*[a-z0-9])?)?$'":
        {"fullnameOverride": "1-exporter"},
    "at '/image/digest': 'sha256:01' does not match pattern '^(sha256:[0-9a-f]{64})?$'":
        {"image": {"digest": "sha256:01"}},
    "at '/persistence/storageClass': 'Fast' does not match pattern '^(-|[a-z0-9]([a-z0-9.-]*[a-z0-9])?)?$'":
        {"persistence": {"storageClass": "Fast"}},
    "at '/token': additional properties 'value' not allowed": {"token": {"value": "secret"}},
    "at '/token/existingSecret': '' does not match pattern '^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$'":
        {"token": {"existingSecret": ""}},
    "at '/web': additional properties 'file' not allowed": {"web": {"file": "web.yml"}},
    "at '/web/tls': got string, want boolean": {"web": {"existingSecret": "web", "tls": "yes"}},
    "web.tls: TLS needs a web configuration; name its Secret in web.existingSecret": {"web": {"tls": True}},
    "at '/image/repository': 'exporter:1.0' does not match pattern '^([^ :@/]+(:[0-9]+)?/)?[^ :@]+$'":
        {"image": {"repository": "exporter:1.0"}},
    "at '/config/accounts': minItems: got 0, want 1": {"config": {"accounts": []}},
    "at '/log/level': value must be one of 'debug', 'info', 'warn', 'error'": {"log": {"level": "trace"}},
    "at '/persistence/size': '1G' does not match pattern '^[1-9][0-9]*(Mi|Gi|Ti)$'": {"persistence": {"size": "1G"}},
    "at '/networkPolicy/egressPorts/0': maximum: got 70,000, want 65,535": {"networkPolicy": {"egressPorts": [70000]}},
    "at '/serviceMonitor/interval': '30 s' does not match pattern '^([1-9][0-9]*(ms|s|m|h))*$'":
        {"serviceMonitor": {"interval": "30 s"}},
    "at '/links/grafana': 'https://grafana/' does not match pattern '^(https?://.*[^/])?$'":
        {"links": {"grafana": "https://grafana/"}},
    "config.accounts: a token belongs into the Secret of token.existingSecret, not into the configuration":
        {"config": {"accounts": [{"token": "secret"}]}},
    "prometheusRule.rules: there are no rules none in alerts/": {"prometheusRule": {"enabled": True, "rules": ["none"]}},
}


@pytest.mark.parametrize("message, values", REFUSED.items(), ids=map(str, REFUSED.values()))
def test_wrong_values_are_refused_by_name(message, values):
    with pytest.raises(helm_python.HelmError) as refusal:
        render(values)
    assert refusal.value.detail.strip().splitlines()[-1].removeprefix("- ").endswith(message)
    # Nothing else is wrong.
    assert len(refusal.value.detail.strip().splitlines()) in (1, 3)


def test_every_value_is_in_the_schema_and_in_the_file_of_all_values():
    def names(tree, schema, path=""):
        assert set(tree) <= set(schema["properties"]), path
        for key, value in tree.items():
            inner = schema["properties"][key]
            if inner.get("properties") and key != "config" and key != "resources":
                assert inner["additionalProperties"] is False, key
                yield from names(value, inner, f"{path}{key}.")
            else:
                yield f"{path}{key}"

    schema = json.loads((CHART / "values.schema.json").read_text())
    defaults = set(names(yaml.safe_load((CHART / "values.yaml").read_text()), schema))
    # Of a volume that is not there nobody needs to know the size.
    assert defaults - set(names(VALUES["everything"], schema)) == {"persistence.size", "persistence.storageClass"}
