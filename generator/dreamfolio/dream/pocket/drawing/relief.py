"""What a formula draws: a form in relief, before light and colour fall on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Field = NDArray[np.floating[Any]]
"""A value a pixel, (size, size), mostly in [0, 1]; float32 in a ``Relief``."""


@dataclass(frozen=True, eq=False)
class Relief:
    """A form on a square canvas, each field (size, size) float32 in [0, 1].

    ``height`` is how far the form stands out toward the eye, which light and shade are made from;
    1 is as far out as about a tenth of the canvas is wide. ``tone`` is the place of each pixel's
    colour in a palette, 0 its darkest end and 1 its lightest. ``cover`` is 1 where the form is
    and 0 where a background shows; None where it fills the canvas.
    """

    height: Field
    tone: Field
    cover: Field | None = None


@dataclass(frozen=True)
class Motif:
    """A class of the network: a name an artist may ask for, and the formula that draws it.

    ``name`` is lower case with hyphens. ``draw(rng, size)`` gives another sample at every call,
    the same one for the same state of ``rng``. ``palettes`` (see ``palettes.PALETTES``) are the
    colours it has by nature; it is seen in others, too.
    """

    name: str
    draw: Callable[[np.random.Generator, int], Relief]
    palettes: tuple[str, ...]
