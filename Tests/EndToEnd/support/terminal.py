"""A pseudo-terminal, for what programs show only to people."""

import os
import pty


def on_terminal(command, **environment):
    """What a program writes to a terminal of 80 columns."""
    pid, master = pty.fork()
    if pid == 0:
        os.execvpe(command[0], command, {**os.environ, "TERM": "xterm", "COLUMNS": "80", **environment})
    written = b""
    while True:
        try:
            part = os.read(master, 4096)
        except OSError:
            break
        if not part:
            break
        written += part
    _, code = os.waitpid(pid, 0)
    os.close(master)
    return written.decode(), os.waitstatus_to_exitcode(code)
