"""Gradient ascent on pictures: a run of steps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from dreamfolio.dream.recipe import Recipe, at_octave
from dreamfolio.dream.stepping import Stepping

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Give = Callable[[], NDArray[np.float32]]


def ascend(
    pictures: NDArray[np.float32],
    recipe: Recipe,
    stepping: Stepping,
    rngs: Sequence[np.random.Generator],
    before_step: Callable[[], None] = lambda: None,
    *,
    pulled: Callable[[Any], Any] | None = None,
    first: int = 0,
    after_step: Callable[[int, Give], None] = lambda step, give: None,
) -> NDArray[np.float32]:
    """``recipe.steps`` steps up the objective from ``pictures``, (n, height, width, 3) in [-1, 1].

    In each step a picture is rolled by a random shift of up to ``recipe.jitter`` pixels, drawn from
    its own of ``rngs``, so that the grid of the network's strides leaves no trace. ``before_step``
    may raise, to stop. ``pulled`` is done to the pictures after each step (see ``pull``);
    ``after_step`` hears how many have been taken, and may ask for the pictures. From there the same
    ascent goes on where it is given that number as its ``first``.
    """
    import numpy as np

    step_size = at_octave(recipe.step_size, 0)
    dreaming = stepping.begin(pictures)
    for step in range(at_octave(recipe.steps, 0)):
        jitter = (-recipe.jitter, recipe.jitter + 1)
        shifts = np.stack([rng.integers(*jitter, size=2, dtype="int32") for rng in rngs])
        if step < first:
            continue
        before_step()
        dreaming = stepping.step(dreaming, shifts, step_size)
        dreaming = stepping.apply(dreaming, pulled) if pulled else dreaming
        after_step(step + 1, partial(stepping.as_array, dreaming))
    return stepping.as_array(dreaming)
