"""Layers picked at random, as an artist in search of a surprise does."""

from __future__ import annotations

import random

from dreamfolio.dream.networks.catalogue import Catalogue
from dreamfolio.errors import NetworkError


def pick(count: int, seed: int, catalogue: Catalogue) -> tuple[str, ...]:
    """``count`` distinct layers out of all that can be dreamed, the same for ever for one seed.

    Raises NetworkError where the network has not that many.
    """
    names = [layer.name for layer in catalogue.layers]
    if not 1 <= count <= len(names):
        raise NetworkError(
            f"{catalogue.label} has {len(names)} layers to pick from, not {count}",
            mend=f"ask for 1 to {len(names)}",
        )
    return tuple(random.Random(seed).sample(names, count))
