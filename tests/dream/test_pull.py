"""What holds a dream back between its steps."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from dreamfolio.dream.engine import dream
from dreamfolio.dream.pull import less_varied, pull_toward
from dreamfolio.dream.recipe import Recipe


def variation(picture: Any) -> float:
    picture = np.asarray(picture, float)
    return float(sum(np.abs(np.diff(picture, axis=axis)).sum() for axis in (0, 1)))


def test_grain_goes_and_an_edge_stays() -> None:
    rng = np.random.default_rng(0)
    edge = np.where(np.arange(32) < 16, -0.8, 0.8)[None, None, :, None]
    clean = np.broadcast_to(edge, (1, 24, 32, 3)).astype("float32")
    grainy = clean + rng.normal(0, 0.05, clean.shape).astype("float32")
    after = grainy
    for _ in range(20):
        after = np.asarray(less_varied(after, 0.01))
    assert np.abs(after - clean).mean() < 0.5 * np.abs(grainy - clean).mean()
    assert (after[..., 16, :] - after[..., 15, :]).mean() > 1.3
    assert after.mean() == pytest.approx(grainy.mean(), abs=1e-5)


@pytest.mark.parametrize("length", [0.001, 0.1, 1.0])
def test_it_comes_to_rest_at_any_length(length: float) -> None:
    picture = np.random.default_rng(0).uniform(-1, 1, (1, 16, 16, 3)).astype("float32")
    last = variation(picture[0])
    for _ in range(30):
        picture = np.asarray(less_varied(picture, length))
        assert variation(picture[0]) <= last * 1.001
        last = variation(picture[0])


@pytest.mark.parametrize("size", [(1, 1), (1, 7), (5, 1)])
def test_a_picture_of_one_line_has_no_neighbours_there(size: tuple[int, int]) -> None:
    picture = np.random.default_rng(0).uniform(-1, 1, (1, *size, 3)).astype("float32")
    assert np.asarray(less_varied(picture, 0.1)).shape == picture.shape


def test_a_hold_is_a_share_of_the_way_back() -> None:
    source = np.full((1, 4, 4, 3), 0.5, "float32")
    pulled = pull_toward(source, Recipe(hold=0.25))
    assert pulled is not None
    np.testing.assert_allclose(np.asarray(pulled(source - 0.4)), 0.2, atol=1e-6)


def test_a_recipe_that_pulls_at_nothing_has_no_pull() -> None:
    assert pull_toward(np.zeros((1, 4, 4, 3), "float32"), Recipe()) is None


def test_a_dream_that_is_held_stays_nearer_and_calmer(
    tiny: Callable[..., Any], picture: Any
) -> None:
    free = Recipe(steps=12, step_size=0.05, octaves=2)

    def away(**fields: float) -> tuple[float, float]:
        dreamed = dream(picture, free.model_copy(update=fields), tiny(), 1)
        return float(np.abs(dreamed.astype(int) - picture).mean()), variation(dreamed)

    assert away(hold=0.1)[0] < 0.8 * away()[0]
    assert away(tv=0.5)[1] < 0.9 * away()[1]
    assert away(hold=1.0)[0] < 0.5
