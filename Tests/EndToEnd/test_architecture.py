"""The drawing of the targets in docs/architecture.md."""

import json
import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).parents[2]


def targets():
    """The targets that are not for tests, with their own targets that they depend on."""
    dump = subprocess.run(
        ["swift", "package", "dump-package"], cwd=ROOT, check=True, capture_output=True, timeout=120
    )
    found = json.loads(dump.stdout)["targets"]
    return {
        target["name"]: {dependency["byName"][0] for dependency in target["dependencies"] if "byName" in dependency}
        for target in found
        if target["type"] != "test" and not target.get("path", "").startswith("Tests/")
    }


def reachable(graph, name):
    return set().union(*({other} | reachable(graph, other) for other in graph[name]), set())


def direct(graph):
    """The arrows that do not follow from others."""
    return {
        (name, other)
        for name, others in graph.items()
        for other in others
        if not any(other in reachable(graph, third) for third in others - {other})
    }


def test_the_drawing_has_all_targets_and_their_arrows():
    text = (ROOT / "docs" / "architecture.md").read_text()
    drawing = re.search(r"```mermaid\n(.*?)```", text, re.DOTALL).group(1)
    arrows = re.findall(r"^    (\S+) --> (\S+)$", drawing, re.MULTILINE)
    assert len(arrows) == len(drawing.strip().splitlines()) - 1, "a line of the drawing is no arrow"
    graph = targets()
    assert len(graph) > 15
    assert sorted(arrows) == sorted(direct(graph))
    drawn = {name for arrow in arrows for name in arrow}
    assert drawn == set(graph)
    table = text.split("## One addon")[0]
    for name in graph:
        # C libraries are behind the targets that wrap them.
        assert f"`{name}`" in table or re.match("C[A-Z]", name) or name == "freshness-benchmark", name
