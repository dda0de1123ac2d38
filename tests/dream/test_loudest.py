"""Which channels a picture excites."""

from __future__ import annotations

import keras
import numpy as np
import pytest

from dreamfolio.dream.loudest import loudest, ranked
from dreamfolio.dream.networks.network import Network
from dreamfolio.dream.target import Target
from dreamfolio.errors import DreamError


def network(*kernels: np.ndarray, multiple: int = 1) -> Network:
    """One convolution without an activation, a channel for each (height, width, 3) kernel."""
    inputs = keras.Input((None, None, 3))
    kernel = np.stack(kernels, axis=-1)
    layer = keras.layers.Conv2D(kernel.shape[-1], kernel.shape[:2], name="conv")
    model = keras.Model(inputs, layer(inputs))
    layer.set_weights([kernel, np.zeros(kernel.shape[-1])])
    return Network("probe", model, (Target("conv"),), "tf", multiple)


def colour(red: float, green: float, blue: float) -> np.ndarray:
    return np.array([[[red, green, blue]]], "float32")


RED, GREEN, NOTHING = colour(1, 0, 0), colour(0, 1, 0), colour(0, 0, 0)


def scene() -> np.ndarray:
    """A red spot, a quarter of the picture, on plain and brighter green."""
    pixels = np.full((20, 24, 3), (0, 255, 0), "uint8")
    pixels[:10, :12] = (200, 0, 0)
    return pixels


def test_what_finds_something_is_louder_than_what_the_ground_excites() -> None:
    found = loudest(scene(), network(GREEN, NOTHING, RED))
    assert found == {"conv": (2,)}, "the green is everywhere, the dead one nowhere"


def test_the_loudest_comes_first_and_alpha_does_not_count() -> None:
    opaque = np.dstack([scene(), np.full((20, 24), 9, "uint8")])
    probe = network(0.2 * RED, RED, -RED, 0.5 * RED)
    assert loudest(scene(), probe) == loudest(opaque, probe) == {"conv": (1, 3, 0)}


def test_a_network_of_many_targets_that_wants_multiples() -> None:
    inputs = keras.Input((None, None, 3))
    first = keras.layers.Conv2D(4, 1, activation="relu")(inputs)
    second = keras.layers.Conv2D(5, 3, strides=2, activation="relu")(first)
    targets = (Target("one"), Target("two"))
    both = Network("probe", keras.Model(inputs, [first, second]), targets, "unit", 8)
    found = loudest(np.random.default_rng(1).integers(0, 256, (13, 9, 3), dtype=np.uint8), both)
    assert found.keys() == {"one", "two"}
    assert set(found["one"]) <= set(range(4))
    assert set(found["two"]) <= set(range(5))
    assert found["two"]


def test_a_picture_that_is_too_small_is_an_error() -> None:
    with pytest.raises(DreamError, match="2 × 2"):
        loudest(np.zeros((2, 2, 3), "uint8"), network(np.zeros((5, 5, 3), "float32")))


def test_ranks() -> None:
    assert ranked([0.1, 3.0, 0.0, 1.0, 1e-6]) == (1, 3, 0)
    assert ranked([0.0, 0.0]) == ranked([]) == ()
