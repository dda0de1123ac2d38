"""A layer to excite, and how much it counts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Target:
    """One term of the objective: ``weight`` × the layer's activation.

    ``layer`` is the canonical name, whatever the artist or the process called it.
    """

    layer: str
    weight: float = 1.0
