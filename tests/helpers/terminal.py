"""A command on a terminal, as a person sees it."""

from __future__ import annotations

import os
import select
import time
from collections.abc import Iterator, Mapping, Sequence

from helpers.home import Home, clean_environment
from helpers.waiting import PATIENCE


def on_a_terminal(
    home: Home,
    arguments: list[str],
    until: Sequence[str] = (),
    then: int | None = None,
    environment: Mapping[str, str] | None = None,
) -> tuple[int, str]:
    """Exit code and everything shown on a terminal; the signal ``then`` is sent once all of
    ``until`` were shown."""
    import termios

    seen_by_it = {
        **(environment or clean_environment()),
        "TERM": "xterm",
        "COLUMNS": "100",
        "LINES": "30",
    }
    ours, theirs = os.openpty()
    termios.tcsetwinsize(theirs, (30, 100))
    process = home.start(
        *arguments,
        env=seen_by_it,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    try:
        shown = b""
        for part in _parts(ours):
            shown += part
            if then and all(one.encode() in shown for one in until):
                process.send_signal(then)
                then = None
        return process.wait(PATIENCE), shown.decode()
    finally:
        process.kill()
        process.wait()
        os.close(ours)


def _parts(terminal: int) -> Iterator[bytes]:
    """What comes, until the other end is closed."""
    end = time.monotonic() + 2 * PATIENCE
    while True:
        left = max(0, end - time.monotonic())
        assert select.select([terminal], [], [], left)[0], "it goes on"
        try:
            part = os.read(terminal, 65536)
        except OSError:  # Linux's way to say that the other end is closed.
            return
        if not part:
            return
        yield part
