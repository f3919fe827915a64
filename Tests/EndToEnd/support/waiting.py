"""Waiting for a condition, which is how these tests live with real processes."""

import socket
import threading
import time

_never = threading.Event()


def eventually(check, within=30.0, what=None):
    """Calls `check` until what it returns is true, and returns that.

    An `AssertionError` of `check` means "not yet". At the deadline it is raised, so that a test says what it
    missed.
    """
    deadline = time.monotonic() + within
    while True:
        problem = None
        try:
            result = check()
            if result:
                return result
        except AssertionError as error:
            problem = error
        if time.monotonic() > deadline:
            raise problem or AssertionError(f"{what or 'the condition'} is not met after {within} s")
        _never.wait(0.05)


def always(check, during):
    """Asserts that `check` holds the whole time, as far as looking every 50 ms can tell."""
    deadline = time.monotonic() + during
    while time.monotonic() < deadline:
        assert check()
        _never.wait(0.05)


def answers(port):
    """Whether a server listens on a port."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except ConnectionRefusedError:
        return False
    return True
