"""The exporter's commands that end by themselves."""

import os
import subprocess


def run(binary, *arguments, environment=None, directory=None, within=60):
    """Runs a command to its end; the result has `returncode`, `stdout` and `stderr` as text."""
    return subprocess.run(
        [str(binary), *map(str, arguments)], capture_output=True, text=True, timeout=within, cwd=directory,
        stdin=subprocess.DEVNULL, env={"PATH": os.environ["PATH"], **(environment or {})})
