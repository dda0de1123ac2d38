"""Gradient ascent on a picture: a run of steps."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from dreamfolio.dream.recipe import Recipe, at_octave
from dreamfolio.dream.stepping import Stepping

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Give = Callable[[], NDArray[np.float32]]


def ascend(
    picture: NDArray[np.float32],
    recipe: Recipe,
    stepping: Stepping,
    rng: np.random.Generator,
    before_step: Callable[[], None] = lambda: None,
    *,
    pulled: Callable[[Any], Any] | None = None,
    first: int = 0,
    after_step: Callable[[int, Give], None] = lambda step, give: None,
) -> NDArray[np.float32]:
    """``recipe.steps`` steps up the objective from ``picture``, (height, width, 3) in [-1, 1].

    Before each, the picture is rolled by a random shift of up to ``recipe.jitter`` pixels, and
    back after it, so that the grid of the network's strides leaves no trace. ``before_step`` may
    raise, to stop. ``pulled`` is done to the picture after each step (see ``pull``); ``after_step``
    hears how many have been taken, and may ask for the picture. From there the same ascent goes on
    where it is given that number as its ``first``.
    """
    step_size = at_octave(recipe.step_size, 0)
    dreaming = stepping.taken(picture)
    for step in range(at_octave(recipe.steps, 0)):
        shift = rng.integers(-recipe.jitter, recipe.jitter + 1, size=2, dtype="int32")
        if step < first:
            continue
        before_step()
        down, across = shift.tolist()
        dreaming = stepping.rolled(dreaming, down, across)
        dreaming = stepping.step(dreaming, step_size)
        dreaming = stepping.rolled(dreaming, -down, -across)
        dreaming = stepping.changed(dreaming, pulled) if pulled else dreaming
        after_step(step + 1, partial(stepping.given, dreaming))
    return stepping.given(dreaming)
