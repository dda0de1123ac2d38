"""Links out of a portfolio: each costs the picture it stands for, and nothing behind it is read,
published or written."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpers.home import PORTFOLIO, Home, Said, make_home
from helpers.site import broken_links

pytest.importorskip("keras")
if os.name == "nt":
    pytest.skip("links need rights there", allow_module_level=True)

MANIFEST = """\
title: Orbs
pieces:
- {source: orb_1.png, title: First}
- source: orb_2.png
  variants:
  - {layers: [conv_a]}
  - {layers: [conv_b], animate: {frames: 4}}
  - {layers: [conv_c], recipe: {mask: hand.png}}
"""
REFUSED = "is a link that leads out of the portfolio; put a copy in its place, or remove it"
ORBS = "collections/orbs/"
LINKS = {
    "orb_1.png": "orb_1_conv_b.png: collections/orbs/orb_1.png: ",
    "orb_3.png": "orb_3_conv_b.png: collections/orbs/orb_3.png: ",
    "orb_2_conv_a.png": "orb_2_conv_a.png: collections/orbs/orb_2.png: its variant "
    "orb_2_conv_a.png: ",
    "orb_2_conv_b.anim.webp": "orb_2_conv_b.anim.webp: collections/orbs/orb_2.png: its variant "
    "orb_2_conv_b.anim.webp: ",
    "orb_2_conv_b.anim.mp4": "orb_2_conv_b.anim.webp: collections/orbs/orb_2.png: its variant "
    "orb_2_conv_b.anim.mp4: ",
    "hand.png": "orb_2_conv_c.png: collections/orbs/orb_2.png: its mask hand.png: ",
}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = make_home(tmp_path / "home", pictures=3)
    home.write("README.md", "<!-- dreamfolio:START collection=* -->\n<!-- dreamfolio:END -->\n")
    home.write("collections/orbs/collection.yaml", MANIFEST)
    home.paint("collections/orbs/hand.png", seed=7)
    return home


class Watch:
    """Tells which of the files that this process opens is the one ``watched``; a hook for audits
    stays for good, so there is but one."""

    def __init__(self) -> None:
        self.watched: str | None = None
        self.opened: list[str] = []
        sys.addaudithook(self._hear)

    def _hear(self, event: str, arguments: tuple[object, ...]) -> None:
        if event != "open" or self.watched is None or not isinstance(arguments[0], str):
            return
        if os.path.realpath(arguments[0]) == self.watched:
            self.opened.append(arguments[0])


@pytest.fixture(scope="module")
def watch() -> Watch:
    return Watch()


@pytest.fixture
def away(tmp_path: Path, watch: Watch) -> Iterator[Path]:
    """A good picture outside, which nobody opens."""
    there = Home(tmp_path).paint("away/secret.png", seed=99)
    before = there.read_bytes(), there.stat().st_mtime_ns
    watch.watched, watch.opened = str(there), []
    yield there
    watch.watched = None
    assert watch.opened == []
    assert (there.read_bytes(), there.stat().st_mtime_ns) == before
    assert [path.name for path in there.parent.iterdir()] == ["secret.png"]


def link(home: Home, name: str, away: Path) -> Path:
    path = home.root / ORBS / name
    path.unlink(missing_ok=True)
    path.symlink_to(away)
    return path


def errors(said: Said) -> list[str]:
    return [line for line in said.err.splitlines() if line.startswith("error:")]


def notes(said: Said) -> list[str]:
    return [line for line in said.err.splitlines() if line.startswith("note:")]


def test_one_that_is_opened_would_be_noticed(away: Path, watch: Watch, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(away)
    assert (tmp_path / "link").read_bytes()
    assert watch.opened == [str(tmp_path / "link")]
    watch.opened.clear()


@pytest.mark.parametrize("dreamed", [False, True], ids=["fresh", "dreamed before"])
@pytest.mark.parametrize("name", LINKS)
def test_a_link_out_costs_what_it_stands_for_one_line(
    home: Home, away: Path, name: str, dreamed: bool
) -> None:
    whole = home.run("build") if dreamed else None
    assert whole is None or whole.code == 0, whole.err
    path = link(home, name, away)
    said = home.run("build")
    assert said.code == 1
    assert errors(said) == [f"error: orbs/{LINKS[name]}{REFUSED}"]
    assert path.is_symlink()
    assert path.readlink() == away
    costs = LINKS[name].partition(":")[0]
    assert notes(home.run("status")) == [], "the table says it"
    states = home.states()
    assert states.pop(costs) in ("missing", "stale")
    assert set(states.values()) == {"current"}
    assert broken_links(home.root / "site") == []
    shown = {path.stem for path in (home.root / "site/orbs").glob("*.html")}
    assert {"orb_2", "index"} <= shown
    readme = home.read("README.md").decode()
    assert f'"{ORBS}{name}"' not in readme
    assert "orb_2_conv_b.png" in readme
    for command in ("build", "site", "readme", "dream", "gc", "clean", "status", "doctor"):
        again = home.run(command)
        assert len(errors(again)) <= 1
        assert path.is_symlink()
    said = home.run("build", "--force")
    assert said.code == 1
    assert errors(said) == [f"error: orbs/{LINKS[name]}{REFUSED}"]
    assert path.is_symlink()
    path.unlink()
    if name in ("orb_1.png", "orb_3.png", "hand.png"):
        home.paint(f"{ORBS}{name}", seed=11)
    assert home.run("build").code == 0
    assert set(home.states().values()) == {"current"}
    assert not path.is_symlink()


def test_what_is_not_dreamed_is_told_of_as_well(tmp_path: Path, away: Path) -> None:
    home = Home(tmp_path / "home")
    home.write("portfolio.yaml", "title: Studies\nsite: {zip: true}\n")
    home.write("README.md", "<!-- dreamfolio:START collection=* -->\n<!-- dreamfolio:END -->\n")
    home.paint("collections/orbs/orb.png")
    for name in ("secret.png", "clip.mp4", "still.webm"):
        link(home, name, away)
    home.write("collections/orbs/film.mp4", b"a film")
    link(home, "film.poster.png", away)
    for command in ("build", "site", "readme"):
        said = home.run(command)
        assert said.code == 1
        assert errors(said) == [
            f"error: collections/orbs/{name}: {REFUSED}"
            for name in ("clip.mp4", "film.poster.png", "secret.png", "still.webm")
        ]
    said = home.run("status")
    assert said.code == 0
    assert notes(said) == [
        f"note: collections/orbs/{name}: {REFUSED}"
        for name in ("clip.mp4", "film.poster.png", "secret.png", "still.webm")
    ]
    assert {path.stem for path in (home.root / "site/orbs").glob("*.html")} == {"index", "orb"}
    assert "orb.png" in home.read("README.md").decode()
    assert "secret" not in home.read("README.md").decode()


@pytest.mark.parametrize("settings", ["readme: {originals: clean}", "site: {zip: true}"])
def test_no_copy_is_made_of_what_is_outside(home: Home, away: Path, settings: str) -> None:
    home.write("portfolio.yaml", f"{PORTFOLIO}{settings}\n")
    for name in ("orb_1.png", "orb_2_conv_b.png", "orb_2_conv_b.anim.mp4"):
        link(home, name, away)
    assert home.run("build").code == 1
    secret = Home(away.parent).paint("../twin.png", seed=99).read_bytes()
    for path in home.root.rglob("*"):
        assert path.is_symlink() or not path.is_file() or secret not in path.read_bytes(), path


def test_exploring_takes_no_mask_from_outside(home: Home, away: Path) -> None:
    link(home, "hand.png", away)
    home.write("collections/orbs/collection.yaml", "title: Orbs\nrecipe: {mask: hand.png}\n")
    said = home.run("explore", f"{ORBS}orb_1.png")
    assert said.code == 1
    assert errors(said) == [f"error: {ORBS}hand.png: {REFUSED}"]
