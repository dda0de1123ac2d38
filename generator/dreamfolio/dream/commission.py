"""What is to be dreamed of one picture, whatever it is dreamed through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dreamfolio.dream.recipe import Recipe

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Commission:
    """``pixels``, (height, width, 3 or 4) in RGB or RGBA, to be dreamed by ``recipe``.

    The same ``seed`` (0 or more) gives the same jitter and patchwork; the recipe's own goes before
    it. ``pictures`` are those that the recipe names, by field, as ``pixels`` are but of any size.
    """

    pixels: NDArray[np.uint8]
    recipe: Recipe
    seed: int
    pictures: Mapping[str, NDArray[np.uint8]] = field(default_factory=dict)

    @property
    def own_seed(self) -> int:
        """The seed that goes before the other."""
        # One that can change nothing is no part of the key, and must not change a patchwork either.
        seed: int = self.recipe.canonical().get("seed", self.seed)
        return seed
