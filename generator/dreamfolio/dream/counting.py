"""Steps counted as they are taken, and the word to stop asked for between them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dreamfolio.errors import DreamError


class Stopped(DreamError):
    """The dream was told to stop before its end."""


@dataclass
class Counting:
    """How many of ``total`` steps are ``done``; ``on_step`` hears both before each step, and
    ``stop`` is asked."""

    done: int
    total: int
    on_step: Callable[[int, int], None]
    stop: Callable[[], bool]

    def before_tile(self) -> None:
        """Raises Stopped where it is time to."""
        if self.stop():
            raise Stopped("the dream was stopped")

    def before_step(self) -> None:
        """As before a tile, and one step more is on its way."""
        self.before_tile()
        self.on_step(self.done, self.total)
        self.done += 1
