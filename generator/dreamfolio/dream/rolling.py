"""Pictures moved around the edges: what goes out comes in at the other side."""

from __future__ import annotations

from typing import Any


def rolled(pictures: Any, shifts: Any) -> Any:
    """Each of ``pictures``, (n, height, width, channels), moved by its own of ``shifts``, (n, 2)
    integers: so many pixels down and across."""
    from keras import ops

    if pictures.shape[0] == 1:  # Copying runs of memory takes less time than pixel by pixel.
        return ops.roll(pictures, (shifts[0, 0], shifts[0, 1]), axis=(1, 2))
    shifts = ops.convert_to_tensor(shifts)
    count, height, width, channels = ops.shape(pictures)
    rows = (ops.arange(height) - shifts[:, :1]) % height
    columns = (ops.arange(width) - shifts[:, 1:]) % width
    rows = rows + ops.arange(count)[:, None] * height
    places = rows[:, :, None] * width + columns[:, None, :]
    return ops.take(ops.reshape(pictures, (-1, channels)), places, axis=0)
