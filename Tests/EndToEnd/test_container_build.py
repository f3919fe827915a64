"""The Dockerfile, built by buildah on a stand-in for the image of Swift: a Debian whose `swift` hands out the program
that is built already. All else is what Docker would do. Takes a minute, so it has a target of its own:
make test-container.
"""

import json
import os
import shutil
import subprocess

import pytest

from conftest import ROOT
from support.command import run
from support.container import Dockerfile

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.geteuid() != 0, reason="only root can build this way")]

# Fails if the build's context has what it should not have, or lacks what the compiler would read.
SWIFT = """\
#!/bin/sh
set -ex
test "$1 $2 $3" = "build -c release"
case $* in *"--static-swift-stdlib "*"--product northflank-backup-exporter") ;; *) exit 64 ;; esac
test "$REVISION" = 0123abc
test -e Package.swift -a -d Sources/Backups -a -d Tests/BackupsTests
test ! -e Tests/EndToEnd -a ! -e .git -a ! -e .build
mkdir -p .build/release
cp /built .build/release/northflank-backup-exporter
"""
# What scripts/install-dependencies would install, all at once.
PACKAGES = ("make,g++,pkg-config,ca-certificates,libcctz-dev,libcrypt-dev,libcurl4-openssl-dev,libsimdjson-dev,"
            "libssl-dev,libxxhash-dev,libyaml-dev,libsqlite3-dev,tzdata,zlib1g-dev")
PROGRAM = "/usr/bin/northflank-backup-exporter"


@pytest.fixture(scope="module")
def buildah(tmp_path_factory):
    """Runs buildah with a storage of its own, and returns what it prints."""
    folder = tmp_path_factory.mktemp("buildah")

    def call(*arguments):
        result = subprocess.run(
            ["buildah", "--storage-driver=vfs", f"--root={folder}/root", f"--runroot={folder}/run",
             *map(str, arguments)], capture_output=True, text=True)
        assert result.returncode == 0, result.stdout + result.stderr
        return result.stdout.strip()

    yield call
    call("rm", "--all")
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def image(buildah, binary):
    base = buildah("from", "scratch")
    root = buildah("mount", base)
    subprocess.run(["mmdebstrap", "--quiet", "--variant=minbase", f"--include={PACKAGES}",
                    "--dpkgopt=force-unsafe-io", "bookworm", root], check=True)
    shutil.copy(binary, f"{root}/built")
    with open(f"{root}/usr/bin/swift", "w") as file:
        file.write(SWIFT)
        os.fchmod(file.fileno(), 0o755)
    buildah("umount", base)
    buildah("commit", "--rm", base, Dockerfile().stages["build"]["FROM"][0])
    # Docker's own format; the other one has no health checks.
    buildah("build", "--isolation=chroot", "--format=docker", "--pull-never", "--build-arg=REVISION=0123abc",
            "--tag=exporter", f"--file={ROOT}/deploy/container/Dockerfile", ROOT)
    return "exporter"


def test_configuration(image, buildah):
    found = json.loads(buildah("inspect", "--type=image", image))["Docker"]
    configuration = found["config"]
    assert (configuration["User"], configuration["Entrypoint"]) == ("65532:65532", [PROGRAM])
    assert list(configuration["ExposedPorts"]) == ["9974/tcp"]
    assert list(configuration["Volumes"]) == ["/var/lib/northflank-backup-exporter"]
    assert "STATE_DIRECTORY=/var/lib/northflank-backup-exporter" in configuration["Env"]
    assert configuration["Healthcheck"]["Test"] == ["CMD", PROGRAM, "healthcheck"]
    assert configuration["Labels"]["org.opencontainers.image.revision"] == "0123abc"
    assert len(found["rootfs"]["diff_ids"]) == 1


def test_it_runs(image, buildah, binary):
    container = buildah("from", "--pull-never", image)
    assert buildah("run", "--isolation=chroot", container, "--", PROGRAM, "--version") == run(
        binary, "--version").stdout.strip()
    state = os.stat(buildah("mount", container) + "/var/lib/northflank-backup-exporter")
    assert (state.st_uid, state.st_mode & 0o777) == (65532, 0o700)
