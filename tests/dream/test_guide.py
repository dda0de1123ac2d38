"""Dreaming toward another picture."""

from collections.abc import Callable
from typing import Any

import keras
import numpy as np
import pytest

from dreamfolio.dream import backend
from dreamfolio.dream.engine import dream
from dreamfolio.dream.guide import Matches, toward
from dreamfolio.dream.objective import objective_of
from dreamfolio.dream.recipe import Recipe
from dreamfolio.dream.target import Target
from dreamfolio.errors import DreamError

RECIPE = Recipe(steps=8, step_size=0.03, guide="shells.png")


@pytest.fixture
def guide(picture: Any) -> Any:
    return np.ascontiguousarray(255 - picture[::-1, ::2])


def test_each_position_is_matched_to_the_guides_most_alike() -> None:
    rng = np.random.default_rng(0)
    activations = rng.normal(size=(1, 6, 7, 5)).astype("float32")
    positions = rng.normal(size=(300, 5)).astype("float32")
    expected = (activations @ positions.T).argmax(axis=-1)
    found = np.asarray(Matches(positions).nearest(keras.ops.convert_to_tensor(activations)))
    assert (found == expected).all()


def test_the_gradient_is_the_match_itself(
    tiny: Callable[..., Any], picture: Any, guide: Any
) -> None:
    network = toward(tiny("activation_1"), guide)
    (matches,) = network.matches
    activations = np.asarray(tiny("activation_1").activations(picture[None] / np.float32(128))[0])
    at = keras.ops.convert_to_tensor(activations)
    gradient = backend.current().gradient(lambda a: keras.ops.mean(matches(a)), at)
    match = matches.positions[np.asarray(matches.nearest(at))]
    np.testing.assert_allclose(np.asarray(gradient), match / activations.size, rtol=1e-5)


def test_a_dream_grows_like_its_guide(tiny: Callable[..., Any], picture: Any, guide: Any) -> None:
    network = toward(tiny("activation_1"), guide)
    likeness = objective_of(network, Recipe())
    dreamed = dream(picture, RECIPE, tiny("activation_1"), 1, pictures={"guide": guide})
    before, after = (
        float(likeness(keras.ops.convert_to_tensor(x[None] / np.float32(127.5) - 1)))
        for x in (picture, dreamed)
    )
    assert after > before * 1.05


def test_guides_make_other_dreams(tiny: Callable[..., Any], picture: Any, guide: Any) -> None:
    network = tiny("activation_1")
    flat = np.full_like(guide, 200)
    flat[:4] = 20
    dreams = {
        dream(picture, RECIPE, network, 1, pictures={"guide": one}).tobytes()
        for one in (guide, flat)
    }
    dreams.add(dream(picture, RECIPE.model_copy(update={"guide": None}), network, 1).tobytes())
    assert len(dreams) == 3


def test_a_guide_is_looked_at_once(tiny: Callable[..., Any], guide: Any) -> None:
    network = tiny("activation_1")
    assert toward(network, guide) is toward(network, guide.copy())


@pytest.mark.parametrize("size", [(1, 1), (40, 2000), (1500, 1400)])
def test_guides_of_any_size_are_looked_through_in_bounds(
    size: tuple[int, int], tiny: Callable[..., Any]
) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (*size, 3), dtype=np.uint8)
    (matches,) = toward(tiny("activation"), pixels).matches
    assert 0 < len(matches.positions) <= 1024


def test_a_guide_too_small_for_the_layer_is_a_clear_error(tiny: Callable[..., Any]) -> None:
    with pytest.raises(DreamError, match="a guide of 1 × 1 pixels does not reach"):
        toward(tiny("activation_1"), np.zeros((1, 1, 3), np.uint8))


def test_single_channels_and_weights_are_heeded(
    tiny: Callable[..., Any], picture: Any, guide: Any
) -> None:
    network = tiny(Target("activation", -0.5), Target("activation_1:3,7", 2.0))
    guided = toward(network, guide)
    assert [one.positions.shape[-1] for one in guided.matches] == [8, 2]
    assert dream(picture, RECIPE, network, 1, pictures={"guide": guide}).shape == picture.shape
