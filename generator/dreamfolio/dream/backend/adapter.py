"""What a backend must give beside ``keras.ops``: a compiler and a gradient."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

Argument = tuple[tuple[int | None, ...], str]

PICTURE: Argument = ((1, None, None, 3), "float32")
NUMBER: Argument = ((), "float32")


class Backend(Protocol):
    """One adapter a file; everything else in the engine is ``keras.ops`` or numpy."""

    compiles_each_size: bool
    """Whether each size of its arguments costs what is compiled the time to compile it anew."""

    def compile(self, function: Callable[..., Any], *arguments: Argument) -> Callable[..., Any]:
        """``function``, which takes and gives tensors, compiled for sizes of all kinds.

        ``arguments`` are the shapes and types of what it takes, with None for sides that differ
        from call to call. Raises OutOfMemory.
        """

    def gradient(self, objective: Callable[[Any], Any], picture: Any) -> Any:
        """How the scalar ``objective`` changes with ``picture``; of the picture's shape."""
