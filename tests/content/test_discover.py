"""Which folders are collections, and which files in them are pictures."""

from __future__ import annotations

import os

import pytest

from dreamfolio.content.discover import find, natural
from helpers.portfolio import Tree


def test_folders_with_pictures_or_a_manifest_are_collections_in_natural_order(tree: Tree) -> None:
    tree.collection("series_11", "a.png")
    tree.collection("series_2", "a.png")
    tree.collection("Series_3", "a.png")
    tree.collection("words", manifest="title: Words\n")
    tree.write("collections/notes/readme.txt", "no pictures here")
    assert [one.slug for one in find(tree.root)] == ["series_2", "Series_3", "series_11", "words"]


def test_collections_may_nest_and_a_slug_is_the_path(tree: Tree) -> None:
    tree.collection("earth", "a.png")
    tree.collection("earth/sea/deep", "b.png")
    found = {one.slug: one.folder for one in find(tree.root)}
    assert found == {
        "earth": tree.folder("earth"),
        "earth/sea/deep": tree.folder("earth") / "sea" / "deep",
    }


def test_what_is_nested_follows_its_parent_whatever_else_is_called_like_it(tree: Tree) -> None:
    for slug in ("sea-2", "sea", "sea/part_11", "sea/part_2", "sea!"):
        tree.collection(slug, "a.png")
    slugs = [one.slug for one in find(tree.root)]
    assert slugs == ["sea", "sea/part_2", "sea/part_11", "sea!", "sea-2"]


@pytest.mark.parametrize("folder", [".hidden", "_drafts", "thumbs", "a/thumbs", "a/.git/x"])
def test_folders_that_are_not_the_artists_are_passed_over(tree: Tree, folder: str) -> None:
    tree.collection("a", "a.png")
    tree.collection(folder, "b.png")
    assert [one.slug for one in find(tree.root)] == ["a"]


def test_pictures_are_told_by_their_suffix_in_natural_order(tree: Tree) -> None:
    folder = tree.collection("a", "covid_11.png", "covid_2.PNG", "Covid_3.jpg", "x.webp", "y.tiff")
    for name in ("._covid_2.png", ".hidden.png", "scene.py", "notes.md", "a.svg", "png"):
        (folder / name).write_bytes(b"")
    (folder / "folder.png").mkdir()
    (only,) = find(tree.root)
    assert only.pictures == ("covid_2.PNG", "Covid_3.jpg", "covid_11.png", "x.webp", "y.tiff")


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_links_to_folders_are_not_followed(tree: Tree) -> None:
    tree.collection("a", "a.png")
    (tree.folder("a") / "round").symlink_to(tree.folder("a"), target_is_directory=True)
    (tree.root / "collections" / "b").symlink_to(tree.folder("a"), target_is_directory=True)
    assert [one.slug for one in find(tree.root)] == ["a"]


def test_a_portfolio_without_collections_has_none(tree: Tree) -> None:
    assert find(tree.root) == ()


def test_a_pipe_that_is_called_a_picture_is_none(tree: Tree) -> None:
    folder = tree.collection("a", "a.png")
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no named pipes")
    os.mkfifo(folder / "b.png")
    assert [one.pictures for one in find(tree.root)] == [("a.png",)]


@pytest.mark.parametrize(
    "names", [["a", "A1", "a2", "a10", "b"], ["1", "2 a", "10", "x1y2", "x1y10", "x2"]]
)
def test_names_sort_as_people_sort_them(names: list[str]) -> None:
    backwards = list(reversed(names))
    assert sorted(backwards, key=natural) == names
