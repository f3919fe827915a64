"""The bill of materials, in CycloneDX's format."""

import hashlib
import pathlib
import re
import subprocess
import uuid
from datetime import datetime, timezone

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

from . import Problem

LICENCES = LicenseFactory()


def bill_of(binary, parts, epoch):
    """The bill of a program and its parts, as JSON that the format's schema accepts.

    The same program and parts give the same bytes; `epoch` is when the source was committed, in seconds.
    """
    digest = hashlib.sha256(pathlib.Path(binary).read_bytes()).hexdigest()
    version = re.search(r"version (\S+)", subprocess.run(
        [binary, "--version"], check=True, capture_output=True, text=True).stdout)[1]
    program = Component(
        name="northflank-backup-exporter", version=version, type=ComponentType.APPLICATION, bom_ref="program",
        licenses=[LICENCES.make_from_string("Apache-2.0")], hashes=[HashType(alg=HashAlgorithm.SHA_256, content=digest)])
    bom = Bom(components=[_component(part) for part in parts])
    bom.metadata.component = program
    bom.metadata.timestamp = datetime.fromtimestamp(epoch, timezone.utc)
    purls = " ".join(part.purl for part in parts)
    bom.serial_number = uuid.uuid5(uuid.NAMESPACE_URL, f"{digest} {epoch} {purls}")
    bom.register_dependency(program, bom.components)
    text = JsonV1Dot6(bom).output_as_string(indent=2) + "\n"
    check(text)
    return text


def check(text):
    """Raises a problem unless the schema of the format accepts a bill."""
    error = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if error:
        raise Problem(f"the bill of materials does not follow CycloneDX's schema: {error.data.message}")


def _component(part):
    inner = [Component(name=name, type=ComponentType.LIBRARY, bom_ref=f"{part.purl}#{number}",
                       licenses=[LICENCES.make_from_string(licence)])
             for number, (name, licence) in enumerate(part.contains)]
    return Component(name=part.name, version=part.version, type=ComponentType.LIBRARY, bom_ref=part.purl,
                     purl=PackageURL.from_string(part.purl), components=inner,
                     licenses=[LICENCES.make_from_string(part.licence)])
