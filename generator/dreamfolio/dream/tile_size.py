"""How large a tile or a batch may be, so that a dream keeps to some gigabytes whatever its size."""

from __future__ import annotations

import math

from dreamfolio.dream.computing import Tile
from dreamfolio.dream.device import device
from dreamfolio.dream.networks.network import Network
from dreamfolio.memory import available_memory

# What a dream on CPUs may take in all beside some 900 MB of backend and network, where the machine
# has twice that to spare.
_BUDGET = 21 << 27
# What is left for the network beside the buffers of a huge picture.
_LEAST = 3 << 28
_SMALLEST = 128

BUFFERS = 5 * 3 * 4
"""Bytes that a dream takes for each pixel beside the network: the source, the dream, its gradient,
the detail and one more, of three float32 each."""


def tile_side(
    network: Network, height: int, width: int, tile: Tile, whole: tuple[int, int] | None = None
) -> int | None:
    """The side of the windows, in pixels, that a picture of this size is dreamed in; None where it
    is dreamed at once, be it since the network sees all of it at every place.

    Where it is an octave, ``whole`` is the (height, width) of the last one: what a backend has once
    taken it keeps, so no octave may take what the last one's buffers need.
    """
    if tile == "none" or network.sights is None:
        return None
    if tile != "auto":
        return tile
    pixels, per_pixel = height * width, _bytes_per_pixel(network)
    buffers = BUFFERS * max(pixels, math.prod(whole or ()))
    budget = max(_LEAST, _budget() - buffers)
    return None if per_pixel * pixels <= budget else math.isqrt(int(budget / per_pixel))


def fitting(network: Network, height: int, width: int) -> int:
    """How many pictures of this size may be dreamed at once; one at least."""
    per_picture = (_bytes_per_pixel(network) + BUFFERS) * height * width
    return max(1, int(_budget() / per_picture))


def halved(side: int | None, height: int, width: int) -> int | None:
    """The side to try where that one took too much memory; None where none is left to try."""
    smaller = min(side or max(height, width), max(height, width)) // 2
    return smaller if smaller >= _SMALLEST else None


def bytes_taken(floats: float, network: Network) -> float:
    """What so many activations of a network take, in bytes."""
    return floats * (4 if network.precision == "float32" else 2)


def _bytes_per_pixel(network: Network) -> float:
    # Measured, the gradient takes about half of all activations to all of them at once.
    return bytes_taken(network.floats_per_pixel, network)


def _budget() -> int:
    on = device()
    if not on.is_cpu:
        # A card has its own memory, beside the machine's. One that does not tell how much is tried
        # with everything, and a dream goes on in tiles where that was too much.
        return on.memory // 2 if on.memory else 1 << 50
    # Halved, not cut to what is free just now: the size of tiles decides how sums are rounded, and
    # a dream is to have the same bytes the next time.
    budget, free = _BUDGET, available_memory()
    while budget > max(free // 2, 1):
        budget //= 2
    return budget
