"""The layer atlas: dreams hang at their layers, in the order of the network's depth."""

from pathlib import Path
from typing import Any

import pytest

from dreamfolio.content.objects import Portfolio, Variant
from dreamfolio.dream.networks.reference import NetworkReference
from dreamfolio.dream.target import Target
from dreamfolio.publish.site.depth import layer_view
from helpers.site import (
    Element,
    broken_links,
    collection,
    parse,
    piece,
    portfolio,
    publish,
    variant,
)

MINE = NetworkReference(file=Path("/nowhere/mine.keras"))


def show(root: Path, *variants: Variant) -> list[Element]:
    publish(of(root, *variants))
    return parse(root / "site/atlas.html").all("section", "network")


def of(root: Path, *variants: Variant, **changes: Any) -> Portfolio:
    return portfolio(root, collection(root, "fog", piece("one.png", *variants)), **changes)


def rows(section: Element) -> list[str]:
    return [row.all("h3")[0].text for row in section.all("li", "layer")]


def test_layers_hang_from_shallow_to_deep(tmp_path: Path) -> None:
    deep, middle, shallow = (variant("one.png", f"activation_{n}") for n in (90, 20, 3))
    [section] = show(tmp_path, deep, shallow, middle)
    assert rows(section) == ["activation_3", "activation_20", "activation_90"]
    percent = [int(p.text.split()[0]) for p in section.all("p") if "% deep" in p.text]
    assert percent == sorted(percent)
    assert percent[-1] > 90
    circles = section.all("circle")
    assert [round(float(c.attributes["cx"]) / 10) for c in circles] == percent
    assert broken_links(tmp_path / "site") == []


def test_each_network_has_a_group_and_motifs_have_one_of_their_own(tmp_path: Path) -> None:
    pocket = NetworkReference(name="pocket")
    motif = variant("one.png", "motif-tentacle", network=pocket)
    plain = variant("one.png", "mixed3")
    sections = show(tmp_path, motif, plain)
    assert [section.all("h2")[0].text for section in sections] == [
        "Motifs of pocket",
        "inception_v3",
    ]
    assert rows(sections[0]) == ["tentacle"]


def test_layers_of_an_unknown_network_go_by_name(tmp_path: Path) -> None:
    names = ("conv_10", "conv_9", "Conv_1")
    [section] = show(tmp_path, *(variant("one.png", name, network=MINE) for name in names))
    assert section.all("h2")[0].text == "mine"
    assert rows(section) == ["Conv_1", "conv_9", "conv_10"]
    assert not section.all("svg")


def test_a_dream_of_several_layers_hangs_once_at_the_one_that_counts_most(
    tmp_path: Path,
) -> None:
    heavy = variant("one.png", "a", targets=(Target("mixed3", 2.0), Target("mixed5", -0.5)))
    even = variant("one.png", "b", targets=(Target("mixed2"), Target("mixed0")))
    [section] = show(tmp_path, heavy, even)
    assert rows(section) == ["mixed2", "mixed3"]
    assert len(section.all("li", "tile")) == 2


def test_hostile_layer_names_stay_names(tmp_path: Path) -> None:
    name = '<script>"x"\'&'
    [section] = show(tmp_path, variant("one.png", name, network=MINE, file="d.png"))
    assert rows(section) == [name]
    pieces = (tmp_path / "site/pieces.html").read_text()
    assert '<script>"x"' not in pieces
    tile = parse(pieces).all("li", "tile")[0]
    import json

    assert json.loads(tile.attributes["data-layer"]) == [f"mine/{name}"]


def test_without_dreams_there_is_neither_an_atlas_nor_talk_of_dreaming(tmp_path: Path) -> None:
    publish(of(tmp_path))
    assert not (tmp_path / "site/atlas.html").exists()
    assert not (tmp_path / "site/about.html").exists()
    assert (tmp_path / "site/pieces.html").exists()


def test_a_damaged_network_file_costs_only_the_depth(tmp_path: Path) -> None:
    (tmp_path / "mine.keras").write_bytes(b"no network")
    broken = NetworkReference(file=tmp_path / "mine.keras")
    assert layer_view("conv_1", "mine", broken).depth is None


@pytest.mark.parametrize("network", ["inception_v3", "vgg16", "pocket"])
def test_the_lock_s_network_counts_where_the_manifest_has_moved_on(network: str) -> None:
    from dreamfolio.dream.networks.known import catalogue_of

    catalogue = catalogue_of(NetworkReference(name=network))
    assert catalogue
    last = layer_view(catalogue.layers[-1].name, network, MINE)
    assert (last.depth, last.percent) == (len(catalogue.layers), 100)


def test_about_sets_the_render_beside_its_shallowest_and_deepest_dream(tmp_path: Path) -> None:
    dreams = [variant("one.png", layer) for layer in ("mixed5", "mixed10", "mixed0")]
    publish(of(tmp_path, *dreams))
    captions = parse(tmp_path / "site/about.html").all("figcaption")
    assert [caption.text.split(",")[0].strip() for caption in captions] == [
        "One",
        "mixed0",
        "mixed10",
    ]
