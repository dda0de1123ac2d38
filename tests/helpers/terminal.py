"""A command on a terminal, as a person sees it."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Mapping

from helpers.home import Home, clean_environment


def on_a_terminal(
    home: Home,
    arguments: list[str],
    until: str | None = None,
    then: int | None = None,
    environment: Mapping[str, str] | None = None,
) -> tuple[int, str]:
    """Exit code and everything shown on a terminal; ``then`` is sent once ``until`` is shown."""
    import pty
    import termios

    seen_by_it = {
        **(environment or clean_environment()),
        "TERM": "xterm",
        "COLUMNS": "100",
        "LINES": "30",
    }
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(home.root)
        os.execve(sys.executable, [sys.executable, "-m", "dreamfolio", *arguments], seen_by_it)
    termios.tcsetwinsize(terminal, (30, 100))
    shown = b""
    sent = False
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:  # Linux's way to say that the other end is closed.
            break
        if not part:
            break
        shown += part
        if until and then and not sent and until.encode() in shown:
            sent = True
            time.sleep(0.5)
            os.kill(child, then)
    _, status = os.waitpid(child, 0)
    os.close(terminal)
    return os.waitstatus_to_exitcode(status), shown.decode()
