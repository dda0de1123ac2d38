"""``dreamfolio serve`` in a process of its own, and waiting for what it does."""

from __future__ import annotations

import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from helpers.home import Home

T = TypeVar("T")

PATIENCE = 90.0
"""Seconds that a slow and busy machine may take for what is a moment's work."""


def until(condition: Callable[[], T], what: str = "", seconds: float = PATIENCE) -> T:
    """The first value of ``condition`` that is true; an ``AssertionError`` if none ever is."""
    end = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < end, what or "it never came to be"
        time.sleep(0.05)
    return value


class Served:
    """A running server."""

    def __init__(self, process: subprocess.Popen[str]):
        self.process = process
        self.said = ""
        threading.Thread(target=self._hear, daemon=True).start()
        assert process.stdout is not None
        line = process.stdout.readline()
        self.url = line.removeprefix("serving ").strip()
        if not line.startswith("serving "):
            process.wait(30)

    def _hear(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.said += line

    def wait_for(self, *words: str) -> str:
        """What it said so far, once all of ``words`` are in it."""
        self.until(lambda: all(word in self.said for word in words))
        return self.said

    def until(self, condition: Callable[[], T]) -> T:
        """Wait as the function does; what the server said is told where it is in vain."""
        ended = threading.Event()

        def seen() -> T | bool:
            # Once more after its end: it may have come to be by then.
            if self.process.poll() is not None and not ended.is_set():
                ended.set()
                time.sleep(0.5)
            elif ended.is_set():
                raise AssertionError
            return condition()

        try:
            value = until(seen)
        except AssertionError:
            raise AssertionError(f"it never came to be, and the server said: {self.said}") from None
        return value  # type: ignore[return-value]

    def get(self, address: str = "") -> str:
        """The page at ``address``, an error's too."""
        try:
            with urllib.request.urlopen(self.url + address, timeout=60) as answer:
                text: str = answer.read().decode()
        except urllib.error.HTTPError as error:
            text = error.read().decode()
        return text


@contextmanager
def serving(home: Home, *arguments: str) -> Iterator[Served]:
    """Serve ``home`` at any free port."""
    process = home.start("serve", "--no-open", "--port", "0", *arguments)
    try:
        yield Served(process)
    finally:
        process.kill()
        process.wait()
        for stream in (process.stdout, process.stderr):
            if stream:
                stream.close()
