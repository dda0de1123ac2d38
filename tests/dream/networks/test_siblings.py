"""Convolutions of one input made as one: the same activations, the same gradient, fewer sums."""

from typing import Any

import keras
import numpy as np
import pytest

from dreamfolio.dream.networks import rebuilding
from dreamfolio.dream.networks.cut import cut
from dreamfolio.dream.networks.geometry import floats_at, floats_per_pixel, sights
from helpers.likeness import assert_alike

layers = keras.layers
PIXELS = np.random.default_rng(0).uniform(-1, 1, (1, 41, 52, 3)).astype("float32")


def rectified(x: Any, name: str, *shape: Any, **options: Any) -> Any:
    x = layers.Conv2D(*shape, padding="same", use_bias=False, name=name, **options)(x)
    return layers.Activation("relu", name=f"{name}_relu")(
        layers.BatchNormalization(name=f"{name}_norm")(x)
    )


@pytest.fixture(scope="module")
def network() -> Any:
    """A block as Inception has it: four branches that begin with a convolution of one input."""
    keras.utils.set_random_seed(4)
    picture = keras.Input((None, None, 3))
    stem = rectified(picture, "stem", 16, 3)
    alone = rectified(stem, "alone", 3, 1)
    deep = rectified(rectified(stem, "narrow", 2, 1), "deep", 4, 3)
    pool = layers.AveragePooling2D(3, 1, padding="same", name="pool")(stem)
    pooled = rectified(pool, "pooled", 3, 1)
    raw = layers.Conv2D(2, 1, padding="same", name="raw")(stem)
    joined = layers.Concatenate(name="joined")([alone, deep, pooled, raw])
    model = keras.Model(picture, layers.Conv2D(5, 3, name="after")(joined))
    rng = np.random.default_rng(5)
    for layer in model.layers:
        if isinstance(layer, layers.BatchNormalization) or layer.name == "raw":
            layer.set_weights([rng.uniform(0.5, 1.5, one.shape) for one in layer.get_weights()])
    return model


def shapes(part: Any) -> list[tuple[int, ...]]:
    """What each convolution takes and gives: channels."""
    convolutions = [one for one in part.layers if isinstance(one, layers.Conv2D)]
    return sorted(tuple(one.kernel.shape[2:]) for one in convolutions)


def part_of(model: Any, *names: str) -> Any:
    return cut(model, [model.get_layer(name) for name in names], [None] * len(names), "it")


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("after",), [(2, 4), (3, 16), (12, 5), (16, 10)]),
        (("joined",), [(2, 4), (3, 16), (16, 10)]),
        # What one of them gives is a target, raw or behind the layers that follow it.
        (("raw", "joined"), [(2, 4), (3, 16), (16, 10)]),
        (("alone", "joined"), [(2, 4), (3, 16), (16, 10)]),
        (("narrow_relu", "pooled", "joined"), [(2, 4), (3, 16), (16, 10)]),
        (("alone_norm", "pooled_norm"), [(3, 16), (16, 6)]),
        # The pool's own activations are one: its convolution takes these, not what the rest take.
        (("pool", "joined"), [(2, 4), (3, 16), (16, 3), (16, 7)]),
        (("deep_relu",), [(2, 4), (3, 16), (16, 2)]),
    ],
)
def test_siblings_are_one_and_change_neither_loss_nor_gradient(
    network: Any, names: tuple[str, ...], expected: list[tuple[int, ...]]
) -> None:
    part = part_of(network, *names)
    assert shapes(part) == expected
    whole = keras.Model(network.inputs, [network.get_layer(name).output for name in names])
    assert_alike(part, whole, names, PIXELS)
    for output, same in zip(
        *(keras.tree.flatten(one(PIXELS)) for one in (part, whole)), strict=True
    ):
        np.testing.assert_allclose(output, same, atol=2e-6 * np.abs(same).max())


def test_one_channel_of_one_of_them_survives(network: Any) -> None:
    part = cut(network, [network.get_layer(name) for name in ("raw", "after")], [1, None], "it")
    assert (16, 10) in shapes(part)
    raw = keras.Model(network.inputs, network.get_layer("raw").output)(PIXELS)[..., 1:2]
    np.testing.assert_allclose(keras.tree.flatten(part(PIXELS))[0], raw, atol=1e-5)


def test_what_they_see_is_still_known(network: Any) -> None:
    part = part_of(network, "alone_relu", "after")
    alone, after = sights(part) or []
    assert [along.extent for along in alone] == [3, 3]
    assert [along.extent for along in after] == [7, 7]


def test_they_count_as_much_memory_as_each_by_itself(
    network: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    # By it the tiles of a large picture are laid out, which must not be others than before.
    together = part_of(network, "joined")
    monkeypatch.setattr(rebuilding, "families", lambda part, pools: [])
    apart = part_of(network, "joined")
    assert shapes(together) != shapes(apart)
    assert floats_per_pixel(together) == floats_per_pixel(apart)
    assert floats_at(together, 41, 52) == floats_at(apart, 41, 52)


def test_what_differs_from_them_or_gives_much_stays_by_itself() -> None:
    picture = keras.Input((None, None, 3))
    stem = layers.Conv2D(8, 3, name="stem")(picture)
    same = {"filters": 2, "kernel_size": 1}
    branches = [
        layers.Conv2D(**same, name="plain")(stem),
        layers.Conv2D(**same, activation="tanh", name="active")(stem),
        layers.Conv2D(**same, groups=2, name="grouped")(stem),
        layers.Conv2D(2, 3, padding="same", name="larger")(stem),
        layers.ReLU()(layers.Conv2D(**same, name="of_another")(layers.ReLU()(stem))),
    ]
    joined = layers.Concatenate(name="joined")(branches)
    wide = [layers.Conv2D(40, 1, name=f"wide_{number}")(joined) for number in range(2)]
    twice = layers.Conv2D(8, 1, name="twice")
    again = layers.Add()([twice(stem), layers.Conv2D(8, 1, name="once")(stem), twice(stem)])
    model = keras.Model(picture, [layers.Add(name="end")(wide), again])
    part = cut(model, [model.get_layer("end"), model.layers[-1]], [None, None], "it")
    kept = {one.name for one in part.layers if isinstance(one, layers.Conv2D)}
    assert kept == {one.name for one in model.layers if isinstance(one, layers.Conv2D)}


def test_two_halves_of_one_tensor_are_two_inputs() -> None:
    picture = keras.Input((None, None, 3))
    halves = keras.ops.split(layers.Conv2D(32, 3, name="stem")(picture), 2, axis=-1)
    branches = [
        layers.Conv2D(2, 1, name=f"of_{side}_{number}")(half)
        for number in range(2)
        for side, half in zip(("left", "right"), halves, strict=True)
    ]
    model = keras.Model(picture, layers.Concatenate(name="joined")(branches))
    part = part_of(model, "joined")
    assert shapes(part) == [(3, 32), (16, 4), (16, 4)]
    np.testing.assert_allclose(
        keras.tree.flatten(part(PIXELS))[0], model(PIXELS), atol=1e-6, rtol=1e-5
    )


def test_they_are_one_in_bfloat16_too(network: Any) -> None:
    part = cut(network, [network.get_layer("joined")], [None], "it", "bfloat16")
    assert shapes(part) == [(2, 4), (3, 16), (16, 10)]
    convolutions = [one for one in part.layers if isinstance(one, layers.Conv2D)]
    assert {one.compute_dtype for one in convolutions} == {"bfloat16"}
