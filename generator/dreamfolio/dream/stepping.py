"""A step up the objective: on whole pictures at once, or on their tiles."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from dreamfolio.dream import backend
from dreamfolio.dream.backend.adapter import NUMBER
from dreamfolio.dream.networks.network import Network
from dreamfolio.dream.objective import objective_of
from dreamfolio.dream.recipe import Recipe
from dreamfolio.dream.rolling import rolled
from dreamfolio.dream.shaping import floor_of, is_plain, shaped, shaping_of
from dreamfolio.dream.tiled import TiledGradient

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Rows that are worked on at a time where a picture is large.
_BAND = 256


class Stepping(Protocol):
    """Steps of one network and recipe, on pictures in whatever form it likes best: they ``begin``
    so, each step takes them as the last one left them, and ``as_array`` tells what they are."""

    def begin(self, pictures: NDArray[np.float32]) -> Any:
        """Pictures, (n, height, width, 3) in [-1, 1], as steps take them."""

    def step(self, pictures: Any, shifts: NDArray[np.int32], step_size: float) -> Any:
        """The pictures a step further, which each takes moved by its own of ``shifts``, (n, 2)
        pixels, what goes out coming in at the other side; and back after it. Raises OutOfMemory,
        the pictures as they were."""

    def apply(self, pictures: Any, change: Callable[[Any], Any]) -> Any:
        """The pictures as ``change``, which takes a tensor (n, height, width, 3), makes them."""

    def as_array(self, pictures: Any) -> NDArray[np.float32]:
        """The pictures as (n, height, width, 3) again."""


@dataclass(frozen=True)
class AtOnce:
    """Steps on whole pictures, compiled once for all sizes; on at most ``most`` of them at a time,
    where that is said."""

    network: Network
    recipe: Recipe
    seed: int
    most: int | None = None

    def begin(self, pictures: NDArray[np.float32]) -> Any:
        from keras import ops

        return ops.convert_to_tensor(pictures)

    def step(self, pictures: Any, shifts: NDArray[np.int32], step_size: float) -> Any:
        from keras import ops

        count = len(shifts)
        if self.most is None or count <= self.most:
            return self._compiled(count)(pictures, shifts, step_size)
        parts = [slice(first, first + self.most) for first in range(0, count, self.most)]
        return ops.concatenate(
            [self.step(pictures[part], shifts[part], step_size) for part in parts]
        )

    def apply(self, pictures: Any, change: Callable[[Any], Any]) -> Any:
        return change(pictures)

    def as_array(self, pictures: Any) -> NDArray[np.float32]:
        from keras import ops

        result: NDArray[np.float32] = ops.convert_to_numpy(pictures)
        return result

    def _compiled(self, count: int) -> Callable[[Any, Any, Any], Any]:
        # What is compiled for one picture is a little faster than what takes any number.
        of = 1 if count == 1 else None
        jitters = self.recipe.jitter > 0
        key = (self.recipe.objective, shaping_of(self.recipe), self.seed, jitters, of)
        if key not in self.network.steps:
            pictures, shifts = ((of, None, None, 3), "float32"), ((of, 2), "int32")
            self.network.steps[key] = backend.current().compile(
                self._step(), pictures, shifts, NUMBER
            )
        step: Callable[[Any, Any, Any], Any] = self.network.steps[key]
        return step

    def _step(self) -> Callable[[Any, Any, Any], Any]:
        from keras import ops

        gradient_of = backend.current().gradient
        objective = objective_of(self.network, self.recipe, self.seed)

        def step(pictures: Any, step_size: Any) -> Any:
            direction = shaped(gradient_of(objective, pictures), self.recipe)
            return ops.clip(pictures + direction * step_size, -1.0, 1.0)

        def moved(pictures: Any, shifts: Any, step_size: Any) -> Any:
            return rolled(step(rolled(pictures, shifts), step_size), -shifts)

        def unmoved(pictures: Any, shifts: Any, step_size: Any) -> Any:
            return step(pictures, step_size)

        return moved if self.recipe.jitter else unmoved


@dataclass(frozen=True)
class InTiles:
    """Steps on pictures that stay in the machine's own memory, their gradients taken in tiles of
    about ``side`` pixels. ``before_tile`` may raise, to stop."""

    network: Network
    recipe: Recipe
    seed: int
    side: int
    before_tile: Callable[[], None] = lambda: None

    def begin(self, pictures: NDArray[np.float32]) -> Any:
        return pictures.copy()

    def step(self, pictures: Any, shifts: NDArray[np.int32], step_size: float) -> Any:
        _roll(pictures, shifts)
        try:
            self._step(pictures, step_size)
        finally:
            _roll(pictures, -shifts)
        return pictures

    def apply(self, pictures: Any, change: Callable[[Any], Any]) -> Any:
        return _on_tensor(pictures, change)

    def as_array(self, pictures: Any) -> NDArray[np.float32]:
        result: NDArray[np.float32] = pictures
        return result

    def _step(self, pictures: NDArray[np.float32], step_size: float) -> None:
        # On its own, so that no gradient is held any more when the pictures are rolled back.
        gradients = [self._gradient(picture) for picture in pictures]
        for picture, gradient in zip(pictures, gradients, strict=True):
            self._follow(gradient, step_size, picture)

    def _gradient(self, picture: NDArray[np.float32]) -> NDArray[np.float32]:
        height, width = picture.shape[:2]
        tiled = TiledGradient(self.network, self.recipe, self.seed, height, width, self.side)
        return tiled(picture, self.before_tile)

    def _follow(
        self, gradient: NDArray[np.float32], step_size: float, picture: NDArray[np.float32]
    ) -> None:
        if is_plain(self.recipe):
            floor = floor_of(self.recipe, *picture.shape[:2])
            _add(gradient, step_size / (_deviation(gradient) + floor), picture)
        else:
            direction = _on_tensor(gradient[None], lambda tensor: shaped(tensor, self.recipe))
            _add(direction[0], step_size, picture)


def _roll(pictures: NDArray[np.float32], shifts: NDArray[np.int32]) -> None:
    """Each of ``pictures`` in place, by its own of ``shifts``."""
    import numpy as np

    for picture, shift in zip(pictures, shifts, strict=True):
        if shift.any():
            picture[:] = np.roll(picture, shift, axis=(0, 1))


def _on_tensor(pictures: NDArray[np.float32], change: Callable[[Any], Any]) -> NDArray[np.float32]:
    from keras import ops

    changed: NDArray[np.float32] = ops.convert_to_numpy(change(ops.convert_to_tensor(pictures)))
    # The backend may not want its own memory written to.
    return changed if changed.flags.writeable else changed.copy()


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
