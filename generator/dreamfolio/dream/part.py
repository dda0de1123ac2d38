"""A part of a picture, as a layer sees it: which positions of its activations count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Span:
    """Along one axis: of the positions there are here, those from ``first`` to before ``last``
    count. The first that is here is number ``offset`` of the ``total`` in the whole picture.

    Each is an integer or a scalar tensor.
    """

    first: Any
    last: Any
    offset: Any
    total: Any

    def counting(self, side: Any) -> Any:
        """1 for each of the ``side`` positions that counts, over the total, and 0 for others."""
        from keras import ops

        index = ops.arange(side)
        counts = ops.logical_and(index >= self.first, index < self.last)
        return ops.cast(counts, "float32") / ops.cast(self.total, "float32")

    def places(self, side: Any) -> Any:
        """Where each position lies in the whole picture, in [0, 1)."""
        from keras import ops

        return ops.cast(ops.arange(side) + self.offset, "float32") / ops.cast(self.total, "float32")


@dataclass(frozen=True, slots=True)
class Part:
    """Which positions count down and across; None where all do, and all there are are here."""

    down: Span | None = None
    across: Span | None = None

    def mean(self, activations: Any) -> Any:
        """The share of this part in the means of (n, height, width, channels) over the whole of
        each picture: (n, channels)."""
        from keras import ops

        if self.down is None or self.across is None:
            return ops.mean(activations, axis=(1, 2))
        _, height, width, _ = ops.shape(activations)
        rows = ops.sum(activations * self.down.counting(height)[:, None, None], axis=1)
        return ops.sum(rows * self.across.counting(width)[:, None], axis=1)

    def places(self, height: Any, width: Any) -> tuple[Any, Any]:
        """Where each row and each column of positions lies in the whole picture, in [0, 1)."""
        down = self.down or Span(0, height, 0, height)
        across = self.across or Span(0, width, 0, width)
        return down.places(height), across.places(width)


WHOLE = Part()
"""All of a picture."""
