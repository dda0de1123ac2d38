"""Animations on the site: beside their still, as they are, and only where motion is welcome."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from dreamfolio.content.objects import Portfolio
from dreamfolio.content.settings import SiteSettings
from dreamfolio.content.themes import shipped_themes
from dreamfolio.content.watermark import Watermark
from dreamfolio.dream.animation import Animation
from helpers import node
from helpers.site import broken_links, collection, parse, piece, portfolio, publish, variant
from helpers.videos import sealed

THEMES = sorted(path.name for path in shipped_themes().iterdir() if path.is_dir())
MOVING, MOVIE = "orb_mixed4.anim.webp", "orb_mixed4.anim.mp4"


def made(root: Path, **changes: object) -> Portfolio:
    still = variant("orb_mixed4.png", "mixed4")
    moving = replace(still, file=MOVING, animation=Animation())
    orb = piece("orb.png", variants=(replace(still, animated=moving),))
    return portfolio(root, collection(root, "orbs", orb), **changes)


def animate(root: Path, colour: str = "red") -> Path:
    path = root / "collections/orbs" / MOVING
    frames = [Image.new("RGB", (24, 18), shade) for shade in (colour, "navy")]
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=100, loop=0)
    return path


@pytest.mark.parametrize("theme", THEMES)
def test_it_moves_below_its_still_where_motion_is_welcome(tmp_path: Path, theme: str) -> None:
    shown = made(tmp_path, theme=theme)
    path = animate(tmp_path)
    assert not publish(shown).problems
    html = parse(tmp_path / "site/orbs/orb.html")
    (folded,) = html.all("details", "motion")
    (image,) = folded.all("img")
    (still,) = folded.all("source")
    assert image.attributes["loading"] == "lazy"
    copied = tmp_path / "site/orbs" / image.attributes["src"]
    assert copied.read_bytes() == path.read_bytes()
    assert still.attributes["media"] == "(prefers-reduced-motion: reduce)"
    with Image.open(tmp_path / "site/orbs" / still.attributes["srcset"]) as picture:
        assert not getattr(picture, "is_animated", False)
    assert broken_links(tmp_path / "site") == []


@pytest.mark.parametrize("theme", THEMES)
def test_where_there_is_an_mp4_that_is_what_moves(tmp_path: Path, theme: str) -> None:
    shown = made(tmp_path, theme=theme)
    animate(tmp_path)
    movie = sealed(tmp_path / "collections/orbs" / MOVIE)
    assert not publish(shown).problems
    html = parse(tmp_path / "site/orbs/orb.html")
    (folded,) = html.all("details", "motion")
    (video,) = folded.all("video")
    (source,) = folded.all("source")
    # Silent and in its place, again and again, and fetched when it is seen.
    assert {"autoplay", "muted", "loop", "playsinline"} <= video.attributes.keys()
    assert video.attributes["preload"] == "none"
    assert source.attributes["type"] == "video/mp4"
    assert source.attributes["media"] == "(prefers-reduced-motion: no-preference)"
    copied = tmp_path / "site/orbs" / source.attributes["src"]
    assert copied.read_bytes() == movie.read_bytes()
    (still,) = folded.all("img")
    assert still.attributes["loading"] == "lazy"
    for shows in (still.attributes["src"], video.attributes["poster"]):
        with Image.open(tmp_path / "site/orbs" / shows) as picture:
            assert not getattr(picture, "is_animated", False)
    assert broken_links(tmp_path / "site") == []


@pytest.mark.skipif(not node.has("html-validate"), reason=node.HOW_TO_GET)
def test_its_page_is_valid(tmp_path: Path) -> None:
    pages = []
    for theme in THEMES:
        shown = made(tmp_path / theme, theme=theme)
        animate(tmp_path / theme)
        sealed(tmp_path / theme / "collections/orbs" / MOVIE)
        publish(shown)
        pages.append(tmp_path / theme / "site/orbs/orb.html")
    assert node.invalid(pages) == []


def test_an_mp4_without_its_animation_is_not_shown(tmp_path: Path) -> None:
    shown = made(tmp_path)
    sealed(tmp_path / "collections/orbs" / MOVIE)
    assert not publish(shown).problems
    assert not list((tmp_path / "site").rglob("*.mp4"))


def test_one_that_is_not_made_yet_is_not_told_of(tmp_path: Path) -> None:
    assert not publish(made(tmp_path)).problems
    assert not parse(tmp_path / "site/orbs/orb.html").all("details", "motion")


def test_another_takes_the_place_of_the_last_one_alone(tmp_path: Path) -> None:
    shown = made(tmp_path)
    animate(tmp_path)
    publish(shown)
    animate(tmp_path, "green")
    again = publish(shown)
    assert again.pictures_written == ()
    assert len(again.removed) == 1
    assert "anim" in again.removed[0]
    assert broken_links(tmp_path / "site") == []


def test_one_that_can_bear_no_watermark_stays_at_home(tmp_path: Path) -> None:
    marked = SiteSettings(widths=(24, 48), watermark=Watermark(text="© A"))
    shown = made(tmp_path, site=marked)
    animate(tmp_path)
    sealed(tmp_path / "collections/orbs" / MOVIE)
    publish(shown)
    assert not list((tmp_path / "site").rglob("*anim*"))
