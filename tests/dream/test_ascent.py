"""One step up the objective."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from dreamfolio.dream import backend, floors
from dreamfolio.dream.ascent import ascend
from dreamfolio.dream.objective import excitement
from dreamfolio.dream.preprocess import preprocess
from dreamfolio.dream.recipe import Recipe
from dreamfolio.dream.stepping import AtOnce, InTiles
from dreamfolio.dream.target import Target


@pytest.fixture
def start(picture: Any) -> Any:
    return (picture / np.float32(160) - np.float32(0.8)).astype(np.float32)


@pytest.mark.parametrize("objective", ["mean", "l2", "rms"])
def test_the_gradient_is_that_of_finite_differences(
    objective: Any, tiny: Callable[..., Any], start: Any
) -> None:
    import keras

    network = tiny(Target("activation_1", 1.0), Target("conv2d", 0.5))

    def value(picture: Any) -> Any:
        outputs = network.model(preprocess(picture, "unit"), training=False)
        return excitement(keras.tree.flatten(outputs), network.targets, objective)

    at = keras.ops.convert_to_tensor(start[None])
    gradient = keras.ops.convert_to_numpy(backend.current().gradient(value, at))
    # A direction picked blindly lies across the gradient; one in which only float noise is left.
    for part in np.random.default_rng(5).integers(0, 2, size=(4, *at.shape)):
        direction = (gradient * part).astype(np.float32)
        direction *= 0.01 / np.linalg.norm(direction)
        difference = float(value(at + direction)) - float(value(at - direction))
        assert difference == pytest.approx(2 * float((gradient * direction).sum()), rel=0.01)


@pytest.mark.parametrize("objective", ["mean", "l2", "rms"])
def test_a_step_changes_the_picture_by_the_step_size(
    objective: Any, tiny: Callable[..., Any], start: Any
) -> None:
    recipe = Recipe(objective=objective, steps=1, step_size=0.003)
    after = climbed(start, recipe, tiny())
    unclipped = np.abs(after) < 1
    assert unclipped.mean() > 0.95
    assert (after - start).std() == pytest.approx(0.003, rel=0.01)


def climbed(start: Any, recipe: Recipe, network: Any) -> Any:
    (after,) = ascend(start[None], recipe, AtOnce(network, recipe, 0), [np.random.default_rng(0)])
    return after


@pytest.mark.parametrize("side", [None, 24])
@pytest.mark.parametrize("smooth", [(), (0.6, 4.0)])
def test_a_step_on_a_huge_picture_is_as_long_as_on_one_of_1080p(
    smooth: Any,
    side: int | None,
    tiny: Callable[..., Any],
    start: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its gradient is fainter, since more pixels share in a mean: so much that little is left
    beside a fixed floor. Here it is faint by its weight, and what is huge begins sooner."""
    recipe = Recipe(steps=1, step_size=0.003, jitter=1, smooth=smooth)
    times = 1e4

    def stepped(weight: float) -> Any:
        network = tiny(Target("activation_1", weight))
        network.steps.clear()
        way = InTiles(network, recipe, 0, side) if side else AtOnce(network, recipe, 0)
        return ascend(start[None], recipe, way, [np.random.default_rng(0)])[0] - start

    plain, faint = stepped(1.0), stepped(1 / times)
    monkeypatch.setattr(floors, "_PIXELS", start[..., 0].size / times)
    huge = stepped(1 / times)
    assert np.abs(huge - plain).max() < 1e-4 * np.abs(plain).max()
    assert np.abs(faint - plain).mean() > 0.05 * np.abs(plain).mean()


def test_steps_climb(tiny: Callable[..., Any], start: Any) -> None:
    network = tiny()
    after = climbed(start, Recipe(steps=10), network)
    before_value, after_value = (
        float(network.model(x[None]).numpy().mean()) for x in (start, after)
    )
    assert after_value > before_value * 1.05


def test_the_picture_stays_in_its_range(tiny: Callable[..., Any], start: Any) -> None:
    after = climbed(start, Recipe(steps=5, step_size=3.0), tiny())
    assert after.min() == -1
    assert after.max() == 1


def test_jitter_moves_the_picture_back_to_where_it_was(
    tiny: Callable[..., Any], start: Any
) -> None:
    recipe = Recipe(steps=6, step_size=1e-6, jitter=9)
    after = climbed(start, recipe, tiny())
    np.testing.assert_allclose(after, start, atol=1e-3)


def test_jitter_takes_every_shift_up_to_its_own(start: Any) -> None:
    shifts: list[Any] = []

    class Watching:
        def begin(self, pictures: Any) -> Any:
            return pictures

        def step(self, pictures: Any, moved: Any, step_size: float) -> Any:
            shifts.append(moved[0])
            return pictures

        def apply(self, pictures: Any, change: Callable[[Any], Any]) -> Any:
            return change(pictures)

        def as_array(self, pictures: Any) -> Any:
            return pictures

    recipe = Recipe(steps=200, jitter=4)
    ascend(start[None], recipe, Watching(), [np.random.default_rng(0)])
    for axis in (0, 1):
        assert {int(shift[axis]) for shift in shifts} == set(range(-4, 5))


def test_a_network_that_feels_nothing_changes_nothing(start: Any, tmp_path: Any) -> None:
    import keras

    from dreamfolio.dream.networks.load import load
    from dreamfolio.dream.networks.reference import NetworkReference

    inputs = keras.Input((None, None, 3))
    deaf = keras.layers.Conv2D(4, 3, kernel_initializer="zeros", name="deaf")(inputs)
    keras.Model(inputs, deaf).save(tmp_path / "deaf.keras")
    network = load(NetworkReference(file=tmp_path / "deaf.keras"), (Target("deaf"),))
    after = climbed(start, Recipe(steps=3), network)
    np.testing.assert_array_equal(after, start)


def test_an_ascent_goes_on_where_it_was_left(tiny: Callable[..., Any], start: Any) -> None:
    recipe, left = Recipe(steps=7, jitter=9), {}
    stepping = AtOnce(tiny(), recipe, 0)

    def after_step(step: int, give: Callable[[], Any]) -> None:
        if step == 4:
            left["pictures"] = give().copy()

    def rngs() -> list[Any]:
        return [np.random.default_rng(8)]

    whole = ascend(start[None], recipe, stepping, rngs(), after_step=after_step)
    again = ascend(left["pictures"], recipe, stepping, rngs(), first=4)
    assert np.array_equal(again, whole)
    assert not np.array_equal(left["pictures"], whole)
