"""Work that Ctrl-C ends within a second, though a step of a dream may take longer.

The work runs in a thread of its own, since Python answers a signal only between two lines of the
main thread, and TensorFlow may keep that one busy for seconds. Everything is written whole, so the
process may end at any moment.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from collections.abc import Callable
from typing import NoReturn, TypeVar

from dreamfolio.cli import endings
from dreamfolio.files import abandon_writes

T = TypeVar("T")

# How long finished work may take to reach the disk once it is to end.
GRACE_SECONDS = 0.8


def interruptible(work: Callable[[Callable[[], bool]], T], last_words: Callable[[], None]) -> T:
    """The result of ``work``, which is handed a function that says whether to stop.

    On SIGINT, SIGTERM or a lost terminal the work is told to stop, ``last_words`` are said, and
    the process ends with ``endings.exit_code``. Exceptions of the work are raised here.
    """
    stop = threading.Event()
    results: list[T] = []
    errors: list[BaseException] = []

    def carry_out() -> None:
        try:
            results.append(work(stop.is_set))
        except BaseException as error:
            errors.append(error)

    thread = threading.Thread(target=carry_out, name="work", daemon=True)
    with endings.first_alone() as is_to_end, contextlib.suppress(KeyboardInterrupt):
        thread.start()
        while thread.is_alive() and not is_to_end():
            thread.join(0.1)
    if is_to_end():
        endings.ignore_further()
        stop.set()
        thread.join(GRACE_SECONDS)
        _end(last_words)
    if errors:
        raise errors[0]
    return results[0]


def _end(last_words: Callable[[], None]) -> NoReturn:
    try:
        last_words()
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        abandon_writes()
        # Not sys.exit: that would wait for the step that is being computed.
        os._exit(endings.exit_code())
