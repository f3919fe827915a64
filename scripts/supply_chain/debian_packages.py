"""The packages of the shared libraries that the program loads, as dpkg knows them."""

import logging
import pathlib
import re
import subprocess

from debian.copyright import Copyright, NotMachineReadableError

from . import Part, Problem

# It corrects old addresses of the format, and says so.
logging.getLogger("debian.copyright").setLevel(logging.ERROR)

# Debian's short names of licences, as SPDX writes them.
SPDX = {
    "Apache-2.0": "Apache-2.0", "BSD-2-clause": "BSD-2-Clause", "BSD-3-clause": "BSD-3-Clause",
    "BSD-3-Clause": "BSD-3-Clause", "BSD-4-clause": "BSD-4-Clause", "BSD3": "BSD-3-Clause",
    "BSD-3-clause or GPL-2": "BSD-3-Clause OR GPL-2.0-only", "curl": "curl", "Expat": "MIT", "MIT": "MIT",
    "GPL-2": "GPL-2.0-only", "GPL-2+ or LGPL-3+": "LGPL-3.0-or-later OR GPL-2.0-or-later", "LGPL-2+": "LGPL-2.0-or-later",
    "LGPL-3+ or GPL-2+": "LGPL-3.0-or-later OR GPL-2.0-or-later", "OpenLDAP-2.8": "OLDAP-2.8",
    "Zlib": "Zlib",
}
# Packages whose library has another licence than the rest of their sources: a file of the library.
FILES = {"libidn2-0": "idna.c", "libkeyutils1": "keyutils.c"}
# What SPDX calls a library that its author gave to the public.
DEDICATED = {"libsqlite3-0": "blessing"}
# Copyright files without Debian's format: the licence, and the words that show it.
UNSTRUCTURED = {
    "libc6": ("LGPL-2.1-or-later", "GNU Lesser General Public License"),
    "libcrypt1": ("LGPL-2.1-or-later", "The overall license for libxcrypt is the GNU Lesser General Public License"),
    "libgcc-s1": ("GPL-3.0-or-later WITH GCC-exception-3.1", "GCC RUNTIME LIBRARY EXCEPTION"),
    "libstdc++6": ("GPL-3.0-or-later WITH GCC-exception-3.1", "GCC RUNTIME LIBRARY EXCEPTION"),
    "libgnutls30": ("LGPL-2.1-or-later", "LGPLv2.1+"),
    "libgssapi-krb5-2": ("MIT", "Redistribution and use in source and binary forms"),
    "librtmp1": ("LGPL-2.1-or-later", "GNU Lesser General Public"),
    "libtasn1-6": ("LGPL-2.1-or-later", "GNU Lesser General Public"),
}
UNSTRUCTURED |= {name: UNSTRUCTURED["libgssapi-krb5-2"] for name in ("libk5crypto3", "libkrb5-3", "libkrb5support0")}


def loaded(binary):
    """The packages of all shared libraries that the program loads, itself or through others."""
    return [_part(name) for name in sorted(set(_packages_of(_libraries(binary)).values()))]


def direct(binary):
    """The packages of the libraries that the program itself names."""
    names = set(re.findall(r"\(NEEDED\).*\[(.*)\]", _output("readelf", "--dynamic", binary)))
    return set(_packages_of(file for file in _libraries(binary) if pathlib.Path(file).name in names).values())


def _libraries(binary):
    return re.findall(r"(/\S+) \(0x", _output("ldd", binary))


def _packages_of(libraries):
    """The package of each file. Debian moved /lib below /usr, which not every package knows."""
    libraries = list(libraries)
    # Exits with 1 because one of the two paths of most files is unknown.
    found = subprocess.run(["dpkg-query", "--search", *libraries, *(f"/usr{file}" for file in libraries)],
                           capture_output=True, text=True).stdout
    owners = {path: name for name, path in re.findall(r"^([^:\s]+):\S* (/\S+)$", found, re.MULTILINE)}
    packages = {file: owners.get(file) or owners.get(f"/usr{file}") for file in libraries}
    for file in (file for file, package in packages.items() if package is None):
        raise Problem(f"{file} belongs to no Debian package")
    return packages


def _part(name):
    fields = "${Version} ${Architecture} ${source:Package}\\n"
    version, architecture, source = _output("dpkg-query", "--show", f"--showformat={fields}", name).split()[:3]
    purl = f"pkg:deb/debian/{name}@{version.replace(':', '%3A')}?arch={architecture}&upstream={source}"
    return Part(name, version, licence_of(name, pathlib.Path(f"/usr/share/doc/{name}/copyright").read_text()), purl)


def licence_of(name, text):
    """The SPDX expression of the licence of a package's library, by its copyright file."""
    try:
        copyright_ = Copyright(text.splitlines(keepends=True), strict=False)
    except NotMachineReadableError:
        licence, words = UNSTRUCTURED.get(name, (None, ""))
        if licence is None or words not in " ".join(text.split()):
            raise Problem(f"the copyright file of {name} has no format; add its licence to {__file__}") from None
        return licence
    # The default is a file that only the paragraph for all files describes.
    short = copyright_.find_files_paragraph(FILES.get(name, "no such file")).license.synopsis
    if short == "public-domain" and name in DEDICATED:
        return DEDICATED[name]
    if short not in SPDX:
        raise Problem(f"{name} has the licence {short}; add it to {__file__}")
    return SPDX[short]


def _output(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
