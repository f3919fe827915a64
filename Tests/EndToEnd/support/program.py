"""A process that a test started."""

import os
import pathlib
import re
import signal
import subprocess
import time
from collections import namedtuple

from support.waiting import eventually


# Bytes of resident memory, and numbers.
Usage = namedtuple("Usage", "memory files threads")


class Program:
    """Runs a program with both outputs in files, and ends it by its own process id."""

    def __init__(self, arguments, directory, environment=None, name="program"):
        self.arguments = [str(argument) for argument in arguments]
        self.name = name
        self._paths = [directory / f"{name}.{stream}" for stream in ("stdout", "stderr")]
        files = [open(path, "wb") for path in self._paths]
        # Nothing of the developer's own environment, but for scripts/sanitize: a token in there must not get into a test.
        self.process = subprocess.Popen(
            self.arguments, cwd=directory, stdin=subprocess.DEVNULL, stdout=files[0], stderr=files[1],
            env={**{name: os.environ[name] for name in ("PATH", "LSAN_OPTIONS") if name in os.environ}, **(environment or {})})
        for file in files:
            file.close()

    @property
    def pid(self):
        return self.process.pid

    @property
    def usage(self):
        """What the process uses now."""
        folder = pathlib.Path(f"/proc/{self.pid}")
        status = dict(line.split(":", 1) for line in (folder / "status").read_text().splitlines())
        return Usage(int(status["VmRSS"].split()[0]) * 1024, len(list((folder / "fd").iterdir())), int(status["Threads"]))

    @property
    def stdout(self):
        return self._paths[0].read_text()

    @property
    def stderr(self):
        return self._paths[1].read_text()

    def wait_for(self, pattern, stream="stderr", within=30.0):
        """The first match of a regular expression in what the program wrote."""

        def match():
            found = re.search(pattern, getattr(self, stream))
            code = self.process.poll()
            # Looked at once more after the end, since the last words may have come in between.
            found = found or (code is not None and re.search(pattern, getattr(self, stream)))
            if code is not None and not found:
                raise RuntimeError(f"{self.name} ended with {code}:\n{self.stdout}{self.stderr}")
            return found

        return eventually(match, within, f"{self.name}: {pattern!r} in {stream}")

    def signal(self, number):
        self.process.send_signal(number)

    def wait(self, within=30.0):
        """The exit code, and the seconds that it took to get it."""
        start = time.monotonic()
        code = self.process.wait(within)
        return code, time.monotonic() - start

    def stop(self, within=10.0):
        """Ends the program, by force if it has to be."""
        if self.process.poll() is None:
            self.signal(signal.SIGTERM)
            try:
                self.process.wait(within)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def report(self):
        """What to show when a test failed."""
        return f"--- {' '.join(self.arguments)}\n{self.stdout}{self.stderr}--- exit {self.process.poll()}\n"
