"""File systems that only one program sees, in a mount namespace of its own. Needs root."""

import errno
import os
import pathlib
import shlex

import pytest

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount")


def mounted(directory, binary, *commands):
    """A program that runs commands such as `mount` in a mount namespace of its own, and then the binary there."""
    wrapper = directory / "wrapper"
    script = " && ".join([*commands, f'exec {shlex.quote(str(binary))} "$@"'])
    wrapper.write_text(f"#!/bin/sh\nexec unshare --mount sh -c {shlex.quote(script)} - \"$@\"\n")
    wrapper.chmod(0o755)
    return wrapper


def seen_by(program, path):
    """A path as the program sees it."""
    return pathlib.Path(f"/proc/{program.pid}/root") / str(path).lstrip("/")


def fill(path):
    """Writes a file until its file system is full."""
    with open(path, "wb", buffering=0) as file:
        try:
            # A part of the last bytes fits.
            while file.write(bytes(4096)):
                pass
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
