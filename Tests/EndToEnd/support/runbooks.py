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

    def section(self, heading):
        return re.split(r"^## ", self.text.split(f"## {heading}\n")[1], flags=re.MULTILINE)[0]

    @property
    def checks(self):
        """The commands of "What to check"."""
        (block,) = re.findall(r"^```sh\n(.*?)^```$", self.section("What to check"), re.MULTILINE | re.DOTALL)
        return block.splitlines()

    @property
    def queries(self):
        return [filled(query) for check in self.checks for query in re.findall(r"^promtool query instant \S+ '(.*)'$", check)]

    @property
    def silence(self):
        """The command of "When to silence", as one line."""
        (block,) = re.findall(r"^```sh\n(.*?)^```$", self.section("When to silence"), re.MULTILINE | re.DOTALL)
        return block.replace("\\\n", " ").strip()

    @property
    def code(self):
        """What is set as code within sentences."""
        return re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```$", "", self.text, flags=re.MULTILINE | re.DOTALL))


RUNBOOKS = [Runbook(path) for path in sorted((DOCS / "runbooks").glob("*.md")) if path.stem != "README"]


def filled(text, **known):
    """With a word, or what is known, in the place of each `<placeholder>`."""
    return re.sub(r"<([a-z ,]+)>", lambda match: known.get(match[1], match[1].replace(" ", "-").replace(",", "")), text)


def metrics_in(query):
    """The names of the series that a query selects."""
    names = set()

    def visit(node):
        node = getattr(node, "vector_selector", node)
        if isinstance(node, promql_parser.VectorSelector):
            names.add(node.name)

    promql_parser.walk(promql_parser.parse(query), visit)
    return names
