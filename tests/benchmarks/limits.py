"""What a step of a network must cost at least: its multiply-adds over the machine's own rate."""

from __future__ import annotations

import math
import time
from functools import cache
from typing import Any


def multiply_adds(model: Any, height: int, width: int) -> float:
    """Of one gradient: the convolutions forward, and as much again back to the picture."""
    import keras

    probe = keras.Model(model.inputs, [layer.output for layer in _convolutions(model)])
    shapes = keras.tree.flatten(probe.compute_output_shape((1, height, width, 3)))
    outputs = [shapes[start : start + 4] for start in range(0, len(shapes), 4)]
    forward = sum(
        math.prod(layer.kernel.shape) / layer.kernel.shape[-1] * math.prod(shape)
        for layer, shape in zip(_convolutions(model), outputs, strict=True)
    )
    return 2.0 * forward


def matrix_rate(precision: str, side: int = 4096) -> float:
    """Multiply-adds a second that the backend reaches on this machine in a product of two matrices
    of ``side`` × ``side``: the best of several."""
    import keras
    from keras import ops

    from dreamfolio.dream import backend

    one = ops.cast(keras.random.normal((side, side)), precision)
    product = backend.current().compile(lambda one: ops.matmul(one, one), ((side, side), precision))
    seconds = []
    for _ in range(5):
        began = time.perf_counter()
        float(product(one)[0, 0])
        seconds.append(time.perf_counter() - began)
    return float(side**3 / min(seconds))


def least_seconds(model: Any, height: int, width: int, precision: str) -> float:
    """What a step at pictures of this size takes at least on this machine."""
    return multiply_adds(model, height, width) / _rate(precision)


_rate = cache(matrix_rate)


def _convolutions(model: Any) -> list[Any]:
    import keras

    return [layer for layer in model.layers if type(layer) is keras.layers.Conv2D]
