"""Waiting for what comes about by itself, as long as a slow and busy machine may need."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

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
