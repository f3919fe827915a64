"""The shipped rules, and what the runbooks say about them."""

import re

import promql_parser

from support.rules import ROOT, rules

DOCS = ROOT / "docs"
ALERTS = {rule["alert"]: rule for rule in rules() if "alert" in rule}
RECORDED = {rule["record"] for rule in rules() if "record" in rule}


def labels_of(rule):
    """The labels that tell one alert of a rule from another: what its texts name."""
    return set(re.findall(r"\$labels\.(account|project|addon|instance)\b", str(rule["annotations"])))


class Runbook:
    def __init__(self, path):
        self.name, self.text = path.stem, path.read_text()

    @property
    def queries(self):
        """Each line of PromQL is one, comments aside."""
        blocks = re.findall(r"^ *```promql\n(.*?)^ *```$", self.text, re.MULTILINE | re.DOTALL)
        return [filled(line.strip()) for block in blocks for line in block.splitlines()
                if not line.strip().startswith("#")]

    @property
    def shell(self):
        """The lines of the shell commands, continued ones as one."""
        blocks = re.findall(r"^ *```sh\n(.*?)^ *```$", self.text, re.MULTILINE | re.DOTALL)
        return [line.strip() for block in blocks for line in block.replace("\\\n", " ").splitlines()]

    @property
    def code(self):
        """What is set as code within sentences."""
        return re.findall(r"`([^`\n]+)`", re.sub(r"^ *```.*?^ *```$", "", self.text, flags=re.MULTILINE | re.DOTALL))


RUNBOOKS = [Runbook(path) for path in sorted((DOCS / "runbooks").glob("*.md")) if path.stem != "README"]


def filled(text):
    """With a word in the place of each `<placeholder>`."""
    return re.sub(r"<([a-z ,]+)>", lambda match: match[1].replace(" ", "-").replace(",", ""), text)


def metrics_in(query):
    """The names of the series that a query selects."""
    names = set()

    def visit(node):
        node = getattr(node, "vector_selector", node)
        if isinstance(node, promql_parser.VectorSelector):
            names.add(node.name)

    promql_parser.walk(promql_parser.parse(query), visit)
    return names


def literals(sources):
    """The texts in the sources, with `<>` in the place of what is filled in."""
    text = "\n".join(path.read_text() for path in sources)
    texts = re.findall(r'"((?:[^"\\\n]|\\.)*)"', text)
    return {re.sub(r"\\\((?:[^()]|\([^()]*\))*\)", "<>", literal) for literal in texts}
