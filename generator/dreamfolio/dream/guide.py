"""Dreaming toward a guide: another picture's forms in the source's places.

The objective is that of Google's first DeepDream notebook (2015): each position of a layer's
activations grows toward the position of the guide's whose activations are most like them, by their
dot product.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from dreamfolio.dream.networks.network import Network
from dreamfolio.dream.octaves import fit
from dreamfolio.errors import DreamError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# The long side that a guide is shrunk to, in pixels: its forms then have the size that networks
# were trained on, and there are not more of them than can be told apart.
_SIDE = 256
# How many of its positions are looked through, at most, and how many at a time: with each of a
# large picture's own positions that is what must be held in memory.
_MOST, _BLOCK = 1024, 64


def toward(network: Network, guide: NDArray[np.uint8]) -> Network:
    """``network`` whose layers give, for each position, how like ``guide``'s best match it is:
    its activations times those, of which the mean is the objective. Motifs are as they were.

    ``guide`` is (height, width, 3 or 4). Raises DreamError where it is too small for the network.
    """
    from keras import ops

    from dreamfolio.dream.looking import look

    shrunk = _shrunk(guide, network)
    # One guide serves many pictures, and what is compiled for it with it.
    key = ("guide", shrunk.shape, shrunk.tobytes())
    if key not in network.steps:
        matches = tuple(
            None if target.motif else Matches(_positions(ops.convert_to_numpy(activations)[0]))
            for target, activations in zip(network.targets, look(shrunk, network), strict=True)
        )
        network.steps[key] = replace(network, matches=matches, steps={})
    guided: Network = network.steps[key]
    return guided


@dataclass(frozen=True, eq=False)
class Matches:
    """The activations of a guide, (positions, channels)."""

    positions: NDArray[np.float32]

    def __call__(self, activations: Any) -> Any:
        """``activations``, (1, height, width, channels), times those of the position most like
        each. Which that is counts as given: the gradient is the match itself."""
        from keras import ops

        like = ops.take(self.positions, self.nearest(ops.stop_gradient(activations)), axis=0)
        return activations * ops.stop_gradient(like)

    def nearest(self, activations: Any) -> Any:
        """The number of the position with the largest dot product, for each of (1, height, width,
        channels): (1, height, width)."""
        from keras import ops

        best, index = None, None
        for start in range(0, len(self.positions), _BLOCK):
            block = self.positions[start : start + _BLOCK]
            scores = ops.matmul(activations, block.T)
            score, at = ops.max(scores, axis=-1), ops.argmax(scores, axis=-1) + start
            if best is None:
                best, index = score, at
            else:
                index = ops.where(score > best, at, index)
                best = ops.maximum(score, best)
        return index


def _shrunk(guide: NDArray[np.uint8], network: Network) -> NDArray[np.uint8]:
    from dreamfolio.dream.resize import shrink

    height, width = guide.shape[:2]
    for size in (fit(_SIDE, height, width), (height, width)):
        if network.accepts(*size):
            return shrink(guide, *size)
    raise DreamError(
        f"a guide of {width} × {height} pixels does not reach the layers of {network.label}",
        mend="choose a larger guide, or a less deep layer",
    )


def _positions(activations: NDArray[np.float32]) -> NDArray[np.float32]:
    """Of (height, width, channels) all positions, or as many as may be, evenly spread."""
    height, width, channels = activations.shape
    step = math.ceil(math.sqrt(height * width / _MOST))
    positions: NDArray[np.float32] = activations[::step, ::step].reshape(-1, channels)
    return positions[:_MOST]
