"""SIGTERM and a lost terminal end a command as Ctrl-C does, each with its own exit code."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Callable, Iterator
from types import FrameType
from typing import NoReturn

INTERRUPTED = 128 + signal.SIGINT
# Beside Ctrl-C; Windows has no SIGHUP.
_ENDS = [signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])]

_listened: list[signal.Signals] = []
_came: int = signal.SIGINT


@contextlib.contextmanager
def ended_as_by_ctrl_c() -> Iterator[None]:
    """Raise ``KeyboardInterrupt`` in the main thread for these signals, too."""
    global _came
    _came = signal.SIGINT
    if threading.current_thread() is threading.main_thread():
        # One that is ignored, as nohup has it, stays so.
        _listened[:] = [each for each in _ENDS if signal.getsignal(each) is signal.SIG_DFL]
    for number in _listened:
        signal.signal(number, _end)
    try:
        yield
    finally:
        for number in _listened:
            signal.signal(number, signal.SIG_DFL)
        _listened.clear()


@contextlib.contextmanager
def first_alone() -> Iterator[Callable[[], bool]]:
    """Raise ``KeyboardInterrupt`` for the first of these signals alone: a second one, soon after,
    would break off the answer to the first. Yields a function that says whether one came."""
    came: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        global _came
        if not came:
            _came = number
            came.append(number)
            raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        yield lambda: False
        return
    # A job in the background ignores Ctrl-C, and goes on doing so.
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, *_listened)}
    heard = {number: one for number, one in before.items() if one is not signal.SIG_IGN}
    for number in heard:
        signal.signal(number, note)
    try:
        yield lambda: bool(came)
    finally:
        if not came:
            for number, one in heard.items():
                signal.signal(number, one)


def exit_code() -> int:
    """What a command ends with that was interrupted, as shells count: 130 after Ctrl-C, 143 after
    SIGTERM, 129 without its terminal."""
    return 128 + _came


def ignore_further() -> None:
    """Let nothing but SIGKILL disturb the end."""
    for number in (signal.SIGINT, *_listened):
        signal.signal(number, signal.SIG_IGN)


def _end(number: int, frame: FrameType | None) -> NoReturn:
    global _came
    _came = number
    raise KeyboardInterrupt
