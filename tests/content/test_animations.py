"""Animations as a manifest asks for them, and the files that are theirs."""

from __future__ import annotations

import pytest

from dreamfolio.content.objects import Variant
from dreamfolio.dream.animation import Animation
from helpers.portfolio import Tree, paint
from helpers.videos import sealed

HERE = "collections/orbs/collection.yaml"


def manifest(animate: str, source: str = "orb.png") -> str:
    return (
        f"title: Orbs\npieces:\n- source: {source}\n  variants:\n"
        f"  - layers: [mixed3]\n    animate: {animate}\n"
    )


def dreams(tree: Tree, animate: str, source: str = "orb.png") -> tuple[Variant, ...]:
    tree.collection("orbs", source, manifest=manifest(animate, source))
    return tree.only().pieces[0].dreams


@pytest.mark.parametrize(
    ("written", "animation"),
    [
        ("true", Animation()),
        ("{}", Animation()),
        ("{kind: zoom}", Animation(kind="zoom")),
        (
            "{frames: 24, seconds: 2.5, width: 480}",
            Animation(frames=24, seconds=2.5, width=480),
        ),
    ],
)
def test_an_animation_lies_beside_its_variant(
    tree: Tree, written: str, animation: Animation
) -> None:
    still, moving = dreams(tree, written)
    assert (still.file, moving.file) == ("orb_mixed3.png", "orb_mixed3.anim.webp")
    assert still.animation is None
    assert moving.animation == animation
    assert moving.recipe == still.recipe
    assert tree.only().pieces[0].variants == (still,)


def test_no_animation_where_none_is_wanted(tree: Tree) -> None:
    assert len(dreams(tree, "false")) == 1


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("morph", "6:14: animate is true, or {kind: morph, frames: 48, seconds: 4}"),
        ("{second: 4}", '6:15: unknown key "second"; did you mean seconds?'),
        ("{kind: zom}", "did you mean zoom?"),
        ("{frames: 25}", "multiple of 2"),
        ("{frames: 480, seconds: 2}", "480 frames in 2.0 seconds are more than browsers show"),
    ],
)
def test_slips_are_told_with_their_line(tree: Tree, written: str, said: str) -> None:
    tree.collection("orbs", "orb.png", manifest=manifest(written))
    problem = tree.problem()
    assert problem.startswith(f"{HERE}:6:")
    assert said in problem


def test_an_animation_is_no_piece_whatever_its_name_in_whatever_case(tree: Tree) -> None:
    tree.collection("orbs", "orb.png", manifest="title: Orbs\n")
    for name in ("orb_mixed3.anim.webp", "Other.ANIM.webp"):
        paint(tree.folder("orbs") / name)
    assert [piece.source for piece in tree.only().pieces] == ["orb.png"]
    assert tree.only().pieces[0].variants == ()


def test_the_mp4_of_an_animation_is_no_video_piece_and_any_other_is(tree: Tree) -> None:
    tree.collection("orbs", "orb.png", manifest="title: Orbs\n")
    for name in ("orb_mixed3.anim.mp4", "Other.ANIM.MP4", "holiday.mp4", "anim.mp4"):
        sealed(tree.folder("orbs") / name)
    sources = [piece.source for piece in tree.only().pieces]
    assert sorted(sources) == ["anim.mp4", "holiday.mp4", "orb.png"]


def test_animations_of_renders_that_share_a_stem_have_names_of_their_own(tree: Tree) -> None:
    tree.collection(
        "orbs",
        "orb.png",
        "orb.jpg",
        manifest=manifest("true") + manifest("true", "orb.jpg").partition("pieces:\n")[2],
    )
    files = [one.file for piece in tree.only().pieces for one in piece.dreams]
    assert len(set(files)) == 4
    assert files[1] == "orb_mixed3.anim.webp"
    assert files[3] == "orb_mixed3.jpg.anim.webp"


def test_no_still_is_named_as_an_animation(tree: Tree) -> None:
    written = "title: Orbs\npieces:\n- source: orb.webp\n  variants:\n"
    written += "  - {layers: [mixed3], name: x.anim}\n"
    tree.collection("orbs", "orb.webp", manifest=written)
    assert "is named as an animation is" in tree.problem()
