"""Animations in a real Chromium: the MP4 plays by itself, where motion is welcome."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from dreamfolio.content.themes import shipped_themes
from dreamfolio.dream.animation import Animation
from dreamfolio.pictures.movie import encode_movie
from helpers import chromium, node
from helpers.site import collection, piece, portfolio, publish, variant

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(chromium.find() is None, reason=chromium.HOW_TO_GET),
]
THEMES = sorted(path.name for path in shipped_themes().iterdir() if path.is_dir())
VIDEO = "document.querySelector('.motion video')"


def made(root: Path, theme: str) -> str:
    """The page of a dream and its animation."""
    frames = [Image.new("RGB", (24, 18), shade) for shade in ("red", "navy") * 4]
    movie = encode_movie(frames, [100] * 8, {})
    if movie is None:
        pytest.skip("no MP4 can be made without PyAV")
    still = variant("orb_mixed4.png", "mixed4")
    moving = replace(still, file="orb_mixed4.anim.webp", animation=Animation())
    orbs = collection(root, "orbs", piece("orb.png", variants=(replace(still, animated=moving),)))
    path = root / "collections/orbs/orb_mixed4.anim.webp"
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=100, loop=0)
    path.with_suffix(".mp4").write_bytes(movie)
    assert not publish(portfolio(root, orbs, theme=theme)).problems
    return (root / "site/orbs/orb.html").as_uri()


def welcome(page: chromium.Page, motion: bool) -> None:
    value = "no-preference" if motion else "reduce"
    features = [{"name": "prefers-reduced-motion", "value": value}]
    page.call("Emulation.setEmulatedMedia", features=features)


@pytest.mark.parametrize("theme", THEMES)
def test_it_plays_again_and_again_without_a_script(
    page: chromium.Page, tmp_path: Path, theme: str
) -> None:
    page.emulate(1280, 900, scripts=False)
    welcome(page, True)
    page.open(made(tmp_path, theme))
    page.evaluate(f"{VIDEO}.scrollIntoView()")
    page.until(f"{VIDEO}.currentTime > 0.3")
    page.until(f"{VIDEO}.currentTime < 0.3")
    assert page.evaluate(f"{VIDEO}.muted")
    assert (
        page.evaluate(f"getComputedStyle({VIDEO}.parentElement.nextElementSibling).display")
        == "none"
    )


@pytest.mark.parametrize("theme", THEMES)
def test_where_less_motion_is_asked_for_the_still_stands_there(
    page: chromium.Page, tmp_path: Path, theme: str
) -> None:
    page.emulate(1280, 900)
    welcome(page, False)
    page.open(made(tmp_path, theme))
    page.evaluate("document.querySelector('.motion').scrollIntoView()")
    page.until(f"{VIDEO}.parentElement.nextElementSibling.naturalWidth > 0")
    assert page.evaluate(f"getComputedStyle({VIDEO}.parentElement).display") == "none"
    assert page.evaluate(f"{VIDEO}.currentTime") == 0
    fetched = "performance.getEntriesByType('resource').map(one => one.name)"
    assert not [name for name in page.evaluate(fetched) if name.endswith(".mp4")]


@pytest.mark.skipif(not node.has("axe-core"), reason=node.HOW_TO_GET)
@pytest.mark.parametrize("theme", THEMES)
def test_it_keeps_nobody_out(page: chromium.Page, tmp_path: Path, theme: str) -> None:
    page.emulate(1280, 900)
    page.open(made(tmp_path, theme))
    page.evaluate(node.axe() + "; true")
    found = "axe.run().then(found => found.violations.map(one => one.id))"
    assert page.evaluate(found) == []
