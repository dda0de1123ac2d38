"""Mean pools behind the convolutions they fed: less to do, the same activations and gradient."""

from typing import Any

import keras
import numpy as np
import pytest

from dreamfolio.dream.networks.cut import cut
from helpers.likeness import assert_alike

layers = keras.layers
PIXELS = np.random.default_rng(0).uniform(-1, 1, (1, 41, 52, 3)).astype("float32")


@pytest.fixture(scope="module")
def network() -> Any:
    """A branch as Inception has it, a pool with steps, and pools that must stay where they are."""
    keras.utils.set_random_seed(4)
    picture = keras.Input((None, None, 3))
    stem = layers.Conv2D(12, 3, name="stem")(picture)
    x = layers.AveragePooling2D(3, 1, padding="same", name="pool")(stem)
    x = layers.Conv2D(5, 1, use_bias=False, name="narrow")(x)
    x = layers.BatchNormalization(name="norm")(x)
    x = layers.Activation("relu", name="relu")(x)
    x = layers.AveragePooling2D((3, 2), 2, padding="same", name="stepping")(x)
    x = layers.Conv2D(3, 1, name="narrower")(x)
    x = layers.AveragePooling2D(2, 1, name="before_more")(x)
    x = layers.Conv2D(8, 1, name="wide")(x)
    x = layers.AveragePooling2D(2, 1, name="before_wider")(x)
    x = layers.Conv2D(4, 3, name="wider")(x)
    x = layers.AveragePooling2D(2, 1, name="before_active")(x)
    x = layers.Conv2D(2, 1, activation="relu", name="active")(x)
    model = keras.Model(picture, x)
    norm, rng = model.get_layer("norm"), np.random.default_rng(5)
    norm.set_weights([rng.uniform(0.5, 1.5, weight.shape) for weight in norm.get_weights()])
    return model


def channels(part: Any) -> dict[str, int]:
    """How many channels each pool works on."""
    pools = [one for one in part.layers if isinstance(one, layers.AveragePooling2D)]
    return {pool.name: int(pool.input.shape[-1]) for pool in pools}


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("relu",), {"pool": 5}),
        (("narrow", "relu"), {"pool": 5}),  # the raw activations of what it moved behind
        (("pool", "relu"), {"pool": 12}),  # what it gives is a target itself
        (
            ("active",),
            {"pool": 5, "stepping": 3, "before_more": 3, "before_wider": 8, "before_active": 4},
        ),
    ],
)
def test_what_is_moved_changes_neither_loss_nor_gradient(
    network: Any, names: tuple[str, ...], expected: dict[str, int]
) -> None:
    outputs = [network.get_layer(name) for name in names]
    whole = keras.Model(network.inputs, [layer.output for layer in outputs])
    part = cut(network, outputs, [None] * len(names), "it")
    assert channels(part) == expected
    assert_alike(part, whole, names, PIXELS)
