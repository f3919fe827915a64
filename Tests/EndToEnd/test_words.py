"""What a person reads has none of the words that make it slower to understand."""
import json
import re

import pytest
import yaml

from support.rules import ROOT

# The word, and what is wrong with it.
WORDS = {
    "may": "reads as a guess; say what the limit is, or that something can happen",
    "nobody": "name the subject: the poller, the addon, Northflank, you",
    "somebody": "name the subject",
    "anybody": "name the subject",
    "whoever": "name the subject",
    "news": "an addon has a changed state, a backup, an attempt",
    "told": "a program reports, a person is notified",
    "seen": "a check reads, a list has, a backup is found",
}
UNWANTED = re.compile(rf"\b({'|'.join(WORDS)})\b", re.IGNORECASE)
# Targets whose texts are for users of the exporter.
TARGETS = ["Catalog", "CurlClient", "Exporter", "ExporterHTTP", "Northflank", "Polling", "Reports", "Settings",
           "northflank-backup-exporter"]
TEXT = re.compile(r'"((?:[^"\\]|\\.)*)"')


def unwanted(text):
    """Each unwanted word with what stands around it. Code in backticks is quoted, not written."""
    text = re.sub(r"```.*?```|`[^`]*`|\]\([^)]*\)", "", text, flags=re.DOTALL)
    return [text[max(0, found.start() - 40):found.end() + 20].replace("\n", " ") for found in UNWANTED.finditer(text)]


def texts_of(panels):
    for panel in panels:
        yield from (panel.get("title") or "", panel.get("description") or "")
        yield from texts_of(panel.get("panels", []))


def pages():
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_the_words_of_a_page(page):
    assert unwanted(page.read_text()) == []


@pytest.mark.parametrize("file", sorted((ROOT / "alerts").glob("*.yml")), ids=lambda file: file.name)
def test_the_words_of_alerts(file):
    groups = (yaml.safe_load(file.read_text()) or {}).get("groups", [])
    texts = [text for group in groups for rule in group.get("rules", []) for text in rule.get("annotations", {}).values()]
    assert [found for text in texts for found in unwanted(text)] == []


@pytest.mark.parametrize("file", sorted((ROOT / "dashboards").glob("*.json")), ids=lambda file: file.name)
def test_the_words_of_dashboards(file):
    dashboard = json.loads(file.read_text())
    texts = [dashboard.get("description") or "", *texts_of(dashboard.get("panels", []))]
    assert [found for text in texts for found in unwanted(text)] == []


@pytest.mark.parametrize("target", TARGETS)
def test_the_words_of_the_program(target):
    found = []
    for file in sorted((ROOT / "Sources" / target).glob("*.swift")):
        for number, line in enumerate(file.read_text().splitlines(), 1):
            if line.lstrip().startswith("//"):
                continue
            # Single words are names of months and keys.
            texts = [text for text in TEXT.findall(line) if " " in text]
            found += [f"{file.name}:{number}: {words}" for text in texts for words in unwanted(text)]
    assert found == []
