"""A dream goes on from where it was kept, to the same bytes."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from dreamfolio.dream.climb import Reached
from dreamfolio.dream.counting import Stopped
from dreamfolio.dream.engine import dream, steps_of
from dreamfolio.dream.recipe import Recipe

RECIPE = Recipe(octaves=3, scale=1.3, steps=4, jitter=6, detail=True, step_size=0.02)


class Kept:
    """Keeps every step, as if it were a minute's work."""

    def __init__(self, left: Reached | None = None):
        self.left = left
        self.all: list[Reached] = []

    def last(self) -> Reached | None:
        return self.left

    def passing(self, octave: int, steps: int, of: int, give: Callable[[], Any]) -> None:
        self.all.append(Reached(octave, steps, give().copy()))


@pytest.mark.parametrize("tile", ["none", 24])
@pytest.mark.parametrize("recipe", [RECIPE, RECIPE.model_copy(update={"detail": False})])
def test_from_each_step_on_the_dream_ends_the_same(
    recipe: Recipe, tile: Any, tiny: Callable[..., Any], picture: Any
) -> None:
    network, kept = tiny("conv2d"), Kept()
    whole = dream(picture, recipe, network, seed=1, tile=tile, checkpoints=kept)
    assert len(kept.all) == 12
    assert not np.array_equal(whole, picture)
    for left in kept.all[::3] + kept.all[-1:]:
        heard: list[int] = []
        again = dream(
            picture,
            recipe,
            network,
            seed=1,
            tile=tile,
            checkpoints=Kept(left),
            on_step=lambda done, total, heard=heard: heard.append(done),
        )
        assert np.array_equal(again, whole)
        assert heard == list(range(steps_of(recipe, *picture.shape[:2]) + 1))


def test_what_was_kept_when_a_dream_was_stopped_serves_the_next(
    tiny: Callable[..., Any], picture: Any
) -> None:
    network, kept = tiny("conv2d"), Kept()
    whole = dream(picture, RECIPE, network, seed=1)
    with pytest.raises(Stopped):
        dream(
            picture,
            RECIPE,
            network,
            seed=1,
            checkpoints=kept,
            stop=lambda: len(kept.all) == 7,
        )
    again = dream(picture, RECIPE, network, seed=1, checkpoints=Kept(kept.all[-1]))
    assert np.array_equal(again, whole)
