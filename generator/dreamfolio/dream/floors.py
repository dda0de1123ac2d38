"""The floors under a gradient's size, which keep what is nothing from being blown up.

The gradient of a mean is the fainter the more pixels share in it. Under that of a huge picture a
fixed floor would shorten the steps, and most of all those of coarse forms, so it sinks with it.
"""

from __future__ import annotations

from typing import Any

FLOOR = 1e-8
"""What the first scripts add to a gradient's deviation, whatever the picture's size."""

# Up to so many it is that.
_PIXELS = 1920 * 1080


def floor_under(gradient: Any, floor: float = FLOOR) -> Any:
    """``floor``, or less where ``gradient``, (n, height, width, channels), is that of large
    pictures: a scalar tensor."""
    from keras import ops

    _, height, width, _ = ops.shape(gradient)
    return floor * ops.minimum(1.0, _PIXELS / ops.cast(height * width, "float32"))


def floor_at(height: int, width: int) -> float:
    """The same for a picture of this size."""
    return FLOOR * min(1.0, _PIXELS / (height * width))
