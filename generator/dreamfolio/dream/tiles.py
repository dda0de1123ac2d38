"""How a picture is cut into tiles whose gradients add up to that of the whole.

Windows of one size cover the picture and overlap by what a network's positions see. Each position
of a target's activations counts in one window only, in which all it sees lies; so what a window
gives is exact, borders and all, and nothing is left to blend. Two things make that so: windows
begin at multiples of the network's stride, and their sides leave the same remainder by it as the
picture's own, so that layers that pad by their input's size pad the same.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from dreamfolio.dream.networks.geometry import Sight
from dreamfolio.dream.part import Span


@dataclass(frozen=True, slots=True)
class Stretch:
    """A window along one axis: where it begins, in pixels, and what of each target counts in it."""

    origin: int
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Axis:
    """The windows along one axis, ``side`` pixels each."""

    side: int
    stretches: tuple[Stretch, ...]


def along(total: int, side: int, sights: Sequence[Sight], counts: Sequence[int]) -> Axis:
    """Windows of about ``side`` pixels over ``total``.

    ``sights`` tell what the positions of each target see, ``counts`` how many of them the whole
    picture has. A ``side`` too short for what is seen is taken as long as it must be; where one
    window is all it takes, that is the picture itself.
    """
    stride = math.lcm(*(sight.stride for sight in sights))
    # What two windows must share for a position between them to lie in one of them, with its sight.
    overlap = stride * math.ceil(max(one.extent + one.stride for one in sights) / stride)
    side = max(side, overlap + stride)
    side -= (side - total) % stride
    if side < overlap + stride:
        side += stride
    if side >= total:
        spans = tuple(Span(0, count, 0, count) for count in counts)
        return Axis(total, (Stretch(0, spans),))
    # In strides: from the first window's origin to the last one's, and from one's to the next's.
    steps = (total - side) // stride
    longest = (side - overlap) // stride
    windows = 1 + math.ceil(steps / longest)
    origins = [stride * (number * steps // (windows - 1)) for number in range(windows)]
    firsts = [[_first(sight, origin) for sight in sights] for origin in origins]
    firsts[0] = [0] * len(sights)
    ends = [*firsts[1:], list(counts)]
    return Axis(
        side,
        tuple(
            Stretch(
                origin,
                tuple(_span(*own, origin) for own in zip(first, end, counts, sights, strict=True)),
            )
            for origin, first, end in zip(origins, firsts, ends, strict=True)
        ),
    )


def _first(sight: Sight, origin: int) -> int:
    """The first position that sees nothing before ``origin``."""
    return max(0, math.ceil((origin - sight.first) / sight.stride))


def _span(first: int, end: int, count: int, sight: Sight, origin: int) -> Span:
    here = origin // sight.stride
    return Span(min(first, count) - here, min(end, count) - here, here, count)
