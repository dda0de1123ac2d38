"""The gradient's bands of detail brought to one strength.

The Laplacian pyramid of Burt and Adelson (1983), as TensorFlow's first DeepDream tutorial put it to
this use: without it fine detail grows and coarse forms hardly do.
"""

from __future__ import annotations

from typing import Any

from dreamfolio.dream.floors import floor_under

# What falls to each of a pixel's neighbours when a picture is halved or doubled.
_BINOMIAL = (1 / 16, 4 / 16, 6 / 16, 4 / 16, 1 / 16)


def levelled(gradient: Any, levels: int) -> Any:
    """``gradient``, (n, height, width, 3), as the sum of its bands, each over its own size.

    There are ``levels`` bands, each of detail half as fine as the one before, and what is left
    below them. A band's size is its root mean square. With 0 levels the gradient is as it was.
    """
    if levels == 0:
        return gradient
    bands = []
    rest = gradient
    for _ in range(levels):
        halved = _halved(rest)
        bands.append(rest - _doubled(halved, rest))
        rest = halved
    floor = floor_under(gradient, 1e-10)
    whole = _normalised(rest, floor)
    for band in reversed(bands):
        whole = _doubled(whole, band) + _normalised(band, floor)
    return whole


def _normalised(band: Any, floor: Any) -> Any:
    from keras import ops

    size = ops.sqrt(ops.mean(ops.square(band), axis=(1, 2, 3), keepdims=True))
    return band / (size + floor)


def _halved(band: Any) -> Any:
    """Every second pixel of the blurred band."""
    return _blurred(band)[:, ::2, ::2]


def _doubled(halved: Any, like: Any) -> Any:
    """``halved`` at the size of the band that it was made of."""
    from keras import ops

    for axis in (1, 2):
        index = ops.arange(ops.shape(like)[axis]) // 2
        halved = ops.take(halved, index, axis=axis)
    return _blurred(halved)


def _blurred(band: Any) -> Any:
    """A binomial blur along both axes, the border's pixels repeated beyond it."""
    import numpy as np
    from keras import ops

    channels = int(band.shape[-1])
    for axis, shape in ((1, (-1, 1, 1, 1)), (2, (1, -1, 1, 1))):
        side = ops.shape(band)[axis]
        index = ops.clip(ops.arange(-2, side + 2), 0, side - 1)
        weights = np.asarray(_BINOMIAL, "float32").reshape(shape)
        kernel = np.tile(weights, (1, 1, channels, 1))
        band = ops.depthwise_conv(ops.take(band, index, axis=axis), kernel)
    return band
