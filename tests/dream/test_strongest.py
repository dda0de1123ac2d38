"""Channels that each source chooses for itself."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from dreamfolio.dream.engine import dream
from dreamfolio.dream.loudest import loudest
from dreamfolio.dream.recipe import Recipe
from dreamfolio.dream.strongest import with_strongest
from dreamfolio.dream.target import Target

RECIPE = Recipe(steps=3, step_size=0.03)


def test_the_strongest_channels_are_those_the_source_excites_most(
    tiny: Callable[..., Any], picture: Any
) -> None:
    ranked = loudest(picture, tiny("activation_1"))["activation_1"]
    two = ",".join(map(str, sorted(ranked[:2])))
    settled = with_strongest(tiny("activation_1:strongest(2)"), picture)
    assert [target.layer for target in settled.targets] == [f"activation_1:{two}"]
    asked = dream(picture, RECIPE, tiny("activation_1:strongest(2)"), 1)
    assert asked.tobytes() == dream(picture, RECIPE, tiny(f"activation_1:{two}"), 1).tobytes()


def test_another_picture_chooses_others(tiny: Callable[..., Any], picture: Any) -> None:
    network = tiny("activation_1:strongest(3)")
    inverse = with_strongest(network, 255 - picture).targets
    assert with_strongest(network, picture).targets != inverse


def test_a_plain_picture_still_has_as_many(tiny: Callable[..., Any]) -> None:
    plain = np.zeros((16, 16, 3), np.uint8)
    (target,) = with_strongest(tiny("activation_1:strongest(5)"), plain).targets
    assert len(target.channels) == 5


def test_a_large_picture_is_looked_at_in_small(tiny: Callable[..., Any], picture: Any) -> None:
    large = np.kron(picture, np.ones((40, 40, 1), np.uint8))
    network = tiny("activation_1:strongest(4)")
    seen: list[tuple[int, ...]] = []

    class Watched:
        outputs = network.model.outputs
        compute_output_shape = network.model.compute_output_shape

        def __call__(self, seen_by_it: Any, **options: Any) -> Any:
            seen.append(tuple(seen_by_it.shape))
            return network.model(seen_by_it, **options)

    with_strongest(replace(network, model=Watched()), large)
    assert seen == [(1, 768, 1024, 3)]


def test_weights_and_other_targets_stay_as_they_are(tiny: Callable[..., Any], picture: Any) -> None:
    network = tiny(Target("activation", -0.5), Target("activation_1:strongest(1)", 2.0))
    first, second = with_strongest(network, picture).targets
    assert first == Target("activation", -0.5)
    assert second.weight == 2.0
    assert len(second.channels) == 1


@pytest.mark.parametrize("channels", ["3", "3,7", "0,1,2,3,4,5,6,7,8,9,10,11"])
def test_channels_are_what_is_climbed(
    channels: str, tiny: Callable[..., Any], picture: Any
) -> None:
    chosen = [int(channel) for channel in channels.split(",")]
    network = tiny(f"activation_1:{channels}")
    whole = tiny("activation_1")
    before, after = picture, dream(picture, RECIPE, network, 1)
    rise = [
        np.asarray(whole.activations(x[None].astype("float32") / 127.5 - 1)[0])[..., chosen].mean()
        for x in (before, after)
    ]
    assert rise[1] > rise[0]
    if len(chosen) == 12:  # All of them are the layer.
        np.testing.assert_allclose(after.astype(int), dream(picture, RECIPE, whole, 1), atol=1)
    else:
        assert after.tobytes() != dream(picture, RECIPE, whole, 1).tobytes()
