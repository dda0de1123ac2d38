"""Videos in a real Chromium: a tile leads to the piece, which plays it, from a folder too."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from dreamfolio.content.themes import shipped_themes
from helpers import chromium
from helpers.site import collection, picture, piece, portfolio, publish
from helpers.videos import clip, sealed

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(chromium.find() is None, reason=chromium.HOW_TO_GET),
]
THEMES = sorted(path.name for path in shipped_themes().iterdir() if path.is_dir())


def made(root: Path, theme: str, size: tuple[int, int] = (480, 270)) -> Path:
    """The site of a video between two renders."""
    folder = root / "collections/reef"
    if not (folder / "clip.webm").exists():
        sealed(folder / "clip.webm")
    picture(folder / "clip.poster.png", size)
    film = piece("clip.webm", poster="clip.poster.png")
    reef = collection(root, "reef", piece("a.png"), film, piece("z.png"))
    assert not publish(portfolio(root, reef, theme=theme)).problems
    return root / "site"


@pytest.mark.parametrize("theme", THEMES)
def test_a_tile_leads_to_the_piece_and_not_into_the_lightbox(
    page: chromium.Page, tmp_path: Path, theme: str
) -> None:
    page.open((made(tmp_path, theme) / "reef/index.html").as_uri())
    page.evaluate("document.querySelector('a[href$=\"clip.html\"] img').click()")
    page.until("location.pathname.endsWith('/clip.html') && document.querySelector('video')")
    assert not page.evaluate("document.querySelector('.pswp')")


def test_the_lightbox_passes_it_over(page: chromium.Page, tmp_path: Path) -> None:
    page.open((made(tmp_path, "gallery") / "reef/index.html").as_uri())
    page.evaluate("document.querySelector('a.look').click()")
    page.until("window.pswp && pswp.getNumItems() === 2")


@pytest.mark.parametrize("theme", THEMES)
def test_it_plays_from_a_folder(page: chromium.Page, tmp_path: Path, theme: str) -> None:
    clip(tmp_path / "collections/reef/clip.webm")
    page.open((made(tmp_path, theme) / "reef/clip.html").as_uri())
    page.evaluate(
        "(() => { const video = document.querySelector('video'); video.muted = true;"
        " video.play(); })()"
    )
    page.until("document.querySelector('video').currentTime > 0")


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("size", [(480, 270), (200, 400), (40, 30)])
def test_it_fits_the_window_in_its_own_shape(
    page: chromium.Page, tmp_path: Path, theme: str, size: tuple[int, int]
) -> None:
    site = made(tmp_path, theme, size)
    for width in (360, 1280):
        page.emulate(width, 800)
        page.open((site / "reef/clip.html").as_uri())
        box = "document.querySelector('video').getBoundingClientRect()"
        wide, high = page.evaluate(f"[{box}.width, {box}.height]")
        assert page.evaluate("document.scrollingElement.scrollWidth") == width
        assert high <= 800
        assert wide / high == pytest.approx(size[0] / size[1], rel=0.05)


def test_arrows_are_the_videos_own_while_it_has_the_focus(
    page: chromium.Page, tmp_path: Path
) -> None:
    page.open((made(tmp_path, "gallery") / "reef/clip.html").as_uri())
    page.evaluate("document.querySelector('video').focus()")
    page.press("ArrowRight", 39)
    time.sleep(0.3)
    assert page.evaluate("location.pathname.endsWith('/clip.html')")
    page.evaluate("document.activeElement.blur()")
    page.press("ArrowRight", 39)
    page.until("location.pathname.endsWith('/z.html')")
