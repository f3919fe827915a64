"""A Debian machine of its own, with systemd: made by mmdebstrap and booted by systemd-nspawn, in the host's network."""

import os
import pathlib
import re
import shutil
import subprocess

from support.program import Program
from support.waiting import eventually


class Machine(Program):
    def __init__(self, directory):
        self.root = directory / "root"
        make = subprocess.run(
            ["mmdebstrap", "--quiet", "--variant=apt", "--include=systemd-sysv", "--skip=cleanup/apt/lists",
             "--aptopt=Acquire::Languages none", "--dpkgopt=force-unsafe-io", "bookworm", str(self.root)],
            capture_output=True, text=True)
        assert make.returncode == 0, make.stderr
        super().__init__(
            ["systemd-nspawn", "--quiet", "--timezone=off", "--register=no", "--keep-unit", "--console=pipe",
             f"--machine=exporter-{os.getpid()}", f"--directory={self.root}", "--boot"],
            directory, {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"}, name="machine")
        eventually(lambda: self.run("systemctl", "is-system-running", check=False).stdout == "running\n",
                   what="the machine runs")

    def stop(self, within=20.0):
        super().stop(within)
        # Too large to be kept with what pytest keeps.
        shutil.rmtree(self.root)

    def run(self, *command, check=True, **environment):
        """Runs a command on the machine as root; the result has `returncode`, `stdout` and `stderr` as text."""
        # The first process of the machine, if it is there already.
        children = pathlib.Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split() or ["0"]
        result = subprocess.run(
            ["nsenter", "--target", children[0], "--all", *map(str, command)], capture_output=True, text=True,
            timeout=120, stdin=subprocess.DEVNULL,
            env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8", **environment})
        assert not check or result.returncode == 0, f"{command}\n{result.stdout}{result.stderr}"
        return result

    def apt(self, *arguments):
        return self.run("apt-get", "--quiet", "--yes", "--no-install-recommends", *arguments,
                        DEBIAN_FRONTEND="noninteractive")

    def path(self, path):
        """A path of the machine, as it is here."""
        return self.root / path.lstrip("/")


class Service:
    """A unit of a machine."""

    def __init__(self, machine, name):
        self.machine, self.name = machine, name

    def control(self, verb, check=True):
        return self.machine.run("systemctl", verb, self.name, check=check)

    def __getattr__(self, key):
        """One of its properties, such as `ActiveState`."""
        return self.machine.run("systemctl", "show", "--value", f"--property={key}", self.name).stdout.strip()

    @property
    def log(self):
        """What was logged since its last start."""
        return self.machine.run("journalctl", "--output=cat", f"_SYSTEMD_INVOCATION_ID={self.InvocationID}").stdout

    @property
    def url(self):
        """Where it listens, as it says itself."""
        return "http://" + eventually(lambda: re.search(r" address=(\S+)", self.log))[1]

    def status(self, key):
        """What the kernel says about its process, as in /proc/PID/status."""
        text = self.machine.run("cat", f"/proc/{self.MainPID}/status").stdout
        return re.search(rf"^{key}:\t(.*)$", text, re.MULTILINE)[1].split()
