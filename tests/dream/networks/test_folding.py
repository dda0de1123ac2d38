"""Folding normalisations: fewer layers, the same activations and the same gradient."""

from typing import Any

import keras
import numpy as np
import pytest

from dreamfolio.dream.networks.cut import cut
from dreamfolio.dream.networks.network import Network
from dreamfolio.dream.target import Target
from helpers.likeness import assert_alike, loss_and_gradient

layers = keras.layers
PIXELS = np.random.default_rng(0).uniform(-1, 1, (1, 40, 52, 3)).astype("float32")


def trained(model: Any) -> Any:
    """The model with normalisations and biases that have seen something."""
    rng = np.random.default_rng(5)
    for layer in model.layers:
        if isinstance(layer, layers.BatchNormalization):
            layer.set_weights(
                [rng.uniform(0.5, 1.5, weight.shape) for weight in layer.get_weights()]
            )
        elif getattr(layer, "bias", None) is not None:
            layer.bias.assign(rng.uniform(-0.5, 0.5, layer.bias.shape))
    return model


@pytest.fixture(scope="module")
def network() -> Any:
    """Each kind of convolution, normalised; one whose raw activations go elsewhere, too."""
    keras.utils.set_random_seed(4)
    picture = keras.Input((None, None, 3))
    x = layers.Conv2D(8, 3, strides=2, use_bias=False, name="plain")(picture)
    x = layers.BatchNormalization(scale=False, name="plain_norm")(x)
    x = layers.Activation("relu", name="plain_relu")(x)
    x = layers.DepthwiseConv2D(3, depth_multiplier=2, name="depthwise")(x)
    x = layers.BatchNormalization(name="depthwise_norm")(x)
    x = layers.Conv2D(12, 3, groups=2, padding="same", name="grouped")(x)
    x = layers.BatchNormalization(center=False, name="grouped_norm")(x)
    raw = layers.Conv2D(6, 1, name="shared")(x)
    x = layers.BatchNormalization(name="shared_norm")(raw)
    x = layers.Concatenate(name="joined")([x, raw])
    x = layers.Conv2D(6, 3, activation="relu", name="active")(x)
    x = layers.BatchNormalization(name="active_norm")(x)
    return trained(keras.Model(picture, x))


def kept(part: Any) -> set[str]:
    return {layer.name for layer in part.layers if isinstance(layer, layers.BatchNormalization)}


def folded(model: Any, *names: str, precision: Any = "float32") -> Any:
    return cut(
        model, [model.get_layer(name) for name in names], [None] * len(names), "it", precision
    )


@pytest.mark.parametrize(
    ("names", "left"),
    [
        (("active_norm",), {"shared_norm", "active_norm"}),
        (("plain_norm",), set()),
        (("plain", "active"), {"plain_norm", "shared_norm"}),
        (("depthwise", "depthwise_norm"), {"depthwise_norm"}),
        (("grouped", "joined"), {"grouped_norm", "shared_norm"}),
    ],
)
def test_what_is_folded_changes_neither_loss_nor_gradient(
    network: Any, names: tuple[str, ...], left: set[str]
) -> None:
    whole = keras.Model(network.inputs, [network.get_layer(name).output for name in names])
    part = folded(network, *names)
    assert kept(part) == left
    assert_alike(part, whole, names, PIXELS)


def test_a_convolution_used_twice_keeps_its_normalisations() -> None:
    picture = keras.Input((None, None, 3))
    twice = layers.Conv2D(3, 3, padding="same", name="twice")
    norm = layers.BatchNormalization(name="norm")
    model = trained(keras.Model(picture, norm(twice(twice(picture)))))
    part = folded(model, "norm")
    assert kept(part) == {"norm"}
    np.testing.assert_allclose(keras.tree.flatten(part(PIXELS))[0], model(PIXELS), atol=1e-5)


def test_one_channel_of_a_raw_convolution_survives(network: Any) -> None:
    part = cut(network, [network.get_layer("plain")], [3], "it")
    raw = keras.Model(network.inputs, network.get_layer("plain").output)(PIXELS)[..., 3:4]
    np.testing.assert_allclose(keras.tree.flatten(part(PIXELS))[0], raw, atol=1e-5)


def test_in_bfloat16_the_gradient_points_the_same_way(network: Any) -> None:
    names = ("active_norm",)
    exact = loss_and_gradient(folded(network, *names), names, PIXELS)
    rough = loss_and_gradient(folded(network, *names, precision="bfloat16"), names, PIXELS)
    assert rough[1].dtype == np.float32
    assert rough[0] == pytest.approx(exact[0], rel=0.02)
    a, b = exact[1].ravel(), rough[1].ravel()
    assert a @ b / np.linalg.norm(a) / np.linalg.norm(b) > 0.99
    assert not np.array_equal(a, b)  # it did compute in another precision


def test_what_is_found_in_bfloat16_is_summed_in_float32(network: Any) -> None:
    part = folded(network, "active_norm", precision="bfloat16")
    (output,) = keras.tree.flatten(part(PIXELS))
    (found,) = Network("it", part, (Target("active_norm"),), "tf").activations(PIXELS)
    dtypes = [keras.backend.standardize_dtype(one.dtype) for one in (output, found)]
    assert dtypes == ["bfloat16", "float32"]


def test_what_maps_the_pictures_values_stays_in_float32() -> None:
    picture = keras.Input((None, None, 3))
    x = layers.Rescaling(1 / 255, name="scale")(picture)
    model = keras.Model(picture, layers.Conv2D(4, 3, name="conv")(x))
    part = folded(model, "conv", precision="bfloat16")
    assert {layer.name: layer.compute_dtype for layer in part.layers[1:]} == {
        "scale": "float32",
        "conv": "bfloat16",
    }
