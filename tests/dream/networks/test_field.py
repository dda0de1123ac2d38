"""Receptive fields: known figures, and what the gradient of a real network tells."""

import json
from typing import Any

import keras
import numpy as np
import pytest

from dreamfolio.dream.networks.catalogue import LayerInfo
from dreamfolio.dream.networks.known import catalogue_of
from dreamfolio.dream.networks.listing import list_layers
from dreamfolio.dream.networks.reference import NetworkReference

layers = keras.layers


def fields_of(model: Any) -> dict[str, int | None]:
    return {one.name: one.field for one in list_layers(json.loads(model.to_json()))}


def shipped(network: str) -> dict[str, LayerInfo]:
    catalogue = catalogue_of(NetworkReference(name=network))
    assert catalogue is not None
    return dict(catalogue.by_name)


@pytest.mark.parametrize(
    ("layer", "field"),
    [
        ("block1_conv1", 3),
        ("block1_conv2", 5),
        ("block1_pool", 6),
        ("block2_conv2", 14),
        ("block2_pool", 16),
        ("block3_conv3", 40),
        ("block3_pool", 44),
        ("block4_conv3", 92),
        ("block4_pool", 100),
        ("block5_conv3", 196),
        ("block5_pool", 212),
    ],
)
def test_vgg16_as_reckoned_by_hand(layer: str, field: int) -> None:
    assert shipped("vgg16")[layer].field == field


# As Araujo, Norris and Sim publish them, but for EfficientNet, which is reckoned by hand: its
# gates counted, it would see everything.
@pytest.mark.parametrize(
    ("network", "layer", "field"),
    [
        ("mobilenet", "conv_pw_13_relu", 315),
        ("resnet50", "conv5_block3_out", 483),
        ("resnet101", "conv5_block3_out", 1027),
        ("inception_v3", "mixed10", 1311),
        ("inception_resnet_v2", "conv_7b_ac", 3039),
        ("efficientnet_b0", "top_activation", 851),
    ],
)
def test_networks_as_published(network: str, layer: str, field: int) -> None:
    assert shipped(network)[layer].field == field


def test_fields_grow_with_depth_and_gates_have_none() -> None:
    listed = shipped("efficientnet_b0")
    assert listed["block2a_se_reduce"].field is None
    before, gated = listed["block2a_activation"], listed["block2a_se_excite"]
    assert gated.field == before.field
    assert (listed["block5b_add"].field or 0) < (listed["block7a_project_bn"].field or 0)


def seen_by_the_middle(model: Any, name: str, side: int) -> int:
    """How many pixels along the longer side change the layer's middle position, by gradient."""
    import tensorflow as tf

    part = keras.Model(model.inputs, model.get_layer(name).output)
    picture = tf.random.stateless_uniform((1, side, side, 3), seed=(1, 2))
    with tf.GradientTape() as tape:
        tape.watch(picture)
        output = part(picture)
        middle = tf.reduce_sum(output[:, output.shape[1] // 2, output.shape[2] // 2])
    slope = np.abs(tape.gradient(middle, picture).numpy()).sum((0, -1))
    touched = (np.flatnonzero(slope.any(axis)) for axis in (0, 1))
    return max(int(line[-1] - line[0]) + 1 for line in touched)


def varied() -> Any:
    """Kernels odd and even, long, spread, strided; depthwise, separable, transposed; merges."""
    # No weight is nought and no slope vanishes, so that the gradient shows all there is to see.
    like = {"kernel_initializer": "ones", "padding": "same"}
    apart = {"depthwise_initializer": "ones", "padding": "same"}
    inputs = keras.Input((None, None, 3))
    x = layers.Conv2D(2, 3, name="plain", **like)(inputs)
    x = layers.Conv2D(2, 3, strides=2, name="strided", **like)(x)
    x = layers.Conv2D(2, 3, dilation_rate=3, name="spread", **like)(x)
    x = layers.DepthwiseConv2D(5, name="depthwise", **apart)(x)
    x = layers.SeparableConv2D(2, 3, pointwise_initializer="ones", name="separable", **apart)(x)
    x = layers.AveragePooling2D(2, name="pool")(x)
    tall = layers.Conv2D(2, (1, 7), name="wide", **like)(x)
    tall = layers.Conv2D(2, (5, 1), name="tall", **like)(tall)
    short = layers.Conv2D(2, 1, name="point", **like)(x)
    x = layers.Concatenate(name="both")([tall, short])
    x = layers.BatchNormalization(name="norm")(x)
    x = layers.UpSampling2D(2, name="larger")(x)
    x = layers.Conv2D(2, 3, name="after", **like)(x)
    return keras.Model(inputs, layers.Conv2DTranspose(2, 4, 2, name="transposed", **like)(x))


def test_a_field_is_what_the_gradient_reaches() -> None:
    keras.backend.clear_session()
    model = varied()
    told = fields_of(model)
    exact = [name for name in told if name not in {"after", "transposed"}]
    assert {name: told[name] for name in exact} == {
        name: seen_by_the_middle(model, name, 160) for name in exact
    }
    # Between positions of one coarser pixel, how much is seen depends on which of them it is.
    for name in ("after", "transposed"):
        seen = seen_by_the_middle(model, name, 160)
        assert seen <= (told[name] or 0) <= seen + 4, name


def test_a_gate_and_what_is_not_known() -> None:
    keras.backend.clear_session()
    inputs = keras.Input((None, None, 3))
    x = layers.Conv2D(4, 5, name="conv")(inputs)
    gate = layers.GlobalAveragePooling2D(keepdims=True, name="mean")(x)
    gate = layers.Conv2D(4, 1, name="gate")(gate)
    gated = layers.Multiply(name="gated")([x, gate])
    context = layers.Add(name="context")([x, gate])
    fields = fields_of(keras.Model(inputs, [gated, context]))
    assert fields == {"conv": 5, "mean": None, "gate": None, "gated": 5, "context": None}
    config = json.loads(keras.Model(inputs, layers.ReLU(name="act")(x)).to_json())
    config["config"]["layers"][1]["class_name"] = "mine>Attention"
    assert [one.field for one in list_layers(config)] == [None, None]


def test_a_network_within_a_network_adds_its_field() -> None:
    keras.backend.clear_session()
    inner = keras.Sequential(
        [keras.Input((None, None, 8)), layers.Conv2D(8, 3), layers.Conv2D(8, 3)], name="inner"
    )
    inputs = keras.Input((None, None, 3))
    x = layers.Conv2D(8, 2, strides=2, name="stem")(inputs)
    assert fields_of(keras.Model(inputs, inner(x))) == {"stem": 2, "inner": 10}
