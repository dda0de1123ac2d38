"""A step up the objective: on the whole picture at once, or on its tiles."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from dreamfolio.dream import backend
from dreamfolio.dream.networks.network import Network
from dreamfolio.dream.objective import objective_of
from dreamfolio.dream.recipe import Recipe
from dreamfolio.dream.shaping import shape_of, shaped
from dreamfolio.dream.tiled import TiledGradient

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Rows that are worked on at a time where a picture is large.
_BAND = 256


class Stepping(Protocol):
    """Steps of one network and recipe; ``picture`` is as the last step, or ``taken``, left it."""

    def taken(self, picture: NDArray[np.float32]) -> Any:
        """A picture, (height, width, 3) in [-1, 1], as steps take it."""

    def rolled(self, picture: Any, down: int, across: int) -> Any:
        """The picture moved by so many pixels, what goes out coming in at the other side."""

    def step(self, picture: Any, step_size: float) -> Any:
        """The picture a step further. Raises OutOfMemory, the picture as it was."""

    def changed(self, picture: Any, change: Callable[[Any], Any]) -> Any:
        """The picture as ``change``, which takes a tensor (1, height, width, 3), makes it."""

    def given(self, picture: Any) -> NDArray[np.float32]:
        """The picture as (height, width, 3) again."""


@dataclass(frozen=True)
class AtOnce:
    """Steps on the whole picture, compiled once for all sizes."""

    network: Network
    recipe: Recipe
    seed: int

    def taken(self, picture: NDArray[np.float32]) -> Any:
        from keras import ops

        return ops.convert_to_tensor(picture[None])

    def rolled(self, picture: Any, down: int, across: int) -> Any:
        from keras import ops

        return ops.roll(picture, (down, across), axis=(1, 2)) if down or across else picture

    def step(self, picture: Any, step_size: float) -> Any:
        key = (self.recipe.objective, shape_of(self.recipe), self.seed)
        if key not in self.network.steps:
            self.network.steps[key] = backend.current().compile(
                self._step(), backend.PICTURE, backend.NUMBER
            )
        return self.network.steps[key](picture, step_size)

    def changed(self, picture: Any, change: Callable[[Any], Any]) -> Any:
        return change(picture)

    def given(self, picture: Any) -> NDArray[np.float32]:
        from keras import ops

        result: NDArray[np.float32] = ops.convert_to_numpy(picture)[0]
        return result

    def _step(self) -> Callable[[Any, Any], Any]:
        from keras import ops

        gradient_of = backend.current().gradient
        objective = objective_of(self.network, self.recipe, self.seed)

        def step(picture: Any, step_size: Any) -> Any:
            direction = shaped(gradient_of(objective, picture), self.recipe)
            return ops.clip(picture + direction * step_size, -1.0, 1.0)

        return step


@dataclass(frozen=True)
class InTiles:
    """Steps on a picture that stays in the machine's own memory, its gradient taken in tiles of
    about ``side`` pixels. ``before_tile`` may raise, to stop."""

    network: Network
    recipe: Recipe
    seed: int
    side: int
    before_tile: Callable[[], None] = lambda: None

    def taken(self, picture: NDArray[np.float32]) -> Any:
        return picture.copy()

    def rolled(self, picture: Any, down: int, across: int) -> Any:
        import numpy as np

        return np.roll(picture, (down, across), axis=(0, 1)) if down or across else picture

    def step(self, picture: Any, step_size: float) -> Any:
        height, width = picture.shape[:2]
        tiled = TiledGradient(self.network, self.recipe, self.seed, height, width, self.side)
        gradient = tiled(picture, self.before_tile)
        if shape_of(self.recipe) == shape_of(Recipe()):
            _add(gradient, step_size / (_deviation(gradient) + 1e-8), picture)
        else:
            direction = _on_tensor(gradient, lambda tensor: shaped(tensor, self.recipe))
            _add(direction, step_size, picture)
        return picture

    def changed(self, picture: Any, change: Callable[[Any], Any]) -> Any:
        return _on_tensor(picture, change)

    def given(self, picture: Any) -> NDArray[np.float32]:
        result: NDArray[np.float32] = picture
        return result


def _on_tensor(picture: NDArray[np.float32], change: Callable[[Any], Any]) -> NDArray[np.float32]:
    from keras import ops

    changed = ops.convert_to_numpy(change(ops.convert_to_tensor(picture[None])))
    # The backend may not want its own memory written to.
    result: NDArray[np.float32] = changed[0] if changed.flags.writeable else changed[0].copy()
    return result


def _deviation(gradient: NDArray[np.float32]) -> float:
    """The standard deviation, without another array of that size."""
    import numpy as np

    bands = [gradient[row : row + _BAND] for row in range(0, gradient.shape[0], _BAND)]
    mean = sum(float(np.sum(band, dtype=np.float64)) for band in bands) / gradient.size
    squares = sum(float(np.sum((band - mean) ** 2, dtype=np.float64)) for band in bands)
    return float((squares / gradient.size) ** 0.5)


def _add(direction: NDArray[np.float32], length: float, picture: NDArray[np.float32]) -> None:
    """Go ``length`` along ``direction`` in place, within the range of a picture."""
    import numpy as np

    for row in range(0, picture.shape[0], _BAND):
        band = picture[row : row + _BAND]
        band += direction[row : row + _BAND] * np.float32(length)
        np.clip(band, -1, 1, out=band)
