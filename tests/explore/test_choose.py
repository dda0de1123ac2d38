"""Which layers go on a sheet."""

from __future__ import annotations

from itertools import pairwise

import pytest

from dreamfolio.dream.networks.catalogue import Catalogue, LayerInfo
from dreamfolio.dream.networks.known import catalogue_of, named_networks
from dreamfolio.dream.networks.reference import NetworkReference
from dreamfolio.errors import UsageError
from dreamfolio.explore.choose import COUNT, choose, choose_motifs, only_motifs

BOOKS = ("Padding2D", "Normalization", "Dropout", "Rescaling", "Reshape", "GlobalAveragePooling2D")


def named(name: str) -> Catalogue:
    catalogue = catalogue_of(NetworkReference(name=name))
    assert catalogue
    return catalogue


def chain(*kinds: str) -> Catalogue:
    """A network whose layers follow one another, named by their kind and number."""
    layers = (LayerInfo(f"{kind.lower()}_{i}", kind, i, 1, 8) for i, kind in enumerate(kinds))
    return Catalogue("chain", tuple(layers), {}, "tf")


@pytest.mark.parametrize("name", named_networks())
def test_auto_covers_the_depth_of_every_network_without_its_bookkeeping(name: str) -> None:
    catalogue = named(name)
    chosen = choose("auto", catalogue)
    assert len(set(chosen)) == len(chosen) <= COUNT
    depths = [layer.depth for layer in chosen]
    assert depths == sorted(depths)
    assert not [layer for layer in chosen if layer.kind.endswith(BOOKS)]
    whole = len(catalogue.layers)
    if len(chosen) == COUNT:
        assert max(b - a for a, b in pairwise(depths)) < whole / 5
        assert depths[0] < whole / 8
        assert depths[-1] > whole * 7 / 8


def test_auto_takes_every_merge_of_inception() -> None:
    names = {layer.name for layer in choose("auto", named("inception_v3"))}
    assert {f"mixed{number}" for number in range(11)} <= names
    assert all(name.startswith(("mixed", "activation", "concatenate")) for name in names)


def test_auto_takes_one_of_each_block_where_there_are_enough() -> None:
    chosen = choose("auto", named("resnet50"))
    blocks = ["_".join(layer.name.split("_")[:2]) for layer in chosen if "_block" in layer.name]
    assert len(blocks) >= 16
    assert len(set(blocks)) == 16
    assert sum(layer.name.endswith("_out") for layer in chosen) >= 16
    many = choose("auto", named("resnet152"))
    blocks = ["_".join(layer.name.split("_")[:2]) for layer in many if "_block" in layer.name]
    assert len(set(blocks)) == len(blocks)


def test_auto_prefers_activations_and_takes_their_convolutions_only_to_fill() -> None:
    long = choose("auto", chain(*["Conv2D", "BatchNormalization", "ReLU"] * 40))
    assert len(long) == COUNT
    assert {layer.kind for layer in long} == {"ReLU"}
    short = choose("auto", chain(*["Conv2D", "BatchNormalization", "ReLU"] * 5))
    assert [layer.kind for layer in short] == ["Conv2D", "ReLU"] * 5


def test_auto_takes_bookkeeping_where_there_is_nothing_else() -> None:
    assert len(choose("auto", chain("ZeroPadding2D", "BatchNormalization"))) > 0


def test_names_are_matched_with_their_case_and_come_by_depth() -> None:
    inception = named("inception_v3")
    names = [layer.name for layer in choose("mixed?, activation_3,", inception)]
    assert names == ["activation_3", *(f"mixed{number}" for number in range(10))]
    with pytest.raises(UsageError, match=r'no layer "Mixed\*".* did you mean mixed0') as caught:
        choose("Mixed*", inception)
    assert caught.value.exit_code == 2
    with pytest.raises(UsageError, match="did you mean mixed"):
        choose("mxied4", inception)
    with pytest.raises(UsageError, match='no layer "zzz\\*"'):
        choose("mixed4,zzz*", inception)
    with pytest.raises(UsageError, match="no layer"):
        choose(" , ", inception)


def test_random_layers_are_the_same_every_time() -> None:
    inception = named("inception_v3")
    one = choose("random:12", inception)
    assert len(one) == 12
    assert one == choose("random:12:0", inception)
    assert one != choose("random:12:7", inception)
    assert [layer.depth for layer in one] == sorted(layer.depth for layer in one)


@pytest.mark.parametrize("asked", ["random", "random:", "random:x", "random:0", "random:9999"])
def test_a_wrong_number_of_random_layers(asked: str) -> None:
    with pytest.raises(UsageError):
        choose(asked, named("inception_v3"))


def test_motifs_are_matched_by_what_names_them_and_by_nothing_else() -> None:
    pocket = named("pocket")
    motifs = {motif.name for motif in pocket.motifs}
    for asked in ("auto", "random:5", "*", "s*"):
        assert not motifs & {one.name for one in choose(asked, pocket)}
    shells = [one.name for one in choose("motif-*shell*", pocket)]
    assert shells
    assert all("shell" in name for name in shells)
    both = [one.name for one in choose("motif-tentacle, stage4_3,motif-owl", pocket)]
    assert both[0] == "stage4_3"
    assert set(both[1:]) == {"motif-tentacle", "motif-owl"}
    assert {one.name for one in choose("motif-*", pocket)} == motifs


def test_motifs_by_their_own_names() -> None:
    pocket = named("pocket")
    assert choose_motifs("tentacle,patchwork", pocket) == choose(
        "motif-tentacle,motif-patchwork", pocket
    )
    assert choose_motifs("motif-tentacle", pocket) == choose_motifs("tentacle", pocket)
    assert choose_motifs("*shell*", pocket) == choose("motif-*shell*", pocket)
    assert choose_motifs("*", pocket) == pocket.motifs


@pytest.mark.parametrize(
    ("asked", "network", "words"),
    [
        ("tentcle", "pocket", 'pocket knows no motif "tentcle"; did you mean tentacle'),
        ("Tent*", "pocket", "did you mean tentacle"),
        ("owl,zzzzzz", "pocket", '"zzzzzz"; dreamfolio layers pocket --motifs lists them'),
        (" ", "pocket", "knows no motif"),
        ("tentacle", "vgg16", "vgg16 knows no motifs, pocket does; --model pocket"),
    ],
)
def test_motifs_that_are_none(asked: str, network: str, words: str) -> None:
    with pytest.raises(UsageError) as caught:
        choose_motifs(asked, named(network))
    assert words in str(caught.value)


def test_a_motif_named_as_a_layer_is_told_apart() -> None:
    with pytest.raises(UsageError, match="it is a motif: motif-tentacle"):
        choose("tentacle", named("pocket"))
    assert only_motifs("motif-owl, motif-*shell*")
    assert not only_motifs("motif-owl,stage4_3")
    assert not only_motifs("")
