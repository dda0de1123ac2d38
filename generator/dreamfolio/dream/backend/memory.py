"""The error for a picture that is too large for the memory of what dreams it."""

from __future__ import annotations

from dreamfolio.errors import DreamError


class OutOfMemory(DreamError):
    """Raised in place of a backend's own error for running out of memory."""

    def __init__(self) -> None:
        super().__init__(
            "the picture is too large for this machine's memory",
            mend="dream it smaller, with `max_size` in its recipe, or on another machine",
        )
