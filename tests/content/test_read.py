"""A portfolio is read whole, or everything that is wrong with it is told at once."""

from __future__ import annotations

import os
import re
import shutil
import unicodedata
from pathlib import Path

import pytest

from dreamfolio.content.read import find_root, read
from dreamfolio.dream.recipe import NAMED
from dreamfolio.errors import UsageError
from helpers.portfolio import Tree, paint

PORTFOLIO = """\
title: Dreams of a Nervous Decade
author: A. N. Artist
url: https://example.org/portfolio/      # for canonical links, OpenGraph, feeds
theme: gallery
readme: {columns: 2, images: thumbnails, show: variants}   # images: originals; …
site: {widths: [480, 960, 1600], formats: [webp]}
dream: {model: inception_v3, recipe: classic}             # defaults for every collection
"""

COLLECTION = """\
title: New Normal
description: |          # Markdown
  A *year* in pictures.
layers: [activation_38]        # default for every piece
pieces:                        # optional: order, words and variants of single renders
  - source: covid_6.png
    title: Six
    alt: A thing with eyes
    variants:
      - layers: [activation_3, activation_5]
      - layers: {mixed3: 1.0, mixed5: 0.5}     # weights
        recipe: {base: classic, steps: 40, mask: subject}   # base: a named recipe; …
        model: {file: ../../networks/mine.keras, preprocess: torch}
"""


def test_manifests_as_the_manual_shows_them(tree: Tree) -> None:
    tree.write("portfolio.yaml", PORTFOLIO)
    tree.collection("new_normal", "covid_6.png", "covid_11.png", manifest=COLLECTION)
    portfolio = tree.read()
    assert portfolio.title == "Dreams of a Nervous Decade"
    assert (portfolio.author, portfolio.theme, portfolio.language) == (
        "A. N. Artist",
        "gallery",
        "en",
    )
    assert portfolio.url == "https://example.org/portfolio/"
    assert portfolio.readme.columns == 2
    assert portfolio.site.widths == (480, 960, 1600)
    (collection,) = portfolio.collections
    assert (collection.title, collection.slug) == ("New Normal", "new_normal")
    assert collection.description == "A *year* in pictures.\n"
    six, eleven = collection.pieces
    assert (six.source, six.title, six.alt) == ("covid_6.png", "Six", "A thing with eyes")
    first, second = six.variants
    assert first.file == "covid_6_activation_3+activation_5.png"
    assert first.recipe == NAMED["classic"]
    assert second.file == "covid_6_mixed3+mixed5.png"
    assert [(target.layer, target.weight) for target in second.targets] == [
        ("mixed3", 1.0),
        ("mixed5", 0.5),
    ]
    assert (second.recipe.steps, second.recipe.mask) == (40, "subject")
    assert second.network.file == tree.root / "networks/mine.keras"
    assert second.preprocess == "torch"
    assert [one.file for one in eleven.variants] == ["covid_11_activation_38.png"]


def test_only_a_collections_title_is_needed(tree: Tree) -> None:
    tree.write("portfolio.yaml", "")
    tree.collection("orbs", "orb.png", manifest="title: Orbs\n")
    portfolio = tree.read()
    assert portfolio.title == "Portfolio"  # The folder's name.
    assert [piece.source for piece in portfolio.collections[0].pieces] == ["orb.png"]


def test_a_folder_of_collections_needs_no_manifest_at_all(tree: Tree) -> None:
    (tree.root / "portfolio.yaml").unlink()
    tree.collection("orbs", "orb.png")
    assert [one.title for one in tree.read().collections] == ["Orbs"]


def test_a_folder_that_is_no_portfolio_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"neither a portfolio\.yaml nor a folder collections"):
        read(tmp_path)


def test_the_root_is_the_nearest_portfolio_upward(tree: Tree, tmp_path: Path) -> None:
    folder = tree.collection("a/b", "orb.png")
    assert find_root(folder) == tree.root
    assert find_root(tree.root) == tree.root
    with pytest.raises(UsageError, match=r"no portfolio\.yaml"):
        find_root(tmp_path)
    misnamed = (tree.root / "portfolio.yaml").rename(tree.root / "portfolio.yml")
    with pytest.raises(UsageError, match=re.escape(f"rename {misnamed} to portfolio.yaml")):
        find_root(folder)


def test_a_portfolio_reached_by_a_roundabout_way_has_its_own_name(tree: Tree) -> None:
    tree.write("portfolio.yaml", "")
    tree.collection("orbs", "orb.png")
    portfolio = read(tree.root / "collections" / "..")
    assert portfolio.title == "Portfolio"
    assert portfolio.root == tree.root


