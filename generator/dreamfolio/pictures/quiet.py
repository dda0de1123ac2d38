"""Silence for libraries that write to standard error past Python."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_ALONE = threading.Lock()


@contextmanager
def quiet() -> Iterator[None]:
    """While it lasts, whatever the process writes to file descriptor 2 is dropped.

    libtiff reports damage there, in the middle of a progress bar, and offers Python no other
    way; the damage is raised as an error as well. Held by one thread at a time, so keep it short.
    """
    with _ALONE:
        try:
            kept = os.dup(2)
        except OSError:  # Standard error is closed: there is nothing to silence.
            yield
            return
        try:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, 2)
            os.close(nowhere)
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)
