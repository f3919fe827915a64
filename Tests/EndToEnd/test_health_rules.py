"""The numbers of the rules in docs/health.md, and the tests that carry them."""

import re

from support.rules import ROOT


def rules():
    """The numbers of the rules, in their order."""
    text = (ROOT / "docs" / "health.md").read_text()
    return [int(number) for number in re.findall(r"^- \*\*R(\d+)\.\*\* ", text, re.MULTILINE)]


def names():
    """The display names of all Swift tests."""
    return [
        name
        for path in sorted((ROOT / "Tests").rglob("*.swift"))
        for name in re.findall(r'@Test\(\s*"((?:[^"\\]|\\.)*)"', path.read_text())
    ]


def numbered():
    """The numbers that begin the names of tests, each with the names."""
    found = {}
    for name in names():
        if match := re.match(r"((?:R\d+, )*R\d+): \S", name):
            for number in re.findall(r"\d+", match.group(1)):
                found.setdefault(int(number), []).append(name)
    return found


def test_numbers_ascend_without_holes():
    numbers = rules()
    assert len(numbers) > 70
    assert numbers == list(range(1, len(numbers) + 1))


def test_every_rule_has_a_test():
    missing = [f"R{number}" for number in rules() if number not in numbered()]
    assert not missing, "no test has the number in its name"


def test_no_test_names_a_rule_that_does_not_exist():
    strange = {f"R{number}": names for number, names in numbered().items() if number not in rules()}
    assert not strange


def test_numbers_are_at_the_front_and_ascend():
    for name in names():
        numbers = [int(number) for number in re.findall(r"\bR(\d+)\b", name)]
        assert numbers == sorted(set(numbers)), name
        assert not numbers or re.match(r"(?:R\d+, )*R\d+: \S", name), name


def test_other_rules_that_a_rule_refers_to_exist():
    text = (ROOT / "docs" / "health.md").read_text()
    mentioned = {int(number) for number in re.findall(r"\bR(\d+)\b", text)}
    assert mentioned <= set(rules())
