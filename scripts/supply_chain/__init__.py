"""What is linked into the program: compiled packages and shared libraries, with versions and licences."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """A package of which something is linked."""
    name: str
    version: str
    # An SPDX expression, or a name that SPDX does not have.
    licence: str
    # A package URL, which scanners look up.
    purl: str
    # Code of other projects inside, as the package's notice says: (name, licence).
    contains: tuple[tuple[str, str], ...] = ()


class Problem(Exception):
    """What is wrong with the packages, and what to do."""
