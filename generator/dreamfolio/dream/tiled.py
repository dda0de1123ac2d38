"""The gradient of a picture that is too large to be taken at once: tile by tile."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from dreamfolio.dream import backend, objective
from dreamfolio.dream.backend.adapter import PICTURE, Argument
from dreamfolio.dream.networks.geometry import Sights
from dreamfolio.dream.networks.network import Network
from dreamfolio.dream.part import Part, Span
from dreamfolio.dream.recipe import Recipe
from dreamfolio.dream.tiles import Axis, Stretch, along

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True)
class TiledGradient:
    """The gradient of a network's objective at pictures of ``height`` × ``width``, from windows of
    about ``side`` pixels; what is in memory grows with the window, not with the picture.

    ``halo`` is how much of what a position sees its window must hold: at 1 the gradient is that of
    the whole picture; less takes less time, and errs.
    """

    network: Network
    recipe: Recipe
    seed: int
    height: int
    width: int
    side: int
    halo: float = 1.0

    def __call__(
        self, picture: NDArray[np.float32], before_tile: Callable[[], None] = lambda: None
    ) -> NDArray[np.float32]:
        """The gradient at ``picture``, (height, width, 3) in [-1, 1]: of the same shape.

        ``before_tile`` may raise, to stop. Raises OutOfMemory.
        """
        import numpy as np
        from keras import ops

        slopes = self._slopes(picture, before_tile)
        gradient_of_tile = self._compiled("gradient", self._gradient_of_tile, *slopes)
        gradient = np.zeros_like(picture)
        for rows, columns, own in self._windows():
            before_tile()
            found = gradient_of_tile(picture[None, rows, columns], own, *slopes)
            gradient[rows, columns] += ops.convert_to_numpy(found)[0]
        return gradient

    def __len__(self) -> int:
        """How many tiles there are."""
        return len(self._down.stretches) * len(self._across.stretches)

    def _slopes(
        self, picture: NDArray[np.float32], before_tile: Callable[[], None]
    ) -> list[NDArray[np.float32]]:
        """How the excitement changes with each target's statistics, those of the whole picture."""
        import numpy as np
        from keras import ops

        targets, kind = self.network.targets, self.recipe.objective
        found = [np.float32(0)] * len(targets)
        if objective.is_curved(targets, kind):
            measure = self._compiled("statistics", self._shares)
            for rows, columns, own in self._windows():
                before_tile()
                shares = measure(picture[None, rows, columns], own)
                found = [
                    sofar + ops.convert_to_numpy(share)
                    for sofar, share in zip(found, shares, strict=True)
                ]
        return [
            np.asarray(
                ops.convert_to_numpy(
                    objective.slopes(ops.convert_to_tensor(each, "float32"), target, kind)
                )
            )
            for each, target in zip(found, targets, strict=True)
        ]

    def _gradient_of_tile(self, window: Any, own: Any, *slopes: Any) -> Any:
        from keras import ops

        def share(window: Any) -> Any:
            shares = zip(self.network.targets, self._shares(window, own), slopes, strict=True)
            terms = [target.weight * ops.sum(each * slope) for target, each, slope in shares]
            return sum(terms[1:], start=terms[0])

        return backend.current().gradient(share, window)

    def _shares(self, window: Any, own: Any) -> list[Any]:
        """What a tile gives to each target's statistics."""
        kind = self.recipe.objective
        return [
            objective.statistics(each, target, kind, self.seed, _part(own, number))
            for number, (each, target) in enumerate(
                zip(self.network.activations(window), self.network.targets, strict=True)
            )
        ]

    def _compiled(
        self, what: str, function: Callable[..., Any], *slopes: NDArray[np.float32]
    ) -> Callable[..., Any]:
        from keras import ops

        key = (what, self.recipe.objective, self.seed)
        if key not in self.network.steps:
            spans: Argument = ((len(self.network.targets), 2, 4), "int32")
            shapes: list[Argument] = [(slope.shape, "float32") for slope in slopes]
            self.network.steps[key] = backend.current().compile(function, PICTURE, spans, *shapes)
        compiled = self.network.steps[key]
        return lambda *values: compiled(*(ops.convert_to_tensor(value) for value in values))

    def _windows(self) -> Iterator[tuple[slice, slice, NDArray[np.int32]]]:
        """Rows, columns, and what counts there: (targets, down and across, a Span's four)."""
        for down in self._down.stretches:
            for across in self._across.stretches:
                yield (
                    slice(down.origin, down.origin + self._down.side),
                    slice(across.origin, across.origin + self._across.side),
                    _own(down, across),
                )

    @cached_property
    def _down(self) -> Axis:
        return self._along(0, self.height)

    @cached_property
    def _across(self) -> Axis:
        return self._along(1, self.width)

    def _along(self, axis: int, total: int) -> Axis:
        import keras

        shapes = self.network.model.compute_output_shape((1, self.height, self.width, 3))
        counts = [shape[1 + axis] for shape in _shapes(keras.tree.flatten(shapes))]
        sights: Sequence[Sights] = self.network.sights or []
        return along(total, self.side, [one[axis].narrowed(self.halo) for one in sights], counts)


def _shapes(numbers: Sequence[int]) -> Sequence[Sequence[int]]:
    """A flattened list of shapes, in fours again."""
    return [numbers[start : start + 4] for start in range(0, len(numbers), 4)]


def _own(down: Stretch, across: Stretch) -> NDArray[np.int32]:
    import numpy as np

    return np.array(
        [
            [[span.first, span.last, span.offset, span.total] for span in both]
            for both in zip(down.spans, across.spans, strict=True)
        ],
        np.int32,
    )


def _part(own: Any, number: int) -> Part:
    return Part(*(Span(*(own[number, axis, field] for field in range(4))) for axis in range(2)))
