"""The bill of materials and the licences of what is linked."""

import json
import pathlib
import re
import subprocess
import sys

import pytest
from debian.copyright import Copyright

from conftest import ROOT

sys.path.insert(0, str(ROOT / "scripts"))
from supply_chain import Problem, bill, debian_packages, licences, swift_packages  # noqa: E402


@pytest.fixture(scope="module")
def swift(binary):
    if not binary.with_name(f"{binary.name}.product").exists():
        pytest.skip("the program is not where SwiftPM built it")
    return swift_packages.linked(ROOT, binary)


@pytest.fixture(scope="module")
def debian(binary):
    return debian_packages.loaded(binary)


def sbom(binary, output):
    done = subprocess.run([sys.executable, ROOT / "scripts" / "sbom", binary, "--output", output],
                          capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"wrote {output}\n", "")
    return output.read_text()


def test_the_bill_follows_the_schema_and_is_the_same_again(binary, swift, debian, tmp_path):
    text = sbom(binary, tmp_path / "bill.json")
    assert text == sbom(binary, tmp_path / "again.json")
    bill.check(text)
    with pytest.raises(Problem, match="schema"):
        bill.check(text.replace('"bomFormat"', '"format"'))
    components = {component["name"]: component for component in json.loads(text)["components"]}
    assert set(components) == {part.name for part in swift + debian}
    assert all(component["licenses"] and component["purl"].count("@") == 1 for component in components.values())
    pins = json.loads((ROOT / "Package.resolved").read_text())["pins"]
    (nio,) = [pin["state"]["version"] for pin in pins if pin["identity"] == "swift-nio"]
    assert components["swift-nio"]["purl"] == f"pkg:swift/github.com/apple/swift-nio@{nio}"
    curl = subprocess.run(["dpkg-query", "--show", "--showformat=${Version}", "libcurl4"],
                          capture_output=True, text=True, check=True).stdout
    assert components["libcurl4"]["version"] == curl


def test_all_libraries_are_in_it(binary, debian):
    """Counted in another way: by the files that the loader maps."""
    done = subprocess.run([binary, "--version"], env={"LD_TRACE_LOADED_OBJECTS": "1"}, capture_output=True, text=True)
    files = [pathlib.Path(path).resolve() for path in re.findall(r" => (/\S+)", done.stdout)]
    assert len(files) > 30
    listed = "".join(subprocess.run(["dpkg-query", "--listfiles", part.name], capture_output=True, text=True,
                                    check=True).stdout for part in debian)
    assert [file for file in files if f"{file.name}\n" not in listed] == []


def test_the_page_has_the_licences(binary, swift, debian):
    page = (ROOT / "docs" / "dependencies.md").read_text()
    tables = licences.tables(swift, debian, debian_packages.direct(binary))
    assert licences.replaced(page, tables) == page, "make docs writes them"
    with pytest.raises(Problem, match="one line"):
        licences.replaced("no markers", tables)


def test_the_packages_copyright_file_names_what_is_compiled(swift):
    file = Copyright((ROOT / "deploy" / "debian" / "copyright").read_text().splitlines(keepends=True))
    named = {pattern: paragraph.license.synopsis for paragraph in file.all_files_paragraphs()
             for pattern in paragraph.files if "/" not in pattern and pattern != "*"}
    assert named == {part.name: part.licence.replace("WITH Swift-exception", "with Swift exception") for part in swift}


def test_an_unknown_licence_is_a_problem(tmp_path):
    (tmp_path / "LICENSE.txt").write_text("MIT License\n")
    with pytest.raises(Problem, match="another licence than Apache-2.0"):
        swift_packages.licence_of(tmp_path)
    (tmp_path / "NOTICE.txt").write_text("This product contains code of others.\n\nSee there.\n")
    with pytest.raises(Problem, match="without a licence"):
        swift_packages.contained(tmp_path)
    with pytest.raises(Problem, match="has no format"):
        debian_packages.licence_of("libc6", "Do what you want.\n")
    structured = "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n\n" \
        "Files: *\nCopyright: a\nLicense: Beerware\n"
    with pytest.raises(Problem, match="libx has the licence Beerware"):
        debian_packages.licence_of("libx", structured)
    assert debian_packages.licence_of("libx", structured.replace("Beerware", "Expat")) == "MIT"


def test_code_of_others_with_another_licence_is_named(tmp_path):
    (tmp_path / "NOTICE.txt").write_text(
        "This product contains NodeJS's\nllhttp.\n\n  * LICENSE (MIT):\n    * there\n\n---\n\n"
        "This product contains code from boringssl.\n\n  * LICENSE (Combination ISC and OpenSSL license)\n\n---\n\n"
        "This product contains scripts.\n\n  * LICENSE (Apache License 2.0):\n")
    assert swift_packages.contained(tmp_path) == (
        ("NodeJS's llhttp", "MIT"), ("code from boringssl", "ISC AND OpenSSL"))
