"""The tables of licences in docs/dependencies.md."""

import re

from . import Problem

BEGIN = "<!-- licences: written by make docs -->"
END = "<!-- end of licences -->"


def tables(swift, debian, direct):
    """The tables of compiled packages and of shared libraries. They have no versions, which updates change."""
    rows = [(part.name, part.licence, "; ".join(f"{name} ({licence})" for name, licence in part.contains))
            for part in swift]
    itself = sorted((part.licence, part.name) for part in debian if part.name in direct)
    others = sorted((part.licence, part.name) for part in debian if part.name not in direct)
    return "\n\n".join([
        _table(("compiled into the program", "licence", "code of others in it"), rows),
        _table(("shared libraries that the program names", "licence"), _by_licence(itself)),
        _table(("shared libraries that these load", "licence"), _by_licence(others)),
    ])


def replaced(page, text):
    """A page with other text between the markers."""
    if page.count(BEGIN) != 1 or page.count(END) != 1:
        raise Problem(f"the page needs one line {BEGIN} and one line {END}")
    return re.sub(f"{BEGIN}.*{END}", lambda _: f"{BEGIN}\n\n{text}\n\n{END}", page, flags=re.DOTALL)


def _by_licence(pairs):
    licences = dict.fromkeys(licence for licence, _ in pairs)
    return [(", ".join(name for other, name in pairs if other == licence), licence) for licence in licences]


def _table(head, rows):
    return "\n".join("| " + " | ".join(row) + " |" for row in [head, ["---"] * len(head), *rows])
