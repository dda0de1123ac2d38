"""Whether memory has room for a picture that no tiles can be made of."""

from __future__ import annotations

import math

from dreamfolio.dream.backend.memory import OutOfMemory
from dreamfolio.dream.computing import Tile
from dreamfolio.dream.device import device
from dreamfolio.dream.networks.geometry import floats_at
from dreamfolio.dream.networks.network import Network
from dreamfolio.dream.tile_size import BUFFERS, bytes_taken
from dreamfolio.memory import available_memory

# Measured, the gradient takes from a third to three quarters of all activations at once. The most
# counts: what is refused can still be tried, and what is not there ends all dreams of the run.
_SHARE = 0.75


def check_memory(network: Network, height: int, width: int, tile: Tile) -> None:
    """Raise OutOfMemory where ``network`` must take a picture of this size at once, and a CPU's
    memory has no room for it: there the system would end the process, without a word.

    ``tile`` is as in ``Computing``; by ``none`` it is tried all the same.
    """
    if tile == "none" or network.sights is not None or not device().is_cpu:
        return
    filled = [side + -side % network.multiple for side in (height, width)]
    activations = bytes_taken(floats_at(network.model, *filled), network)
    taken = _SHARE * activations + BUFFERS * height * width
    free = available_memory()
    if taken <= free:
        return
    fits = max(16, math.floor(max(height, width) * math.sqrt(free / taken) / 10) * 10)
    raise OutOfMemory(
        f"a picture of {width} × {height} pixels takes about {taken / 1e9:.1f} GB, and "
        f"{free / 1e9:.1f} GB are free; {_why_not_in_tiles(network)}",
        mend=f"dream it smaller, with `max_size: {fits}` in its recipe, or through a less deep "
        "layer; `tile: none` tries it all the same",
    )


def too_large(network: Network, height: int, width: int) -> OutOfMemory:
    """The error for a picture of this size for which memory ran out, and no tiles go on."""
    return OutOfMemory(
        f"a picture of {width} × {height} pixels is too large for this machine's memory; "
        f"{_why_not_in_tiles(network)}",
        mend="dream it smaller, with `max_size` in its recipe, through a less deep layer, or on "
        "another machine",
    )


def _why_not_in_tiles(network: Network) -> str:
    if network.multiple > 1:
        why = f"its branches fit together at multiples of {network.multiple} pixels only"
    else:
        why = "its layers see more of the picture than any tile holds"
    return f"{network.label} is not dreamed in tiles, since {why}"
