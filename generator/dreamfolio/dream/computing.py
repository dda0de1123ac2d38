"""How dreams are computed, as against what they look like: no part of any key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dreamfolio.dream.precision import Asked

Tile = Literal["auto", "none"] | int
Batch = Literal["auto", "none"] | int


@dataclass(frozen=True, slots=True)
class Computing:
    """The ``precision`` that networks compute in, and the side of the ``tile``, in pixels, that
    pictures are dreamed in: ``auto`` tiles those that would take too much memory at once.

    ``batch`` is how many small pictures of one size are dreamed at once: by ``auto`` as many as
    keep a graphics card busy, and on a CPU one.
    """

    precision: Asked = "auto"
    tile: Tile = "auto"
    batch: Batch = "auto"
