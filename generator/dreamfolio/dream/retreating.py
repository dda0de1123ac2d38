"""Steps that go on with fewer pictures at a time, then in smaller tiles, where memory runs out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from dreamfolio.dream.backend.memory import OutOfMemory
from dreamfolio.dream.computing import Tile
from dreamfolio.dream.networks.network import Network
from dreamfolio.dream.recipe import Recipe
from dreamfolio.dream.room import too_large
from dreamfolio.dream.stepping import AtOnce, InTiles, Stepping
from dreamfolio.dream.target import PATCHWORK
from dreamfolio.dream.tile_size import halved, tile_side

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Retreating:
    """See ``Stepping``. ``on_fewer`` hears of each smaller number of pictures, ``on_tile`` of each
    smaller side, in pixels, that is gone back to, from which the next octave begins, too. ``whole``
    is the (height, width) of the last octave."""

    def __init__(
        self,
        network: Network,
        recipe: Recipe,
        seed: int,
        tile: Tile = "auto",
        *,
        whole: tuple[int, int] | None = None,
        before_tile: Callable[[], None] = lambda: None,
        on_fewer: Callable[[int], None] = lambda count: None,
        on_tile: Callable[[int], None] = lambda side: None,
    ):
        self._network = network
        self._recipe = recipe
        # Only a patchwork is laid out by it, and each seed in a graph asks for a graph of its own.
        self._seed = seed if any(one.motif == PATCHWORK for one in network.targets) else 0
        self._tile = tile
        self._whole = whole
        self._before_tile = before_tile
        self._on_fewer = on_fewer
        self._on_tile = on_tile
        self._most: int | None = None
        self._side: int | None = None
        self._largest: int | None = None
        self._inner: Stepping = AtOnce(network, recipe, self._seed)

    def begin(self, pictures: NDArray[np.float32]) -> Any:
        count, height, width, _ = pictures.shape
        self._most = min(count, self._most or count)
        side = tile_side(self._network, height, width, self._tile, self._whole)
        sides = [one for one in (side, self._largest) if one is not None]
        self._side = min(sides, default=None)
        self._inner = self._as_far_as_here()
        return self._inner.begin(pictures)

    def step(self, pictures: Any, shifts: NDArray[np.int32], step_size: float) -> Any:
        while True:
            try:
                return self._inner.step(pictures, shifts, step_size)
            except OutOfMemory as error:
                kept = self._inner.as_array(pictures)
                size = kept.shape[1:3]
                if not self._go_back(*size):
                    if self._network.sights is None:
                        raise too_large(self._network, *size) from error
                    raise
                self._inner = self._as_far_as_here()
                pictures = self._inner.begin(kept)

    def apply(self, pictures: Any, change: Callable[[Any], Any]) -> Any:
        return self._inner.apply(pictures, change)

    def as_array(self, pictures: Any) -> NDArray[np.float32]:
        return self._inner.as_array(pictures)

    def _go_back(self, height: int, width: int) -> bool:
        """Whether there was still something to go back to."""
        if self._side is None and self._most is not None and self._most > 1:
            self._most //= 2
            self._on_fewer(self._most)
            return True
        smaller = halved(self._side, height, width)
        if smaller is None or self._network.sights is None:
            return False
        self._side = self._largest = smaller
        self._on_tile(smaller)
        return True

    def _as_far_as_here(self) -> Stepping:
        if self._side is None:
            return AtOnce(self._network, self._recipe, self._seed, self._most)
        return InTiles(self._network, self._recipe, self._seed, self._side, self._before_tile)
