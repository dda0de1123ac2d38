"""A gradient over its own size, however large the picture is.

The gradient of a mean is the smaller the more pixels share in it. A fixed floor under its size,
which keeps what is nothing from being blown up, would shorten the steps on huge pictures, and most
of all those of their coarse forms: so it is no more than a share of the size itself.
"""

from __future__ import annotations

from typing import Any

FLOOR = 1e-8
"""What the first scripts add to a gradient's deviation, at any size."""

_SHARE = 0.1
# What is smaller than this is what rounding left of nothing.
_NOTHING = 1e-12


def over(gradient: Any, size: Any, floor: float = FLOOR) -> Any:
    """``gradient`` over its ``size``, tensors both."""
    from keras import ops

    return gradient / (size + ops.clip(_SHARE * size, _NOTHING, floor))


def floored(size: float, floor: float = FLOOR) -> float:
    """What ``over`` divides by."""
    return size + min(max(_SHARE * size, _NOTHING), floor)
