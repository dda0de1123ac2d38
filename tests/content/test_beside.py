"""Pictures that a recipe names beside a source."""

from __future__ import annotations

import pytest

from dreamfolio.dream.recipe import NAMED
from helpers.portfolio import Tree, paint

HERE = "collections/orbs/collection.yaml"


def test_a_mask_is_no_source(tree: Tree) -> None:
    manifest = "title: O\nlayers: mixed4\nrecipe: {mask: hand.png}\n"
    tree.collection("orbs", "orb.png", "hand.png", "other.png", manifest=manifest)
    pieces = tree.only().pieces
    assert [piece.source for piece in pieces] == ["orb.png", "other.png"]
    assert pieces[0].variants[0].recipe.pictures == {"mask": "hand.png"}


def test_no_named_recipe_needs_a_picture() -> None:
    assert not any(recipe.pictures for recipe in NAMED.values())


def test_a_mask_that_is_listed_is_a_source_all_the_same(tree: Tree) -> None:
    manifest = "title: O\nlayers: mixed4\nrecipe: {mask: hand.png}\npieces: [source: hand.png]\n"
    tree.collection("orbs", "orb.png", "hand.png", manifest=manifest)
    assert [piece.source for piece in tree.only().pieces] == ["hand.png", "orb.png"]


def test_a_guide_may_be_a_piece_or_lie_in_a_folder_of_its_own(tree: Tree) -> None:
    manifest = """\
title: O
layers: mixed4
pieces:
- source: orb.png
  variants:
  - recipe: {guide: other.png}
  - recipe: {guide: _guides/shells.jpg}
"""
    tree.collection("orbs", "orb.png", "other.png", manifest=manifest)
    paint(tree.folder("orbs") / "_guides/shells.jpg")
    collection = tree.only()
    assert [piece.source for piece in collection.pieces] == ["orb.png", "other.png"]
    one, two = collection.pieces[0].variants
    assert one.recipe.pictures == {"guide": "other.png"}
    assert two.recipe.pictures == {"guide": "_guides/shells.jpg"}
    assert one.file != two.file


@pytest.mark.parametrize(
    ("recipe", "said"),
    [
        (
            "{mask: hnad.png}",
            '3:16: there is no picture "hnad.png" in orbs to be the mask; did you mean hand.png?',
        ),
        ("{guide: gone.png}", '3:17: there is no picture "gone.png" in orbs to be the guide; '),
        ("{guide: _a/b.png}", '3:17: there is no picture "_a/b.png" in orbs to be the guide; '),
        ("{mask: ../orb.png}", '3:16: the mask "../orb.png" lies outside of the collection; '),
        ("{mask: /orb.png}", '3:16: the mask "/orb.png" lies outside of the collection; '),
        ("{guide: notes.txt}", '3:17: the guide "notes.txt" cannot be read; '),
        ("{mask: subjet}", "3:16: recipe.mask: input should be "),
        ("{mask: 3}", "3:16: recipe.mask: "),
        ("{guide: subject}", "3:17: recipe.guide: "),
    ],
)
def test_what_is_not_there_is_told_where_it_is_named(tree: Tree, recipe: str, said: str) -> None:
    manifest = f"title: O\nlayers: mixed4\nrecipe: {recipe}\n"
    tree.collection("orbs", "orb.png", "hand.png", manifest=manifest)
    assert tree.problem().startswith(f"{HERE}:{said}")


def test_a_slip_in_a_mask_is_told_with_the_word_meant(tree: Tree) -> None:
    tree.collection("orbs", "orb.png", manifest="title: O\nrecipe: {mask: subjet}\n")
    assert tree.problem().endswith("did you mean subject?")


def test_what_the_portfolio_names_is_looked_for_beside_each_source_and_told_there(
    tree: Tree,
) -> None:
    recipe = "{mask: hand.png}"
    tree.write("portfolio.yaml", f"title: D\ndream: {{layers: mixed4, recipe: {recipe}}}\n")
    tree.collection("orbs", "orb.png", "hand.png")
    tree.collection("cubes", "a.png", "b.png")
    said = 'portfolio.yaml:2:40: there is no picture "hand.png" in cubes to be the mask'
    assert tree.problem().startswith(said)


def test_other_settings_leave_what_was_named_where_it_was(tree: Tree) -> None:
    manifest = """\
title: O
layers: mixed4
recipe: {mask: gone.png}
pieces: [{source: orb.png, recipe: {steps: 3}}]
"""
    tree.collection("orbs", "orb.png", manifest=manifest)
    assert tree.problem().startswith(f"{HERE}:3:16: ")


def test_a_named_recipe_gives_up_what_was_named(tree: Tree) -> None:
    manifest = """\
title: O
layers: mixed4
recipe: {mask: gone.png}
pieces: [{source: orb.png, recipe: classic}]
"""
    tree.collection("orbs", "orb.png", manifest=manifest)
    ((one,),) = (piece.variants for piece in tree.only().pieces)
    assert one.recipe.pictures == {}


# What is in them


def dreamt(tree: Tree) -> None:
    manifest = "title: O\nlayers: mixed4\nrecipe: {mask: hand.png, guide: shell.png}\n"
    pieces = "pieces: [source: orb.png]\n"
    tree.collection("orbs", "orb.png", "hand.png", "shell.png", manifest=manifest + pieces)


def test_a_task_knows_the_pixels_and_not_the_name(tree: Tree) -> None:
    dreamt(tree)
    before = tree.tasks()["orb_mixed4.png"].variant
    assert before is not None
    folder = tree.folder("orbs")
    (folder / "hand.png").rename(folder / "arm.png")
    text = (folder / "collection.yaml").read_text()
    (folder / "collection.yaml").write_text(text.replace("hand.png", "arm.png"))
    after = tree.tasks()["orb_mixed4.png"].variant
    assert after is not None
    assert after.recipe.mask != before.recipe.mask
    assert _key(after) == _key(before)
    paint(folder / "arm.png", shade=3)
    retouched = tree.tasks()["orb_mixed4.png"].variant
    assert _key(retouched) != _key(before)


def test_one_that_cannot_be_decoded_costs_its_variants(tree: Tree) -> None:
    dreamt(tree)
    tree.write("collections/orbs/hand.png", b"no picture")
    task = tree.tasks()["orb_mixed4.png"]
    assert task.problem is not None
    assert task.problem.startswith("its mask hand.png: ")
    assert task.key is None


def _key(variant: object) -> str:
    from dreamfolio.content.objects import Variant
    from dreamfolio.store.key import variant_key

    assert isinstance(variant, Variant)
    return variant_key(
        pixels="p",
        recipe=variant.recipe,
        targets=variant.targets,
        preprocess=variant.preprocess,
        network="n",
    )
