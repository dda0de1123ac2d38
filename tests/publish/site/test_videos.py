"""Videos on the site: copied as they are, behind their posters, on every page that shows pieces."""

from __future__ import annotations

import json
import sys
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from dreamfolio.content.day import Day
from dreamfolio.content.objects import Portfolio
from dreamfolio.content.settings import SiteSettings
from dreamfolio.content.themes import shipped_themes
from dreamfolio.files import sha256, sha256_of_file
from dreamfolio.pictures.clean_video import BLANKING
from dreamfolio.publish.site.folder import SiteFolder
from helpers.site import broken_links, collection, parse, picture, piece, portfolio, publish, tree
from helpers.videos import BYTES, clip, sealed

THEMES = sorted(path.name for path in shipped_themes().iterdir() if path.is_dir())


def copy_of(data: bytes) -> str:
    return f"pictures/clip-{sha256(f'{BLANKING} {sha256(data)}'.encode())[:16]}.mp4"


COPY = copy_of(BYTES)
MORE = b"\0\0\0\x0cfreemore"
URL = "https://example.org/p/"


def made(root: Path, poster: str | None = "clip.poster.png", **changes: object) -> Portfolio:
    folder = root / "collections/reef"
    sealed(folder / "clip.mp4")
    if poster:
        picture(folder / poster, (64, 36), "#336699")
    film = piece("clip.mp4", poster=poster, title="The film", date=Day.parse("2020"))
    return portfolio(root, collection(root, "reef", film, piece("coral.png")), **changes)


@pytest.mark.parametrize("theme", THEMES)
def test_its_page_plays_it_behind_its_poster(tmp_path: Path, theme: str) -> None:
    assert not publish(made(tmp_path, theme=theme)).problems
    site = tmp_path / "site"
    assert (site / COPY).read_bytes() == BYTES
    html = parse(site / "reef/clip.html")
    (video,) = html.all("video")
    told = video.attributes
    assert (told["width"], told["height"], told["preload"]) == ("48", "27", "none")
    assert "controls" in told
    assert (site / "reef" / told["poster"]).is_file()
    (source,) = video.all("source")
    assert source.attributes == {"src": f"../{COPY}", "type": "video/mp4"}
    assert broken_links(site) == []


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("page", ["reef/index.html", "pieces.html"])
def test_its_tile_shows_the_poster_and_a_mark_and_leads_to_its_page(
    tmp_path: Path, theme: str, page: str
) -> None:
    publish(made(tmp_path, theme=theme))
    html = parse(tmp_path / "site" / page)
    (mark,) = html.all("svg", "play")
    (tile,) = [one for one in html.all("li") if mark in one.walk()]
    assert {link.attributes["href"].rpartition("/")[2] for link in tile.all("a")} == {"clip.html"}
    assert not tile.all("a", "look")
    assert len(tile.all("img")) == 1


def test_however_many_there_are_the_record_is_written_once_for_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[list[str]] = []
    announce = SiteFolder.announce

    def heard(folder: SiteFolder, addresses: Iterable[str]) -> None:
        told.append([*addresses])
        announce(folder, told[-1])

    monkeypatch.setattr(SiteFolder, "announce", heard)
    folder = tmp_path / "collections/reef"
    films = []
    for name in ("a", "b", "c"):
        sealed(folder / f"{name}.mp4")
        picture(folder / f"{name}.poster.png")
        films.append(piece(f"{name}.mp4", poster=f"{name}.poster.png"))
    publish(portfolio(tmp_path, collection(tmp_path, "reef", *films)))
    (copies,) = [one for one in told if any(address.endswith(".mp4") for address in one)]
    assert len(copies) == 3


def test_it_can_be_the_cover_of_its_collection(tmp_path: Path) -> None:
    publish(made(tmp_path))
    cover = parse(tmp_path / "site/index.html").all("img")[0]
    assert cover.attributes["alt"] == "A render of clip"


def test_a_first_frame_stands_for_one_without_a_poster(tmp_path: Path) -> None:
    reef = made(tmp_path, poster=None)
    clip(tmp_path / "collections/reef/clip.mp4")
    assert not publish(reef).problems
    (video,) = parse(tmp_path / "site/reef/clip.html").all("video")
    assert (video.attributes["width"], video.attributes["height"]) == ("48", "27")


def test_without_poster_and_pyav_it_alone_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "av", None)
    result = publish(made(tmp_path, poster=None))
    (problem,) = result.problems
    assert "clip.mp4: is a video without a picture" in str(problem)
    shown = tree(tmp_path / "site")
    assert "reef/coral.html" in shown
    assert not [name for name in shown if "clip" in name]


