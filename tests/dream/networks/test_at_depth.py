"""Layers of one network in the place of another's."""

from __future__ import annotations

from types import MappingProxyType

import pytest

from dreamfolio.dream.networks.at_depth import at_depth
from dreamfolio.dream.networks.catalogue import Catalogue, LayerInfo
from dreamfolio.dream.networks.known import catalogue_of
from dreamfolio.dream.networks.reference import NetworkReference
from dreamfolio.dream.target import Target


def network(*layers: str, stride: int | None = 2) -> Catalogue:
    """A network of ``name kind`` layers."""
    pairs = [layer.split() for layer in layers]
    return Catalogue(
        label="net",
        layers=tuple(
            LayerInfo(name, kind, depth, stride, 8) for depth, (name, kind) in enumerate(pairs)
        ),
        automatic=MappingProxyType({}),
        preprocess="tf",
    )


ASKED = network(
    "c0 Conv2D", "a0 Activation", "p0 MaxPooling2D", "c1 Conv2D", "a1 Activation", "m1 Concatenate"
)
OTHER = network("d0 Conv2D", "r0 ReLU", "d1 Conv2D", "r1 ReLU", "d2 DepthwiseConv2D", "r2 ReLU")


@pytest.mark.parametrize(
    ("layer", "answer"),
    [
        ("c0", "d0"),
        ("a0", "r0"),
        ("c1", "d1"),
        ("a1", "r1"),
        # It has no merge, and no pooling: whatever of the telling kinds is as deep.
        ("m1", "r2"),
        ("p0", "d1"),
    ],
)
def test_a_layer_is_taken_of_its_kind_and_as_deep(layer: str, answer: str) -> None:
    assert at_depth([Target(layer)], ASKED, OTHER) == (Target(answer),)


def test_layers_of_the_same_names_are_taken_whatever_their_depth() -> None:
    other = network("a1 ReLU", "c0 Conv2D", "x Conv2D", "y ReLU")
    assert at_depth([Target("c0", 0.5), Target("a1")], ASKED, other) == (
        Target("c0", 0.5),
        Target("a1"),
    )
    # One name alone may be an accident.
    assert at_depth([Target("c0"), Target("m1")], ASKED, other) == (Target("c0"), Target("y"))


def test_layers_that_fall_together_count_with_their_weights_added() -> None:
    small = network("only ReLU")
    assert at_depth([Target("a0", 1.0), Target("a1", 0.5)], ASKED, small) == (Target("only", 1.5),)


def test_pooling_is_taken_where_there_is_nothing_else() -> None:
    assert at_depth([Target("a1")], ASKED, network("x MaxPooling2D", "y Dropout")) == (Target("y"),)


def test_a_layer_of_one_pixel_stands_for_none_of_a_picture() -> None:
    gates = Catalogue(
        label="gated",
        layers=(
            LayerInfo("early", "ReLU", 0, 2, 8),
            LayerInfo("gate", "ReLU", 9, None, 8),
            LayerInfo("late", "Conv2D", 10, 4, 8),
        ),
        automatic=MappingProxyType({}),
        preprocess="tf",
    )
    assert at_depth([Target("a1")], ASKED, gates) == (Target("early"),)


def test_where_the_depth_is_unknown_only_the_same_names_answer() -> None:
    assert at_depth([Target("d1")], None, OTHER) == (Target("d1"),)
    assert at_depth([Target("c1")], None, OTHER) is None


def test_a_motif_has_no_depth() -> None:
    assert at_depth([Target("motif-tentacle")], ASKED, OTHER) is None


@pytest.mark.parametrize("name", ["vgg16", "efficientnet_b0", "nasnet_mobile", "pocket"])
def test_deeper_layers_of_a_real_network_answer_to_deeper_ones(name: str) -> None:
    asked = catalogue_of(NetworkReference(name="inception_v3"))
    other = catalogue_of(NetworkReference(name=name))
    assert asked
    assert other
    depths = []
    for number in (0, 4, 10):
        answer = at_depth([Target(f"mixed{number}")], asked, other)
        assert answer
        depths.append(other.by_name[answer[0].layer].depth / len(other.layers))
    assert depths == sorted(set(depths))
    assert depths[0] > 0.05
    assert depths[-1] > 0.8
