"""Videos in the README: a thumbnail that links to the file."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from dreamfolio.content.objects import Portfolio
from dreamfolio.files import sha256_of_file
from dreamfolio.publish.readme import publish
from helpers.readme import Seen, Tables, as_on_github, collection, picture, piece, portfolio
from helpers.videos import clip, sealed

HERE = "collections/reef"


def made(root: Path, poster: bool = True, **readme: object) -> Portfolio:
    film = replace(piece("clip.mp4"), poster="clip.poster.png" if poster else None)
    reef = collection(root, "reef", film, piece("coral.png"))
    sealed(reef.folder / "clip.mp4")
    picture(reef.folder / "coral.png")
    if poster:
        picture(reef.folder / "clip.poster.png")
    return portfolio(root, reef, **readme)


def cells(reef: Portfolio) -> list[Seen]:
    result = publish.write(publish.render(reef, sha256_of_file))
    assert not result.problems
    (table,) = Tables(as_on_github(result.path.read_text("utf-8"))).tables
    return [cell for row in table for cell in row if cell.src]


@pytest.mark.parametrize("originals", ["clean", "untouched"])
def test_the_posters_thumbnail_links_to_the_video(tmp_path: Path, originals: str) -> None:
    film = cells(made(tmp_path, originals=originals))[0]
    assert (film.href, film.src) == (
        f"{HERE}/clip.mp4",
        f"{HERE}/thumbs/clip.poster.png.webp",
    )
    assert (tmp_path / str(film.src)).is_file()


def test_where_no_thumbnails_are_asked_for_the_poster_itself_does(tmp_path: Path) -> None:
    film = cells(made(tmp_path, images="originals"))[0]
    assert (film.href, film.src) == (f"{HERE}/clip.mp4", f"{HERE}/clip.poster.png")


@pytest.mark.parametrize("images", ["thumbnails", "originals"])
def test_a_first_frame_is_always_a_thumbnail(tmp_path: Path, images: str) -> None:
    reef = made(tmp_path, poster=False, images=images)
    clip(tmp_path / HERE / "clip.mp4")
    film = cells(reef)[0]
    assert (film.href, film.src) == (f"{HERE}/clip.mp4", f"{HERE}/thumbs/clip.mp4.webp")
    assert (tmp_path / str(film.src)).is_file()


def test_one_that_nothing_can_show_costs_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "av", None)
    result = publish.render(made(tmp_path, poster=False), sha256_of_file)
    (problem,) = result.problems
    assert "clip.mp4: is a video without a picture" in str(problem)
    assert b"coral.png" in result.new
    assert b"clip" not in result.new
