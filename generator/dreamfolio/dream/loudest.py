"""Which channels of a layer a picture excites by itself, before any dream."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dreamfolio.dream.looking import look
from dreamfolio.dream.networks.network import Network
from dreamfolio.errors import DreamError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# What is fainter than this share of its layer's loudest channel tells nothing.
_DEAD = 1e-3


def loudest(pixels: NDArray[np.uint8], network: Network) -> dict[str, tuple[int, ...]]:
    """The channels of each of the network's targets, which are whole layers, the loudest first.

    ``pixels`` are (height, width, 3 or 4) in RGB or RGBA. A channel is as loud as the positive
    part of its activation rises, on the mean over the picture, above its own median over the
    picture. So one that a plain ground excites everywhere, or that is always on, is not loud; one
    that finds something in the picture is. Dead channels are left out. Raises DreamError where the
    picture does not reach the layers.
    """
    from keras import ops

    height, width = pixels.shape[:2]
    if not network.accepts(height, width):
        raise DreamError(f"a picture of {width} × {height} pixels does not reach every layer")
    return {
        target.layer: ranked(_loudness(ops.convert_to_numpy(activations)[0]))
        for target, activations in zip(network.targets, look(pixels, network), strict=True)
    }


def ranked(loudness: Sequence[float] | NDArray[np.float32]) -> tuple[int, ...]:
    """The channels by their loudness, the loudest first and the dead ones left out."""
    order = sorted(range(len(loudness)), key=lambda channel: (-loudness[channel], channel))
    floor = _DEAD * max(loudness, default=0.0)
    return tuple(channel for channel in order if loudness[channel] > floor)


def _loudness(activations: NDArray[np.float32]) -> NDArray[np.float32]:
    """Of each channel of (height, width, channels)."""
    import numpy as np

    positive = np.maximum(activations, 0)
    above = np.maximum(positive - np.median(positive, axis=(0, 1)), 0)
    loudness: NDArray[np.float32] = above.mean(axis=(0, 1))
    return loudness
