"""Steps that go on in smaller tiles where memory runs out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from dreamfolio.dream.backend.memory import OutOfMemory
from dreamfolio.dream.computing import Tile
from dreamfolio.dream.networks.network import Network
from dreamfolio.dream.recipe import Recipe
from dreamfolio.dream.stepping import AtOnce, InTiles, Stepping
from dreamfolio.dream.target import PATCHWORK
from dreamfolio.dream.tile_size import halved, tile_side

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Retreating:
    """See ``Stepping``. ``on_tile`` hears of each smaller side, in pixels, that is gone back to."""

    def __init__(
        self,
        network: Network,
        recipe: Recipe,
        seed: int,
        tile: Tile = "auto",
        *,
        before_tile: Callable[[], None] = lambda: None,
        on_tile: Callable[[int], None] = lambda side: None,
    ):
        self._network = network
        self._recipe = recipe
        # Only a patchwork is laid out by it, and each seed in a graph asks for a graph of its own.
        self._seed = seed if any(one.motif == PATCHWORK for one in network.targets) else 0
        self._tile = tile
        self._before_tile = before_tile
        self._on_tile = on_tile
        self._side: int | None = None
        self._inner: Stepping = AtOnce(network, recipe, self._seed)

    def taken(self, picture: NDArray[np.float32]) -> Any:
        height, width, _ = picture.shape
        self._go(tile_side(self._network, height, width, self._tile))
        return self._inner.taken(picture)

    def rolled(self, picture: Any, down: int, across: int) -> Any:
        return self._inner.rolled(picture, down, across)

    def step(self, picture: Any, step_size: float) -> Any:
        while True:
            try:
                return self._inner.step(picture, step_size)
            except OutOfMemory:
                kept = self._inner.given(picture)
                smaller = halved(self._side, *kept.shape[:2])
                if smaller is None or self._network.sights is None:
                    raise
                self._on_tile(smaller)
                self._go(smaller)
                picture = self._inner.taken(kept)

    def changed(self, picture: Any, change: Callable[[Any], Any]) -> Any:
        return self._inner.changed(picture, change)

    def given(self, picture: Any) -> NDArray[np.float32]:
        return self._inner.given(picture)

    def _go(self, side: int | None) -> None:
        self._side = side
        self._inner = (
            AtOnce(self._network, self._recipe, self._seed)
            if side is None
            else InTiles(self._network, self._recipe, self._seed, side, self._before_tile)
        )
