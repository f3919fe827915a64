"""The threat model in SECURITY.md: each row names tests that exist."""

import re

from support.rules import ROOT

TEXT = (ROOT / "SECURITY.md").read_text()


def rows():
    table = TEXT.split("| who | what they could get | what stops them | shown by |\n| --- | --- | --- | --- |\n")[1]
    return [line.strip("| ").split(" | ") for line in table.split("\n\n")[0].splitlines()]


def test_every_threat_has_a_test():
    assert len(rows()) >= 15
    for row in rows():
        assert len(row) == 4, row
        named = re.findall(r"`([^`]+)`", row[3])
        assert named, row
        for name in named:
            folder = ROOT / "Tests" / ("EndToEnd" if name.endswith(".py") else "")
            assert re.fullmatch(r"test_\w+\.py|\w+Tests/\w+Tests\.swift", name) and (folder / name).is_file(), name


def test_every_option_that_it_names_exists():
    sources = "".join(file.read_text() for file in (ROOT / "Sources" / "northflank-backup-exporter").glob("*.swift"))
    for option in re.findall(r"`--([a-z.-]+)`", TEXT):
        assert f'"{option}"' in sources or option == "version", option
