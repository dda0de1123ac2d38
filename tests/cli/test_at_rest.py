"""A command that left nothing to do says so again at a glance, until something is touched."""

from __future__ import annotations

import importlib
import os
import shutil
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

from dreamfolio.dream.networks import saved
from dreamfolio.store import looks
from helpers.home import PORTFOLIO, Home, make_home
from helpers.tiny_network import tiny_network

pytest.importorskip("keras")

# The last line of a build tells how long it took.
COMMANDS = ("site", "readme", "build")


class Counted:
    """Counts how often a command surveys the portfolio, as it must to look closely."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.times = 0
        for name in COMMANDS:
            module = importlib.import_module(f"dreamfolio.cli.commands.{name}")
            monkeypatch.setattr(module, "survey", self._counting(module.survey))

    def _counting(self, survey: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*arguments: Any) -> Any:
            self.times += 1
            return survey(*arguments)

        return counted


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counted:
    # As if every file had been there for a while, and no test had run before this one.
    monkeypatch.setattr(looks, "_FINE", 0)
    monkeypatch.setattr(looks, "_COARSE", 0)
    monkeypatch.setattr(saved, "_asked", set())
    return Counted(monkeypatch)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A portfolio with a theme, a watermark and a font of its own."""
    marked = f"{PORTFOLIO}site: {{watermark: {{file: mark.png}}}}\ntheme: mine\n"
    home = make_home(tmp_path / "home", marked)
    home.paint("mark.png", seed=9)
    home.write("themes/mine/static/extra.css", "a { color: red }\n")
    home.write("collections/orbs/collection.yaml", "title: Orbs\n")
    return home


def _said(home: Home, command: str) -> str:
    said = home.run(command)
    assert said.code == 0, said.err
    return "".join(line for line in said.err.splitlines(True) if not line.startswith("built in"))


def _at_rest(home: Home, command: str, counted: Counted) -> str:
    """Run the command until it need not look closely any more; what it says then."""
    for _ in range(4):
        before = counted.times
        said = _said(home, command)
        if counted.times == before:
            return said
    raise AssertionError(f"dreamfolio {command} looks closely again and again")


@pytest.mark.parametrize("command", COMMANDS)
def test_it_says_at_a_glance_what_a_close_look_would(
    home: Home, counted: Counted, command: str
) -> None:
    at_a_glance = _at_rest(home, command, counted)
    before, times = home.tree(), counted.times
    assert _said(home, command) == at_a_glance
    assert counted.times == times
    assert home.tree() == before
    home.forget()
    assert _said(home, command) == at_a_glance
    assert counted.times == times + 1


def test_a_site_is_at_rest_right_after_it_was_built(home: Home, counted: Counted) -> None:
    home.run("dream")
    assert "written" in _said(home, "site")
    assert _said(home, "site") == f"site/: up to date ({home.root / 'site/index.html'})\n"
    assert counted.times == 1


def _edit(home: Home) -> None:
    """To the same size, with the time of its last change set back."""
    file = home.root / "collections/orbs/collection.yaml"
    before = file.stat()
    file.write_text("title: Arbs\n")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def _spoil_a_page(home: Home) -> None:
    page = home.root / "site/index.html"
    page.write_bytes(page.read_bytes().replace(b"Studies", b"Studied"))


def _dream_by_another_network(home: Home) -> None:
    home.write("networks/tiny.keras", tiny_network(2))


TOUCHED: dict[str, Callable[[Home], Any]] = {
    "portfolio.yaml": lambda home: home.write("portfolio.yaml", f"# mine\n{PORTFOLIO}"),
    "a manifest": _edit,
    "a render": lambda home: home.paint("collections/orbs/orb_1.png", seed=5),
    "a render more": lambda home: home.paint("collections/orbs/orb_3.png", seed=3),
    "a collection more": lambda home: home.paint("collections/more/one.png", seed=4),
    "a dream removed": lambda home: (home.root / "collections/orbs/orb_1_conv_b.png").unlink(),
    "the lock": lambda home: home.write("collections/orbs/dreams.lock", b"{}"),
    "a theme's file": lambda home: home.write("themes/mine/static/extra.css", "a { color: tan }"),
    "a watermark": lambda home: home.paint("mark.png", seed=10),
    "the network": _dream_by_another_network,
    "a page of the site": _spoil_a_page,
    "the site": lambda home: shutil.rmtree(home.root / "site"),
    "the README": lambda home: home.write("README.md", b""),
}


@pytest.mark.parametrize("touch", TOUCHED.values(), ids=TOUCHED)
def test_whatever_is_touched_is_looked_at_closely(
    home: Home, counted: Counted, touch: Callable[[Home], Any]
) -> None:
    _at_rest(home, "build", counted)
    times = counted.times
    touch(home)
    home.run("build")
    assert counted.times > times