@pytest.mark.parametrize(
    ("cache", "place"),
    [
        (None, "{root}/.dreamfolio/cache"),
        ("store", "{root}/store"),
        ("/somewhere/else", "/somewhere/else"),
        ("s3://bucket/dreams", "s3://bucket/dreams"),
        ("~no_such_user/x", "{root}/~no_such_user/x"),
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="paths look otherwise there")
def test_where_the_cache_is(tree: Tree, cache: str | None, place: str) -> None:
    if cache:
        tree.write("portfolio.yaml", f"cache: {cache}\n")
    assert tree.read().cache == place.format(root=tree.root)


# Everything wrong at once


def test_all_that_is_wrong_is_told_file_by_file_from_top_to_bottom(tree: Tree) -> None:
    tree.write("portfolio.yaml", "titel: A\nsite: {widths: wide}\nreadme: {columns: two}\n")
    tree.collection("a", manifest="title: A\nlayerz: mixed3\nrecipe: clasic\n")
    tree.collection(
        "b",
        "orb.png",
        manifest="title: B\nlayers: mixed33\npieces:\n"
        "- source: gone.png\n- source: orb.png\n  variants: [mixed3, mixed3, activaton_3]\n"
        "- source: orb.png\n",
    )
    tree.collection("c", "orb.png", manifest="title: C\nmodel: inception_v4\nlayers: mixed3\n")
    tree.collection("d", manifest="title: D\n\tx\n")
    assert [line.partition(": ")[0] for line in tree.problems()] == [
        "portfolio.yaml:1:1",
        "portfolio.yaml:2:16",
        "portfolio.yaml:3:19",
        "collections/a/collection.yaml:2:1",
        "collections/a/collection.yaml:3:9",
        "collections/b/collection.yaml:2:9",
        "collections/b/collection.yaml:4:11",
        "collections/b/collection.yaml:6:22",
        "collections/b/collection.yaml:6:30",
        "collections/b/collection.yaml:7:11",
        "collections/c/collection.yaml:2:8",
        "collections/d/collection.yaml:2:1",
    ]


def test_faults_of_form_and_of_meaning_are_told_together(tree: Tree) -> None:
    tree.collection(
        "a",
        "orb.png",
        "cube.png",
        manifest="titel: A\nlayers: mixed33\npieces:\n- source: orb.png\n  altt: x\n"
        "- source: gone.png\n- source: cube.png\n  variants: [mixed3, mixed3]\n",
    )
    assert [line.removeprefix("collections/a/collection.yaml:") for line in tree.problems()] == [
        '1:1: "title" is missing; add a line title: …',
        '1:1: unknown key "titel"; did you mean title?',
        '2:9: inception_v3 has no layer "mixed33"; did you mean mixed3?',
        '5:3: unknown key "altt"; did you mean alt?',
        '6:11: there is no picture "gone.png" in this collection; check its name, or put it there',
        "8:22: this variant is asked for twice (line 8); remove one, or let them differ in layers, "
        "recipe or model",
    ]


@pytest.mark.parametrize(
    "portfolio",
    [
        "dream: {modle: {file: net.keras}}\n",
        "dreams: {model: {file: net.keras}}\n",
        "dream: [\n",
        "- dream\n",
    ],
)
def test_a_fault_in_the_defaults_makes_no_others_up(tree: Tree, portfolio: str) -> None:
    tree.write("portfolio.yaml", portfolio)
    tree.collection("a", "orb.png", manifest="title: A\nlayers: conv_of_mine\n")
    tree.collection("b", "orb.png", manifest="titel: B\nlayers: conv_of_mine\n")
    told = [line.partition(":")[0] for line in tree.problems()]
    assert told == [
        "portfolio.yaml",
        "collections/b/collection.yaml",
        "collections/b/collection.yaml",
    ]


@pytest.mark.parametrize("slip", ["modle: {file: net.keras}", "model: 3"])
def test_a_fault_in_what_holds_for_all_pieces_makes_no_others_up(tree: Tree, slip: str) -> None:
    tree.collection("a", "orb.png", manifest=f"title: A\n{slip}\nlayers: conv_of_mine\n")
    assert tree.problem().startswith("collections/a/collection.yaml:2:")


def test_a_portfolio_with_a_slip_elsewhere_still_lends_its_defaults(tree: Tree) -> None:
    tree.write("portfolio.yaml", "titel: A\nreadme: {columns: no}\ndream: {model: vgg16}\n")
    tree.collection("a", "orb.png", manifest="title: A\nlayers: block1_conv1\n")
    assert [line.partition(": ")[0] for line in tree.problems()] == [
        "portfolio.yaml:1:1",
        "portfolio.yaml:2:19",
    ]


def test_one_slip_is_told_once_however_many_pieces_it_touches(tree: Tree) -> None:
    tree.collection("a", *(f"{i}.png" for i in range(9)), manifest="title: A\nlayers: mixed33\n")
    assert len(tree.problems()) == 1


def test_reading_writes_nothing(tree: Tree) -> None:
    tree.collection("a", "a.png", manifest="title: A\nlayers: mixed3\n")
    before = tree.works()
    tree.read()
    assert tree.works() == before
    assert not (tree.root / ".dreamfolio").exists()


# Slugs


@pytest.mark.parametrize(
    ("one", "other"), [("Orbs", "orbs"), ("é", unicodedata.normalize("NFD", "é"))]
)
def test_two_collections_with_one_address_are_an_error(tree: Tree, one: str, other: str) -> None:
    for number, slug in enumerate((one, other)):
        paint(tree.folder(slug) / "a.png", shade=number)
        tree.write(f"collections/{slug}/collection.yaml", "title: A\n")
    if len(list((tree.root / "collections").iterdir())) < 2:
        pytest.skip("this disk takes the two names for one itself")
    said = tree.problem()
    assert "/collection.yaml:1:1: the collections " in said
    assert said.endswith(" would have one address; rename one of the folders")


def test_the_same_without_manifests_is_told_at_the_folder(tree: Tree) -> None:
    tree.collection("Orbs", "a.png")
    tree.collection("orbs", "a.png")
    if len(list((tree.root / "collections").iterdir())) < 2:
        pytest.skip("this disk takes the two names for one itself")
    assert tree.problem().startswith("collections/")


def test_a_nested_collections_slug_is_its_path(tree: Tree) -> None:
    tree.collection("earth/tide_pool", "a.png")
    assert (tree.only().slug, tree.only().title) == ("earth/tide_pool", "Tide pool")


# Things in the way


@pytest.mark.parametrize("name", ["portfolio.yml", "collections/orbs/collection.yml"])
def test_a_manifest_by_another_suffix_is_told(tree: Tree, name: str) -> None:
    tree.collection("orbs", "orb.png")
    tree.write(name, "title: Read me\n")
    assert tree.problem().startswith(f"{name}:1:1: would not be read; rename it to ")


@pytest.mark.parametrize(
    "name", ["collection.yaml.txt", "collections.yaml", "Collection.yaml", "COLLECTION.YAML"]
)
def test_a_manifest_by_a_name_beside_its_own_is_told(tree: Tree, name: str) -> None:
    folder = tree.collection("orbs", "orb.png")
    tree.write(f"collections/orbs/{name}", "title: Read me\n")
    if (folder / "collection.yaml").is_file():
        pytest.skip("this disk takes the two names for one itself")
    assert tree.problem() == (
        f"collections/orbs/{name}:1:1: would not be read; rename it to collection.yaml"
    )
    tree.write("collections/orbs/collection.yaml", "title: Mine\n")
    assert tree.only().title == "Mine", "there is a manifest, and the other may be anything"


def test_where_a_portfolio_is_by_a_name_beside_its_own_it_is_told(tree: Tree) -> None:
    (tree.root / "portfolio.yaml").unlink(missing_ok=True)
    tree.write("portfolio.yaml.txt", "title: Read me\n")
    with pytest.raises(UsageError, match=r"rename .*portfolio\.yaml\.txt to portfolio\.yaml"):
        find_root(tree.root)


@pytest.mark.skipif(os.name != "posix", reason="other systems have no such names")
def test_a_name_that_is_no_text_is_told(tree: Tree) -> None:
    folder = tree.collection("orbs", "orb.png")
    try:
        shutil.copy(folder / "orb.png", os.fsencode(folder) + b"/b\xe4r.png")
    except OSError:
        pytest.skip("this disk takes no such names")
    said = tree.problem()
    said.encode()
    assert said == 'collections/orbs: the name "b?r.png" is not valid Unicode; rename it'


def test_manifests_of_hidden_folders_are_none(tree: Tree) -> None:
    tree.collection("orbs", "orb.png")
    tree.write("collections/orbs/thumbs/collection.yaml", "nonsense: true\n")
    tree.write("collections/.git/collection.yaml", "nonsense: true\n")
    assert tree.only().slug == "orbs"
