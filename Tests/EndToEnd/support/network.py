"""A network of a test's own, in which packets can be dropped."""

import ctypes
import os
import pathlib
import subprocess
from contextlib import contextmanager

CLONE_NEWNET = 0x40000000
PATH = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"}
_libc = ctypes.CDLL(None, use_errno=True)


def _check(result):
    if result != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


@contextmanager
def own_network():
    """Moves the test's thread, and what it starts, into a network that has loopback alone. Needs root."""
    before = os.open("/proc/thread-self/ns/net", os.O_RDONLY | os.O_CLOEXEC)
    try:
        _check(_libc.unshare(CLONE_NEWNET))
        subprocess.run(["ip", "link", "set", "lo", "up"], check=True, env=PATH)
        yield
    finally:
        _check(_libc.setns(before, CLONE_NEWNET))
        os.close(before)


def clients_of(port):
    """The ports of the clients that are connected to a port of this network."""
    rows = [line.split() for line in pathlib.Path("/proc/thread-self/net/tcp").read_text().splitlines()[1:]]
    # Column 1 is the own address, 2 the other's, 3 the state; 01 is ESTABLISHED.
    return {int(own.rpartition(":")[2], 16) for _, own, other, state, *_ in rows
            if state == "01" and int(other.rpartition(":")[2], 16) == port}


def drop(port, client):
    """Loses every further packet between a port and a client's port."""
    for source, target in ((client, port), (port, client)):
        subprocess.run(["iptables", "-A", "INPUT", "-p", "tcp", "--sport", str(source), "--dport", str(target),
                        "-j", "DROP"], check=True, env=PATH)


def blackout(port):
    """Loses every packet from and to a port, until `heal`."""
    _blackout("-A", port)


def heal(port):
    """Ends a blackout."""
    _blackout("-D", port)


def _blackout(change, port):
    for side in ("--sport", "--dport"):
        subprocess.run(["iptables", change, "INPUT", "-p", "tcp", side, str(port), "-j", "DROP"], check=True, env=PATH)


class SlowLink:
    """A network of its own for one program, behind a link that is slow towards it."""

    HERE, THERE = "192.0.2.1", "192.0.2.2"

    def __init__(self, rate):
        """`rate` as `tc` takes it, such as `64kbit`."""
        self._holder = subprocess.Popen(["unshare", "--net", "sh", "-c", "echo; exec sleep infinity"],
                                        stdout=subprocess.PIPE, env=PATH)
        self._holder.stdout.readline()
        self._enter = f"nsenter --net=/proc/{self._holder.pid}/ns/net"
        for command in (
                f"ip link add near type veth peer name far netns {self._holder.pid}",
                f"ip address add {self.HERE}/24 dev near", "ip link set near up",
                f"{self._enter} ip address add {self.THERE}/24 dev far",
                f"{self._enter} ip link set far up", f"{self._enter} ip link set lo up",
                f"tc qdisc add dev near root tbf rate {rate} burst 4kb latency 5s"):
            subprocess.run(command.split(), check=True, env=PATH)

    def entered(self, directory, binary):
        """A program that runs a binary behind the link."""
        wrapper = directory / "behind"
        wrapper.write_text(f'#!/bin/sh\nexec {self._enter} {binary} "$@"\n')
        wrapper.chmod(0o755)
        return wrapper

    def stop(self):
        self._holder.kill()
        self._holder.wait()

    def report(self):
        return ""
