"""No published file tells of a disk, a place or a user, whatever the originals have in them."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from dreamfolio.pictures.decode import header
from dreamfolio.pictures.provenance import read_provenance
from helpers.home import Home, Said, make_home
from helpers.secrets import MAKERS, SCENE, WORD, pixels
from helpers.telling_videos import camera_film, film
from helpers.tiny_network import tiny_network

pytest.importorskip("keras")

PORTFOLIO = """\
title: Studies
url: https://example.org/p/
dream:
  model: {{file: {network}, preprocess: unit}}
  recipe: {{base: classic, steps: 1}}
  layers: [conv_a]
readme: {{show: both, sources: table, width: 32, originals: {originals}}}
site: {{widths: [24, original], formats: [webp, avif, jpeg], zip: true}}
"""
MARKED = "<!-- dreamfolio:START collection=* -->\n<!-- dreamfolio:END -->\n"
SECRETS = re.compile(
    rb"(?i)gwendolyn|attic|52\.52|13\.40|"
    + b"|".join(re.escape(WORD.encode(coding)) for coding in ("utf-16-le", "utf-16-be"))
)


def planted(folder: Path, *, with_films: bool) -> None:
    """Every format with everything in it that its metadata can hold."""
    for suffix, make in MAKERS.items():
        make(folder / f"one-{suffix[1:]}{suffix}")
    pixels().save(folder / "plain.png")
    (folder / "camera.mp4").write_bytes(camera_film())
    pixels().save(folder / "camera.poster.png")
    if with_films:
        film(folder / "film.mp4")
        film(folder / "reel.webm")


class Built:
    """A portfolio in a folder that tells of its user by itself, with a network outside of it."""

    def __init__(self, root: Path, originals: str):
        here = root / WORD / "attic"
        network = here / "networks/tiny.keras"
        network.parent.mkdir(parents=True)
        network.write_bytes(tiny_network())
        text = PORTFOLIO.format(network=network, originals=originals)
        self.home: Home = make_home(here / "portfolio", text, pictures=0)
        folder = self.home.root / "collections/odd"
        folder.mkdir(parents=True)
        planted(folder, with_films=find_spec("av") is not None)
        self.originals = {path: path.read_bytes() for path in folder.iterdir()}
        self.home.write("README.md", MARKED)
        self.said: Said = self.home.run("build")

    def files(self, *folders: str) -> Iterator[tuple[str, bytes]]:
        for folder in folders:
            at = self.home.root / folder
            for path in sorted(at.rglob("*")) if at.is_dir() else [at]:
                if path.is_file() and path not in self.originals:
                    yield path.relative_to(self.home.root).as_posix(), path.read_bytes()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return Built(tmp_path_factory.mktemp("told"), "clean")


def test_nothing_published_holds_a_secret(built: Built) -> None:
    errors = [line for line in built.said.err.splitlines() if line.startswith("error:")]
    # A copy of it is not linked to, and says so; the site and the archive hold its pixels.
    assert [re.findall(r"/([\w.-]+): is of a format", line) for line in errors] == [["one-tif.tif"]]
    assert all(SECRETS.search(data) for path, data in built.originals.items() if _tells(path))
    published = dict(built.files("site", "collections", "README.md"))
    assert len(published) > 60
    for name, data in published.items():
        assert not SECRETS.search(data), (name, SECRETS.search(data))
    assert {path: path.read_bytes() for path in built.originals} == built.originals


def _tells(path: Path) -> bool:
    return not path.name.startswith(("plain", "camera.poster"))


def test_each_kind_is_published(built: Built) -> None:
    """So that the silence above is that of clean files, not of missing ones."""
    site = [name for name, _ in built.files("site")]
    for path in built.originals:
        if path.name != "camera.poster.png":
            stem = path.stem
            assert f"site/odd/{stem}.html" in site
            assert any(name.startswith(f"site/pictures/{stem}-") for name in site), stem
    (archive,) = [data for name, data in built.files("site") if name.endswith(".zip")]
    with zipfile.ZipFile(io.BytesIO(archive)) as packed:
        names = {Path(name).name for name in packed.namelist()}
        for name in names:
            assert not SECRETS.search(packed.read(f"odd/{name}")), name
    assert {"camera.mp4", "one-gif.gif", "one-jpg.jpg", "plain.png", "one-tif.tif.png"} <= names


def test_the_readme_leads_to_clean_copies_of_videos_too(built: Built) -> None:
    readme = built.home.read("README.md").decode()
    assert 'href="collections/odd/thumbs/clean/camera.mp4"' in readme
    assert 'href="collections/odd/camera.mp4"' not in readme
    assert 'href="collections/odd/plain.png"' in readme


def test_a_dream_tells_how_it_was_made_and_not_where(built: Built) -> None:
    folder = built.home.root / "collections/odd"
    for suffix in (".png", ".jpg", ".webp", ".tif"):
        dream = folder / f"one-{suffix[1:]}_conv_a{suffix}"
        told = read_provenance(dream)
        assert told is not None
        assert told["network"] == "tiny"
        assert told["layers"] == {"conv_a": 1.0}
        assert str(built.home.root) not in json.dumps(told) + str(header(dream))
    assert "tiny.keras" in json.dumps(built.home.lock("odd")["one-png_conv_a.png"]["model"])


def test_originals_are_told_of_once_by_a_build_and_always_by_status(tmp_path: Path) -> None:
    home = make_home(tmp_path, pictures=1)
    (home.root / "collections/orbs/clip.mp4").write_bytes(camera_film())
    pixels().save(home.root / "collections/orbs/clip.poster.png")
    warning = "note: 1 video tells paths of a disk and where a camera stood (clip.mp4: "
    assert warning in home.run("build").err
    assert warning not in home.run("build").err
    assert warning in home.run("status").err
    assert "1 video tells paths of a disk" in home.run("doctor").out
    home.paint("collections/orbs/told.png")
    MAKERS[".png"](home.root / "collections/orbs/told.png")
    assert "note: 2 files tell paths of a disk" in home.run("build").err


def test_clean_lists_videos_and_copies_them_without(tmp_path: Path) -> None:
    home = make_home(tmp_path / "home", pictures=1)
    original = home.root / "collections/orbs/clip.mp4"
    original.write_bytes(camera_film())
    assert "clip.mp4" in home.run("clean").out
    said = home.run("clean", "--to", str(tmp_path / "copies"))
    assert said.code == 0, said.err
    copy = (tmp_path / "copies/orbs/clip.mp4").read_bytes()
    assert not SECRETS.search(copy)
    assert len(copy) == len(camera_film())
    assert original.read_bytes() == camera_film()


def test_a_video_that_cannot_be_taken_apart_stays_at_home_with_a_word(tmp_path: Path) -> None:
    home = make_home(tmp_path, pictures=1)
    (home.root / "collections/orbs/clip.mp4").write_bytes(b"RIFF1234AVI LIST" + SCENE.encode())
    pixels().save(home.root / "collections/orbs/clip.poster.png")
    said = home.run("site")
    assert said.code == 1
    (line,) = [one for one in said.err.splitlines() if one.startswith("error:")]
    assert line.endswith("clip.mp4: is neither an MP4 nor a WebM, whatever its name says; "
                         "export it as MP4")  # fmt: skip
    for path in (home.root / "site").rglob("*"):
        assert not path.is_file() or WORD.encode() not in path.read_bytes()
