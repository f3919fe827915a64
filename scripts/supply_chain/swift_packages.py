"""The packages that are compiled into the program, by what the linker got."""

import json
import pathlib
import re
import subprocess
from urllib.parse import urlsplit

from . import Part, Problem

APACHE = "Apache-2.0"
APACHE_WITH_SWIFT = "Apache-2.0 WITH Swift-exception"
# Licences as notices write them, and as SPDX does.
OTHERS = {"BSD-3": "BSD-3-Clause", "Combination ISC and OpenSSL license": "ISC AND OpenSSL", "zlib License": "Zlib"}


def linked(root, binary):
    """The packages of `binary` in a build folder of SwiftPM, and Swift's own libraries."""
    root, binary = pathlib.Path(root), pathlib.Path(binary)
    objects = binary.parent / f"{binary.name}.product" / "Objects.LinkFileList"
    if not objects.exists():
        raise Problem(f"{objects} does not exist; build the program with make build")
    modules = set(re.findall(r"/([^/\s]+)\.build/", objects.read_text()))
    packages = {_package_of(module, binary.parent) for module in modules} - {None}
    pins = {pin["identity"]: pin for pin in json.loads((root / "Package.resolved").read_text())["pins"]}
    checkouts = root / ".build" / "checkouts"
    return [_part(checkouts / name, pins[name.lower()]) for name in sorted(packages)] + [_runtime()]


def _package_of(module, build):
    """The package whose sources a module was compiled from; None for the program's own."""
    folder = build / f"{module}.build"
    # Of a module in Swift the list of its sources, of one in C what each object depends on.
    lists = [folder / "sources"] if (folder / "sources").exists() else sorted(folder.rglob("*.d"))
    sources = " ".join(file.read_text().split(".h", 1)[0] for file in lists)
    found = set(re.findall(r"/checkouts/([^/]+)/", sources))
    if len(found) > 1 or not sources:
        raise Problem(f"module {module} is linked, and these packages have its sources: {sorted(found)}")
    return found.pop() if found else None


def _part(folder, pin):
    place = urlsplit(pin["location"].removesuffix(".git"))
    version = pin["state"]["version"]
    return Part(folder.name, version, licence_of(folder), f"pkg:swift/{place.netloc}{place.path}@{version}",
                contained(folder))


def licence_of(folder):
    """The SPDX expression of the licence of a package, which is Apache's, with or without Swift's exception."""
    text = " ".join((folder / "LICENSE.txt").read_text().split())
    if not text.startswith("Apache License Version 2.0"):
        raise Problem(f"{folder / 'LICENSE.txt'} has another licence than Apache-2.0; add it to {__file__}")
    return APACHE_WITH_SWIFT if "Runtime Library Exception to the Apache 2.0 License" in text else APACHE


def contained(folder):
    """Code of other projects in a package that has another licence, as the package's notice says."""
    notice = folder / "NOTICE.txt"
    if not notice.exists():
        return ()
    entries = notice.read_text().split("This product contains ")[1:]
    found = [re.match(r"(.*?)\n\n.*?LICENSE \(([^)]*)\)", entry, re.DOTALL) for entry in entries]
    if None in found:
        raise Problem(f"{notice} has an entry without a licence; add its form to {__file__}")
    names = [(" ".join(entry[1].rstrip(".\n ").split()), entry[2]) for entry in found]
    return tuple((name, OTHERS.get(licence, licence)) for name, licence in names if not licence.startswith("Apache"))


def _runtime():
    """The standard library, Foundation's small part and Dispatch, which belong to the compiler."""
    done = subprocess.run(["swift", "--version"], check=True, capture_output=True, text=True)
    version = re.search(r"Swift version (\S+)", done.stdout + done.stderr)[1]
    return Part("swift-runtime", version, APACHE_WITH_SWIFT, f"pkg:swift/github.com/swiftlang/swift@{version}")
