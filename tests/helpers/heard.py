"""A command in a process of its own that is heard as it goes on, and then told to end."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Callable
from typing import Self, TypeVar

from helpers.waiting import PATIENCE, until

T = TypeVar("T")


class Heard:
    """The running ``process``, whose stderr is a pipe. Use it as a context: whatever becomes of the
    test, the process does not outlive it."""

    def __init__(self, process: subprocess.Popen[str]):
        self.process = process
        self.said = ""
        """What it said on stderr so far."""
        self._hearing = threading.Thread(target=self._hear, daemon=True)
        self._hearing.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        self._hearing.join(PATIENCE)
        for stream in (self.process.stdout, self.process.stderr):
            if stream:
                stream.close()

    def _hear(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.said += line

    def wait_for(self, *words: str) -> str:
        """What it said so far, once all of ``words`` are in it."""
        self.until(lambda: all(word in self.said for word in words), f"{words}")
        return self.said

    def until(self, condition: Callable[[], T], what: str = "it") -> T:
        """Wait until ``condition``; what the process said is told where that is in vain."""

        def seen() -> T:
            # First: what was said until the end may well be what is waited for.
            ended = self.process.poll() is not None
            if ended:
                self._hearing.join(PATIENCE)
            value = condition()
            assert value or not ended, "the process has ended"
            return value

        try:
            return until(seen)
        except AssertionError as error:
            told = f"{what} never came to be ({error}), and it said: {self.said}"
            raise AssertionError(told) from None

    def send(self, number: int) -> None:
        """Send it a signal."""
        self.process.send_signal(number)

    def ended(self, seconds: float = PATIENCE) -> int:
        """Its exit code, once it has ended by itself; then all that it said is in ``said``."""
        try:
            code = self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"it goes on, and said: {self.said}") from None
        self._hearing.join(PATIENCE)
        return code
