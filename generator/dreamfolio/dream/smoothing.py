"""The gradient at several scales: what grows coarse forms and fine detail together."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from dreamfolio.dream.floors import floor_under


def blended(gradient: Any, sigmas: Sequence[float]) -> Any:
    """Σ of ``gradient`` blurred by each of ``sigmas`` (in pixels), each over its own deviation.

    ``gradient`` is (n, height, width, 3), of each picture its own. A blur alone would leave the
    fine waves that a convolution makes the loudest; over its deviation each scale has an equal say.
    Without ``sigmas`` the gradient is as it was.
    """
    from keras import ops

    if not sigmas:
        return gradient
    scales = [_blurred(gradient, sigma) for sigma in sigmas]
    floor = floor_under(gradient)
    parts = [scale / (ops.std(scale, axis=(1, 2, 3), keepdims=True) + floor) for scale in scales]
    return sum(parts[1:], start=parts[0])


def _blurred(gradient: Any, sigma: float) -> Any:
    """A Gaussian blur along both axes, the border's pixels repeated beyond it."""
    import numpy as np
    from keras import ops

    radius = max(1, math.ceil(3 * sigma))
    weights = np.exp(-0.5 * (np.arange(-radius, radius + 1) / sigma) ** 2)
    weights = (weights / weights.sum()).astype("float32")
    channels = int(gradient.shape[-1])
    for axis, shape in ((1, (-1, 1, 1, 1)), (2, (1, -1, 1, 1))):
        side = ops.shape(gradient)[axis]
        index = ops.clip(ops.arange(-radius, side + radius), 0, side - 1)
        kernel = ops.tile(ops.reshape(weights, shape), (1, 1, channels, 1))
        gradient = ops.depthwise_conv(ops.take(gradient, index, axis=axis), kernel)
    return gradient
