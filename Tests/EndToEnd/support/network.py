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
