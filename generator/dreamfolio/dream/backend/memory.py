"""The error for a picture that is too large for the memory of what dreams it."""

from __future__ import annotations

from dreamfolio.errors import DreamError


class OutOfMemory(DreamError):
    """Raised in place of a backend's own error for running out of memory, and before it would."""

    def __init__(
        self,
        what: str = "the picture is too large for this machine's memory",
        mend: str = "dream it smaller, with `max_size` in its recipe, or on another machine",
    ) -> None:
        super().__init__(what, mend=mend)
