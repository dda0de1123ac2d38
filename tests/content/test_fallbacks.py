"""Several networks in the place of one: the first that can be had is to dream."""

from __future__ import annotations

from pathlib import Path

import pytest

from dreamfolio.content.objects import Fallback, Variant
from dreamfolio.dream.networks.reference import NetworkReference
from dreamfolio.dream.target import Target
from helpers.portfolio import Tree

LIST = "[inception_v3, vgg16]"


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    made = Tree(tmp_path)
    made.collection("orbs", "orb.png")
    return made


def variant(tree: Tree) -> Variant:
    (piece,) = tree.only().pieces
    (one,) = piece.variants
    return one


@pytest.mark.parametrize(
    ("portfolio", "manifest"),
    [
        (f"dream:\n  model: {LIST}\n  layers: [mixed4]\n", "title: Orbs\n"),
        ("", f"title: Orbs\nmodel: {LIST}\nlayers: [mixed4]\n"),
        (
            "",
            f"title: Orbs\npieces:\n  - {{source: orb.png, model: {LIST}, layers: [mixed4]}}\n",
        ),
        (
            "",
            "title: Orbs\npieces:\n  - source: orb.png\n    variants:\n"
            f"      - {{model: {LIST}, layers: [mixed4]}}\n",
        ),
    ],
)
def test_they_may_be_named_wherever_a_network_may(
    tree: Tree, portfolio: str, manifest: str
) -> None:
    tree.write("portfolio.yaml", "title: Dreams\n" + portfolio)
    tree.write("collections/orbs/collection.yaml", manifest)
    one = variant(tree)
    assert one.file == "orb_mixed4.png"
    assert (one.network.label, one.layers, one.preprocess) == ("inception_v3", ("mixed4",), "tf")
    [fallback] = one.fallbacks
    assert fallback.network == NetworkReference(name="vgg16")
    assert fallback.preprocess == "caffe"
    [stand_in] = one.stand_ins
    assert (stand_in.file, stand_in.network) == (one.file, fallback.network)
    assert stand_in.wanted is one


def test_each_may_be_anything_that_a_network_may_be(tree: Tree) -> None:
    tree.collection(
        "orbs",
        manifest="title: Orbs\nlayers: [block1_conv1]\nmodel:\n"
        "  - {name: vgg16, weights: mine.h5}\n"
        "  - VGG-16\n"
        "  - {file: away.keras, preprocess: unit}\n",
    )
    one, folder = variant(tree), tree.folder("orbs")
    assert one.network == NetworkReference(name="vgg16", weights=folder / "mine.h5")
    away = NetworkReference(file=folder / "away.keras", preprocess="unit")
    assert one.fallbacks == (
        Fallback(NetworkReference(name="vgg16"), (Target("block1_conv1"),), "caffe"),
        Fallback(away, (), "unit"),
    )


def test_one_named_alone_below_takes_the_place_of_all(tree: Tree) -> None:
    tree.write("portfolio.yaml", f"title: Dreams\ndream: {{model: {LIST}}}\n")
    tree.collection("orbs", manifest="title: Orbs\nmodel: inception_v3\nlayers: [mixed4]\n")
    assert variant(tree).fallbacks == ()


def test_the_same_network_twice_counts_once(tree: Tree) -> None:
    tree.collection(
        "orbs", manifest="title: Orbs\nmodel: [inception_v3, InceptionV3]\nlayers: [mixed4]\n"
    )
    assert variant(tree).fallbacks == ()


@pytest.mark.parametrize(
    ("model", "told"),
    [
        ("[inception_v3, vgg61]", '3:23: there is no network "vgg61"; did you mean vgg19?'),
        ("[inception_v33, vgg16]", '3:9: there is no network "inception_v33"; did you mean'),
        ("[vgg16, {fil: x.keras}]", '3:16: "file" is missing'),
        ("[vgg16, 3]", "3:16: a model is a network's name"),
        ("[]", "3:8: model: list should have at least 1 item, not []"),
    ],
)
@pytest.mark.parametrize("pieces", ["", "pieces: [{source: orb.png, layers: [block1_conv1]}]\n"])
def test_a_slip_is_told_at_its_place(tree: Tree, model: str, told: str, pieces: str) -> None:
    tree.collection("orbs", manifest=f"title: Orbs\ndescription: x\nmodel: {model}\n{pieces}")
    assert f"collections/orbs/collection.yaml:{told}" in tree.problems()[0]


def test_layers_are_those_of_the_first(tree: Tree) -> None:
    tree.collection("orbs", manifest=f"title: Orbs\nmodel: {LIST}\nlayers: [block1_conv1]\n")
    assert "inception_v3 has no layer" in tree.problem()


def test_motifs_of_another_network_leave_no_fallback(tree: Tree) -> None:
    tree.write("portfolio.yaml", f"title: Dreams\ndream: {{model: {LIST}}}\n")
    tree.collection("orbs", manifest="title: Orbs\nmotifs: patchwork\n")
    one = variant(tree)
    assert (one.network.label, one.fallbacks) == ("pocket", ())