def test_unchanged_it_is_not_read_and_changed_it_is_another_file(tmp_path: Path) -> None:
    reef = made(tmp_path)
    first = publish(reef)
    assert COPY in first.pages_written
    before = (tmp_path / "site" / COPY).stat().st_ino
    again = publish(reef)
    assert again.pages_written == again.pictures_written == again.removed == ()
    assert (tmp_path / "site" / COPY).stat().st_ino == before
    sealed(tmp_path / "collections/reef/clip.mp4", BYTES + MORE)
    changed = publish(reef)
    assert changed.removed == (COPY,)
    assert copy_of(BYTES + MORE) in changed.pages_written


def test_a_piece_that_goes_takes_its_files_with_it(tmp_path: Path) -> None:
    reef = made(tmp_path)
    publish(reef)
    (only,) = reef.collections
    publish(replace(reef, collections=(replace(only, pieces=only.pieces[1:]),)))
    assert not [name for name in tree(tmp_path / "site") if "clip" in name]


def test_a_poster_whose_video_is_gone_is_not_shown(tmp_path: Path) -> None:
    reef = made(tmp_path)
    (tmp_path / "collections/reef/clip.mp4").unlink()
    assert not publish(reef).problems
    assert not [name for name in tree(tmp_path / "site") if "clip" in name]


def test_somebodys_file_in_its_place_is_kept(tmp_path: Path) -> None:
    theirs = tmp_path / "site" / COPY
    theirs.parent.mkdir(parents=True)
    theirs.write_bytes(b"mine")
    (problem,) = publish(made(tmp_path)).problems
    assert COPY in str(problem)
    assert theirs.read_bytes() == b"mine"
    assert not (tmp_path / "site/reef/clip.html").exists()


def test_the_archive_holds_it_and_not_its_poster(tmp_path: Path) -> None:
    assert not publish(made(tmp_path, site=SiteSettings(widths=(24,), zip=True))).problems
    (archive,) = (tmp_path / "site/pictures").glob("*.zip")
    with zipfile.ZipFile(archive) as packed:
        assert packed.testzip() is None
        assert packed.namelist() == ["reef/clip.mp4", "reef/coral.png"]
        assert packed.read("reef/clip.mp4") == BYTES
    assert publish(made(tmp_path, site=SiteSettings(widths=(24,), zip=True))).pages_written == ()


@pytest.mark.parametrize("theme", THEMES)
def test_videos_are_not_counted_among_pictures(tmp_path: Path, theme: str) -> None:
    site = made(tmp_path, theme=theme, site=SiteSettings(widths=(24,), zip=True))
    publish(site)
    shown = parse(tmp_path / "site/reef/index.html").text
    assert "Download all as a ZIP file: 1 picture, 1 video" in shown
    every = parse(tmp_path / "site/pieces.html").text
    assert "1 picture" in every
    assert "1 video" in every
    assert "2 pictures" not in every


@pytest.mark.parametrize(("count", "told"), [(1, "the video"), (2, "all 2 videos")])
def test_an_archive_of_videos_alone_says_so(tmp_path: Path, count: int, told: str) -> None:
    films = []
    for number in range(count):
        sealed(tmp_path / f"collections/reef/{number}.mp4")
        picture(tmp_path / f"collections/reef/{number}.poster.png", (64, 36))
        films.append(piece(f"{number}.mp4", poster=f"{number}.poster.png"))
    settings = SiteSettings(widths=(24,), zip=True)
    publish(portfolio(tmp_path, collection(tmp_path, "reef", *films), site=settings))
    assert f"Download {told} as a ZIP file" in parse(tmp_path / "site/reef/index.html").text


def test_search_engines_and_feed_readers_are_told_of_it(tmp_path: Path) -> None:
    publish(made(tmp_path, url=URL))
    (script,) = [
        each
        for each in parse(tmp_path / "site/reef/clip.html").all("script")
        if each.attributes.get("type") == "application/ld+json"
    ]
    artwork = json.loads(str(script.children[0]))["@graph"][0]
    assert artwork["video"]["@type"] == "VideoObject"
    assert artwork["video"]["contentUrl"] == f"{URL}{COPY}"
    feed = (tmp_path / "site/feed.xml").read_text("utf-8")
    assert f'<link rel="enclosure" type="video/mp4" href="{URL}{COPY}"/>' in feed


def test_one_that_cannot_be_read_costs_itself(tmp_path: Path) -> None:
    reef = made(tmp_path)

    def digest_of(path: Path) -> str:
        if path.suffix == ".mp4":
            raise PermissionError(13, "Permission denied")
        return sha256_of_file(path)

    (problem,) = publish(reef, digest_of=digest_of).problems
    assert "clip.mp4: cannot be read" in str(problem)
    assert (tmp_path / "site/reef/coral.html").is_file()
    assert not (tmp_path / "site/reef/clip.html").exists()