def test_what_is_touched_meanwhile_is_looked_at_by_the_next(
    home: Home, counted: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    _at_rest(home, "site", counted)
    home.write("portfolio.yaml", home.read("portfolio.yaml") + b"# mine\n")
    module = importlib.import_module("dreamfolio.cli.commands.site")
    publish_site = module.publish_site

    def meanwhile(*arguments: Any) -> Any:
        _edit(home)
        return publish_site(*arguments)

    monkeypatch.setattr(module, "publish_site", meanwhile)
    _said(home, "site")
    monkeypatch.setattr(module, "publish_site", publish_site)
    times = counted.times
    _said(home, "site")
    assert counted.times == times + 1
    assert b"Arbs" in home.read("site/index.html")


def test_what_was_written_a_moment_ago_is_looked_at_once_more(
    home: Home, counted: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.write("portfolio.yaml", "title: Studies\n")
    # Within one tick of its clock a file may be written twice, and look as if once.
    for tick in ("_FINE", "_COARSE"):
        monkeypatch.setattr(looks, tick, 60_000_000_000)
    for times in range(3):
        assert counted.times == times
        _said(home, "site")


def test_so_is_a_network_that_was_written_a_moment_ago(
    home: Home, counted: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    def beside(surveyed: object) -> list[Path]:
        # Looked at when all else was: from here on, as if it had just been written.
        for tick in ("_FINE", "_COARSE"):
            monkeypatch.setattr(looks, tick, 60_000_000_000)
        return [home.root / "networks/tiny.keras"]

    monkeypatch.setattr("dreamfolio.cli.at_rest._beside", beside)
    for times in range(3):
        assert counted.times == times
        for tick in ("_FINE", "_COARSE"):
            monkeypatch.setattr(looks, tick, 0)
        _said(home, "site")


def test_a_readme_without_a_place_for_tables_is_told_each_time(
    home: Home, counted: Counted
) -> None:
    home.run("dream")
    home.write("README.md", "Mine.\n")
    for times in range(3):
        assert counted.times == times
        assert "README.md" in _said(home, "readme")


@pytest.mark.parametrize("library", ["pillow", "av"])
def test_with_another_version_of_a_library_it_looks_closely(
    home: Home, counted: Counted, monkeypatch: pytest.MonkeyPatch, library: str
) -> None:
    _at_rest(home, "site", counted)
    times, version = counted.times, metadata.version
    monkeypatch.setattr(
        metadata, "version", lambda name: "99.0" if name == library else version(name)
    )
    _said(home, "site")
    assert counted.times == times + 1


def test_with_another_dreamfolio_it_looks_closely(
    home: Home, counted: Counted, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    monkeypatch.setattr("dreamfolio.cli.at_rest.shipped_themes", lambda: shipped)
    _at_rest(home, "site", counted)
    times = counted.times
    (shipped / "piece.html.j2").touch()
    _said(home, "site")
    assert counted.times == times + 1


def test_warnings_are_said_again(home: Home, counted: Counted) -> None:
    home.write("collections/orbs/photo.heic", b"\0\0\0\x18ftypheic")
    said = _at_rest(home, "build", counted)
    assert said.splitlines()[-1].startswith("note: 1 file is not shown: collections/orbs/photo")


def test_while_a_picture_cannot_be_read_it_says_so_each_time(home: Home, counted: Counted) -> None:
    home.write("collections/orbs/orb_2.png", home.read("collections/orbs/orb_2.png")[:200])
    for times in range(3):
        assert counted.times == times
        said = home.run("site")
        assert said.code == 1
        assert "orb_2.png" in said.err


def test_while_a_network_is_missing_each_build_looks_for_it(home: Home, counted: Counted) -> None:
    (home.root / "networks/tiny.keras").unlink()
    for _ in range(3):
        times = counted.times
        said = home.run("build")
        assert said.code == 1
        assert counted.times > times
        assert "tiny.keras" in said.err


def test_a_network_that_comes_to_be_there_is_noticed(home: Home, counted: Counted) -> None:
    network = home.root / "networks/tiny.keras"
    home.write("portfolio.yaml", PORTFOLIO.replace("  layers: [conv_b]\n", ""))
    weights = network.read_bytes()
    network.unlink()
    _at_rest(home, "build", counted)
    times = counted.times
    network.write_bytes(weights)
    home.run("build")
    assert counted.times == times + 1


def test_forced_and_initialised_are_no_glance(home: Home, counted: Counted) -> None:
    _at_rest(home, "readme", counted)
    times = counted.times
    home.run("readme", "--init")
    assert counted.times == times + 1
    _at_rest(home, "build", counted)
    times = counted.times
    home.run("build", "--force")
    assert counted.times > times


def test_a_portfolio_that_is_moved_is_looked_at_closely(
    home: Home, counted: Counted, tmp_path: Path
) -> None:
    _at_rest(home, "site", counted)
    times = counted.times
    moved = Home(tmp_path / "moved")
    home.root.rename(moved.root)
    assert str(moved.root) in _said(moved, "site")
    assert counted.times == times + 1


def test_memory_does_not_grow_with_the_pieces(home: Home, counted: Counted) -> None:
    """What it takes at rest is what one file takes, however many there are."""
    import tracemalloc

    _at_rest(home, "site", counted)
    few = many = 0
    for count in (0, 3000):
        for number in range(count):
            home.write(f"collections/orbs/notes/{number:05}.txt", b"")
        _at_rest(home, "site", counted)
        tracemalloc.start()
        _said(home, "site")
        few, many = many, tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert many < few + 200_000
