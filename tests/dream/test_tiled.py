"""Tiles: the gradient of a picture in parts is that of the whole."""

from collections.abc import Callable
from typing import Any

import keras
import numpy as np
import pytest

from dreamfolio.dream import backend
from dreamfolio.dream.networks.cut import cut
from dreamfolio.dream.networks.geometry import Sight
from dreamfolio.dream.networks.network import Network
from dreamfolio.dream.objective import objective_of
from dreamfolio.dream.recipe import Recipe
from dreamfolio.dream.target import Target
from dreamfolio.dream.tiled import TiledGradient
from dreamfolio.dream.tiles import along

layers = keras.layers


@pytest.fixture(scope="module")
def network() -> Any:
    """Strides, both paddings, pooling, branches that meet: what makes places hard to follow."""
    keras.utils.set_random_seed(6)
    picture = keras.Input((None, None, 3))
    x = layers.Conv2D(6, 3, strides=2, padding="same", activation="tanh", name="stem")(picture)
    x = layers.ZeroPadding2D(((1, 0), (2, 1)))(x)
    x = layers.Conv2D(8, (3, 5), activation="tanh", name="odd")(x)
    a = layers.MaxPooling2D(3, 2, padding="same")(x)
    b = layers.Conv2D(8, 5, strides=2, padding="same", activation="tanh")(x)
    x = layers.Concatenate(name="joined")([a, b])
    x = layers.DepthwiseConv2D(3, padding="same", name="deep")(x)
    return keras.Model(picture, x)


def dreaming(model: Any, *names: str) -> Network:
    part = cut(model, [model.get_layer(name) for name in names], [None] * len(names), "it")
    weights = (1.0, -0.5, 2.0)
    targets = tuple(Target(name, weight) for name, weight in zip(names, weights, strict=False))
    return Network("it", part, targets, "tf")


def whole(network: Network, recipe: Recipe, picture: Any) -> Any:
    objective = objective_of(network, recipe, seed=3)
    found = backend.current().gradient(objective, keras.ops.convert_to_tensor(picture[None]))
    return keras.ops.convert_to_numpy(found)[0]


def textured(height: int, width: int) -> Any:
    return np.random.default_rng(1).uniform(-1, 1, (height, width, 3)).astype("float32")


@pytest.mark.parametrize("size", [(96, 96), (97, 131), (150, 61), (83, 254)])
@pytest.mark.parametrize("objective", ["mean", "l2", "rms"])
def test_tiled_is_untiled(objective: Any, size: tuple[int, int], network: Any) -> None:
    net = dreaming(network, "odd", "joined", "deep")
    picture, recipe = textured(*size), Recipe(objective=objective)
    tiled = TiledGradient(net, recipe, 3, *size, side=60)
    assert len(tiled) > 1
    expected = whole(net, recipe, picture)
    assert np.abs(tiled(picture) - expected).max() <= 1e-4 * np.abs(expected).max()


KINDS: dict[str, Callable[[Any], Any]] = {
    "spread": layers.Conv2D(4, 3, dilation_rate=3, padding="same"),
    "spread, unpadded": layers.Conv2D(4, (3, 2), dilation_rate=(2, 5)),
    "separable": layers.SeparableConv2D(4, 5, padding="same"),
    "depthwise, spread": layers.DepthwiseConv2D(3, dilation_rate=2),
    "mean pool": layers.AveragePooling2D((3, 2), 2, padding="same"),
    "cropped": layers.Cropping2D(((1, 2), (3, 0))),
    "normalised": layers.LayerNormalization(),
    "networks within": keras.Sequential(
        [layers.Conv2D(6, 3, strides=2, activation="tanh"), layers.Conv2D(4, 5)]
    ),
    "operations": lambda x: keras.ops.silu(x / 3 - 1) * 2,
}


@pytest.mark.parametrize("kind", KINDS)
def test_of_each_kind_of_layer_it_is_known_what_it_sees(kind: str) -> None:
    keras.utils.set_random_seed(6)
    picture = keras.Input((None, None, 3))
    x = KINDS[kind](layers.Conv2D(4, 3, activation="tanh")(picture))
    net = dreaming(keras.Model(picture, layers.Conv2D(4, 3, name="last")(x)), "last")
    start, recipe = textured(97, 90), Recipe(objective="l2")
    tiled = TiledGradient(net, recipe, 0, 97, 90, side=44)
    assert len(tiled) > 1
    expected = whole(net, recipe, start)
    assert np.abs(tiled(start) - expected).max() <= 1e-4 * np.abs(expected).max()


