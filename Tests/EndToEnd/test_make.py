"""What make hands to the compiler and to Docker, with stand-ins for both that print it."""

import os
import shutil
import subprocess

import pytest

from conftest import ROOT
from support.chart import APP_VERSION, CHART, container_of, objects


@pytest.fixture
def clone(tmp_path):
    """A folder with what make needs."""
    folder = tmp_path / "clone"
    for path in ("Makefile", "scripts/install-dependencies", CHART.relative_to(ROOT) / "Chart.yaml"):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, folder / path)
    for name, script in (("swift", 'echo "REVISION=$REVISION"'), ("docker", 'for each; do echo "$each"; done')):
        (tmp_path / name).write_text(f"#!/bin/sh\n{script}\n")
        (tmp_path / name).chmod(0o755)
    return folder


def git(folder, *arguments):
    who = ("-c", "user.name=a", "-c", "user.email=a@example.com")
    done = subprocess.run(["git", *who, *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def make(folder, target, **environment):
    # Without what an outer make has told this process.
    outer = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "REVISION")}
    done = subprocess.run(["make", "--silent", target], cwd=folder, capture_output=True, text=True,
                          env={**outer, "PATH": f"{folder.parent}:{os.environ['PATH']}", **environment})
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    return done.stdout.splitlines()


def test_the_compiler_gets_the_commit_by_its_environment(clone):
    assert make(clone, "build")[-1] == "REVISION="
    assert make(clone, "build", REVISION="0123abc")[-1] == "REVISION=0123abc"
    git(clone, "init", "--quiet")
    for _ in range(2):
        git(clone, "commit", "--quiet", "--allow-empty", "--message=change")
        head = git(clone, "rev-parse", "HEAD")
        assert make(clone, "build")[-1] == f"REVISION={head}"
        # As a build argument of Docker that nobody gave.
        assert make(clone, "build", REVISION="")[-1] == f"REVISION={head}"
        assert make(clone, "build", REVISION="0123abc")[-1] == "REVISION=0123abc"


def test_the_image_has_the_tag_that_the_chart_asks_for(clone):
    command = ["build", "--file", "deploy/container/Dockerfile", "--build-arg", "REVISION=0123abc",
               "--tag", container_of(objects())["image"], "--tag", "northflank-backup-exporter:latest", "."]
    assert make(clone, "container", REVISION="0123abc") == command
    assert f"northflank-backup-exporter:{APP_VERSION}" in command
    assert "REVISION=unknown" in make(clone, "container")
