"""What holds a dream back between its steps: less grain, and nearer to the source."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from dreamfolio.dream.recipe import Recipe, at_octave

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def pull_toward(sources: NDArray[np.float32], recipe: Recipe) -> Callable[[Any], Any] | None:
    """What is done to the pictures, (n, height, width, 3) in [-1, 1], after each of their steps.

    ``sources``, of the same shape, are theirs at this octave's size. None where the recipe pulls
    at nothing.
    """
    from keras import ops

    if recipe.tv == recipe.hold == 0:
        return None
    start = ops.convert_to_tensor(sources)
    length = recipe.tv * at_octave(recipe.step_size, 0)

    def pulled(picture: Any) -> Any:
        picture = less_varied(picture, length)
        return ops.clip(picture + recipe.hold * (start - picture), -1.0, 1.0)

    return pulled


def less_varied(picture: Any, length: float) -> Any:
    """``picture`` a step down its total variation (Rudin, Osher and Fatemi, 1992): grain goes
    first, and edges last.

    No pixel moves by more than four times ``length``. The picture is (n, height, width, channels).
    """
    from keras import ops

    if length == 0:
        return picture
    down = _to_next(picture, axis=1)
    across = _to_next(picture, axis=2)
    # Where the picture is flatter than this, the step is that of a blur, which a larger one would
    # drive to and fro: what comes of no number may be worse than grain.
    flat = 4 * length
    steepness = ops.sqrt(ops.square(down) + ops.square(across) + flat**2)
    return picture + length * (
        _from_last(down / steepness, axis=1) + _from_last(across / steepness, axis=2)
    )


def _to_next(picture: Any, axis: int) -> Any:
    """How much higher the next pixel along ``axis`` is; nothing at the border."""
    from keras import ops

    side = ops.shape(picture)[axis]
    following = ops.minimum(ops.arange(side) + 1, side - 1)
    return ops.take(picture, following, axis=axis) - picture


def _from_last(slope: Any, axis: int) -> Any:
    """How much higher the slope is than at the pixel before, which is 0 beyond the border."""
    from keras import ops

    padding = [(0, 0)] * 4
    padding[axis] = (1, 0)
    before = ops.pad(slope, padding)
    side = ops.shape(slope)[axis]
    return slope - ops.take(before, ops.arange(side), axis=axis)