def test_every_pixel_is_reached(network: Any) -> None:
    net = dreaming(network, "deep")
    gradient = TiledGradient(net, Recipe(), 0, 140, 150, side=60)(textured(140, 150))
    assert (np.abs(gradient).sum(axis=-1) > 0).all()


def test_the_error_falls_as_the_halo_grows(network: Any) -> None:
    net = dreaming(network, "deep")
    picture, recipe = textured(120, 200), Recipe(objective="l2")
    expected = whole(net, recipe, picture)

    def error(halo: float) -> float:
        tiled = TiledGradient(net, recipe, 0, 120, 200, side=48, halo=halo)
        return float(np.abs(tiled(picture) - expected).mean() / np.abs(expected).mean())

    errors = [error(halo) for halo in (0.0, 0.5, 1.0)]
    assert errors[0] > errors[1] > errors[2]
    assert errors[2] < 1e-4


def test_no_seam_shows(network: Any) -> None:
    net, stride = dreaming(network, "deep"), 4
    picture, recipe = textured(96, 640), Recipe(objective="l2")

    def astray(halo: float) -> float:
        """How far the jumps where windows begin are from those elsewhere, in deviations."""
        tiled = TiledGradient(net, recipe, 0, 96, 640, side=48, halo=halo)
        jumps = np.abs(np.diff(tiled(picture), axis=1)).mean(axis=(0, 2))
        origins = [stretch.origin for stretch in tiled._across.stretches[1:]]
        here = jumps[[origin - 1 for origin in origins]]
        # The network's own grid shows in any gradient: like is held against like.
        others = np.delete(
            jumps[stride - 1 :: stride], [origin // stride - 1 for origin in origins]
        )
        return float(abs(here.mean() - others.mean()) / others.std() * len(here) ** 0.5)

    assert astray(halo=1.0) < 2.5
    assert astray(halo=0.0) > 5


def test_a_patchwork_lies_where_it_lies_in_the_whole_picture(network: Any) -> None:
    part = cut(network, [network.get_layer("deep")], [None], "it")
    net = Network("it", part, (Target("motif-patchwork"),), "tf")
    picture = textured(130, 150)
    expected = whole(net, Recipe(), picture)
    found = TiledGradient(net, Recipe(), 3, 130, 150, side=60)(picture)
    assert np.abs(found - expected).max() <= 1e-4 * np.abs(expected).max()


def test_it_can_be_stopped_between_tiles(network: Any) -> None:
    class Enough(Exception):
        pass

    calls = []

    def before_tile() -> None:
        calls.append(1)
        if len(calls) == 2:
            raise Enough

    tiled = TiledGradient(dreaming(network, "deep"), Recipe(), 0, 140, 150, side=60)
    with pytest.raises(Enough):
        tiled(textured(140, 150), before_tile)


@pytest.mark.parametrize("seed", range(40))
def test_windows_of_one_size_cover_all_and_count_each_position_once(seed: int) -> None:
    rng = np.random.default_rng(seed)
    stride = int(rng.choice([1, 2, 8, 32]))
    sights = [
        Sight(step, -int(rng.integers(0, 90)), int(rng.integers(0, 90)))
        for step in {1, stride, max(1, stride // 2)}
    ]
    total, side = (int(number) for number in rng.integers(1, 900, 2))
    counts = [-(-total // sight.stride) for sight in sights]
    axis = along(total, side, sights, counts)
    assert axis.stretches[0].origin == 0
    assert axis.stretches[-1].origin + axis.side == total
    assert (axis.side - total) % stride == 0
    for number, (sight, count) in enumerate(zip(sights, counts, strict=True)):
        counted = []
        for stretch in axis.stretches:
            assert stretch.origin % stride == 0
            span = stretch.spans[number]
            assert span.total == count
            for place in range(span.first, span.last):
                position = span.offset + place
                counted.append(position)
                begin, end = stretch.origin, stretch.origin + axis.side
                assert position * sight.stride + sight.first >= begin or begin == 0
                assert position * sight.stride + sight.last < end or end == total
        assert counted == list(range(count))


def test_a_network_that_sees_the_whole_picture_has_no_tiles(tiny: Callable[..., Any]) -> None:
    assert tiny("activation").sights is not None
    picture = keras.Input((None, None, 3))
    x = layers.Conv2D(4, 3)(picture)
    gate = layers.GlobalAveragePooling2D(keepdims=True)(x)
    x = layers.Multiply(name="gated")([x, gate])
    assert dreaming(keras.Model(picture, x), "gated").sights is None
