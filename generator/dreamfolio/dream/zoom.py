"""An endless dive into a dream: each frame is the last one, a little nearer and dreamed on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dreamfolio.dream.morph import Pixels, mix

STEPS = 2
"""Steps of ascent in each frame."""

SHARE = 0.5
"""How long they are, as a share of the recipe's own: a dive dreams many times over."""

# How much nearer each frame is than the last.
_NEARER = 1.015


def fading(frames: int) -> int:
    """How many frames are dreamed beyond a loop of ``frames``, for its end to pass into its
    beginning."""
    return max(1, frames // 4)


def nearer(picture: NDArray[np.float32], at: tuple[float, float]) -> NDArray[np.float32]:
    """``picture``, (height, width, channels), drawn toward the point ``at``, (y, x) as shares of
    its size, which stays where it is."""
    height, width, channels = picture.shape
    top, left = (share * (1 - 1 / _NEARER) for share in at)
    box = (
        left * width,
        top * height,
        (left + 1 / _NEARER) * width,
        (top + 1 / _NEARER) * height,
    )
    return np.stack(
        [
            np.asarray(
                Image.fromarray(np.ascontiguousarray(picture[..., channel])).resize(
                    (width, height), Image.Resampling.BICUBIC, box=box
                )
            )
            for channel in range(channels)
        ],
        axis=-1,
    )


def middle(region: NDArray[np.float32]) -> tuple[float, float]:
    """The centre of weight of ``region``, (height, width), as shares (y, x) of its size."""
    height, width = region.shape
    weight = float(region.sum(dtype=np.float64))
    if weight == 0:
        return 0.5, 0.5
    y = float(region.sum(axis=1, dtype=np.float64) @ (np.arange(height) + 0.5)) / weight
    x = float(region.sum(axis=0, dtype=np.float64) @ (np.arange(width) + 0.5)) / weight
    return y / height, x / width


def closed(states: Sequence[Pixels], frames: int) -> list[Pixels]:
    """A loop of ``frames`` out of as many ``states`` and those to fade by, which follow them.

    It begins with the first that is whole; its last ones pass into it.
    """
    fade = len(states) - frames
    passing = [mix(states[frames + i], states[i], (i + 1) / (fade + 1)) for i in range(fade)]
    return [*states[fade:frames], *passing]
