"""The layer that a listing recommends."""

from collections.abc import Sequence

import pytest

from dreamfolio.dream.networks.catalogue import Catalogue, LayerInfo
from dreamfolio.dream.networks.known import catalogue_of, known_networks
from dreamfolio.dream.networks.recommended import recommended
from dreamfolio.dream.networks.reference import NetworkReference
from dreamfolio.dream.pocket import BEST_LAYER


def of_kinds(kinds: Sequence[str], strides: Sequence[int | None] = ()) -> Catalogue:
    strides = strides or [1] * len(kinds)
    layers = tuple(
        LayerInfo(f"{kind}_{depth}", kind, depth, stride, 8)
        for depth, (kind, stride) in enumerate(zip(kinds, strides, strict=True))
    )
    return Catalogue("small", layers, {}, "tf")


@pytest.mark.parametrize("name", known_networks())
def test_every_network_has_a_kind_one_in_its_upper_middle(name: str) -> None:
    catalogue = catalogue_of(NetworkReference(name=name))
    assert catalogue is not None
    layer = recommended(catalogue)
    assert layer.kind in {"Activation", "ReLU", "Add", "Concatenate", "Conv2D"}
    assert layer.stride is not None
    assert 0.5 < layer.depth / (len(catalogue.layers) - 1) < 0.75


@pytest.mark.parametrize(
    ("network", "layer"),
    [
        ("pocket", BEST_LAYER),
        ("inception_v3", "mixed6"),
        ("vgg16", "block4_conv3"),
        ("resnet50", "conv4_block2_out"),
    ],
)
def test_those_that_artists_know(network: str, layer: str) -> None:
    catalogue = catalogue_of(NetworkReference(name=network))
    assert catalogue is not None
    assert recommended(catalogue).name == layer


def test_paddings_and_gates_are_passed_over() -> None:
    kinds = ["Conv2D", "Activation", "ZeroPadding2D", "BatchNormalization", "Dropout", "Conv2D"]
    assert recommended(of_kinds(kinds)).name == "Activation_1"
    kinds = ["Conv2D", "Activation", "Activation", "Multiply"]
    assert recommended(of_kinds(kinds, [1, 1, None, 1])).name == "Activation_1"


def test_a_network_of_nothing_kind_still_has_one() -> None:
    assert recommended(of_kinds(["ZeroPadding2D"])).name == "ZeroPadding2D_0"
