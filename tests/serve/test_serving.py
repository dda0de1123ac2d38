"""The whole story without a server: what is built when, and what pages are told."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from dreamfolio.serve.listener import Listener
from dreamfolio.serve.live import Live
from dreamfolio.serve.rebuilding import Rebuilt, rebuild
from dreamfolio.serve.serving import keep_up
from helpers.site import picture
from helpers.waiting import until


class Kept(Listener):
    """The portfolio at ``root``, kept up to date in a thread."""

    def __init__(self, root: Path):
        self.root = root
        self.live = Live()
        self.builds: list[tuple[Rebuilt, tuple[str, ...]]] = []
        self._stop = threading.Event()
        self._thread = threading.Thread(
            target=keep_up,
            args=(root, self.live, self, self._stop.is_set),
            kwargs={"dream": False},
            daemon=True,
        )
        self._thread.start()
        until(lambda: self.builds)

    def rebuilt(self, rebuilt: Rebuilt, changed: Sequence[str]) -> None:
        self.builds.append((rebuilt, tuple(changed)))

    @property
    def page(self) -> str:
        return (self.root / "site/index.html").read_text("utf-8")

    def stop(self) -> None:
        self._stop.set()
        self._thread.join(60)
        assert not self._thread.is_alive()


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Kept]:
    picture(tmp_path / "collections/orbs/orb_1.png")
    (tmp_path / "portfolio.yaml").write_text("title: Studies\nsite: {widths: [24]}\n")
    kept = Kept(tmp_path)
    yield kept
    kept.stop()


def write(path: Path, text: str) -> None:
    """In one step: a half written file would be a change of its own."""
    part = path.with_suffix(".part")
    part.write_text(text)
    part.replace(path)


def blacken(mark: Path) -> None:
    picture(mark.with_name("part.png"), (8, 8), "#000000").replace(mark)


def test_an_edit_gives_another_version(kept: Kept) -> None:
    before = kept.live.state
    assert "Studies" in kept.page
    write(kept.root / "portfolio.yaml", "title: Etudes\nsite: {widths: [24]}\n")
    until(lambda: kept.live.state.version != before.version)
    assert "Etudes" in kept.page


def marked(kept: Kept) -> Path:
    """A white watermark, which the portfolio asks for from now on."""
    mark = picture(kept.root / "marks/mine.png", (8, 8), "#ffffff")
    asked = "{file: marks/mine.png, smallest: 1}"
    write(kept.root / "portfolio.yaml", f"site: {{widths: [24], watermark: {asked}}}\n")
    return mark


def test_a_watermark_is_watched_wherever_it_lies(kept: Kept) -> None:
    mark = marked(kept)
    until(lambda: len(kept.builds) >= 2)
    blacken(mark)
    until(lambda: len(kept.builds) >= 3)
    assert [changed for _, changed in kept.builds[1:]] == [("portfolio.yaml",), ("marks/mine.png",)]
    assert kept.builds[-1][0].changed


def test_a_watermark_that_changes_while_it_is_put_on_is_put_on_anew(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = kept.root / "marks/mine.png"

    def slow(*arguments: Any) -> Rebuilt:
        rebuilt = rebuild(*arguments)
        monkeypatch.setattr("dreamfolio.serve.serving.rebuild", rebuild)
        blacken(mark)
        return rebuilt

    monkeypatch.setattr("dreamfolio.serve.serving.rebuild", slow)
    marked(kept)
    until(lambda: len(kept.builds) >= 3)
    assert kept.builds[2][1] == ("marks/mine.png",)
    assert kept.builds[2][0].changed


def test_what_changes_nothing_reloads_nothing(kept: Kept) -> None:
    version = kept.live.state.version
    (kept.root / "collections/orbs/orb_1.png").touch()
    until(lambda: len(kept.builds) >= 2)
    assert kept.live.state.version == version


def test_a_mistake_is_told_and_forgotten_once_mended(kept: Kept) -> None:
    version = kept.live.state.version
    manifest = kept.root / "collections/orbs/collection.yaml"
    write(manifest, "titel: Orbs\n")
    until(lambda: kept.live.state.problems)
    assert kept.live.state.kept
    assert kept.live.state.version == version
    write(manifest, "title: Spheres\n")
    until(lambda: not kept.live.state.problems)
    assert not kept.live.state.kept
    assert "Spheres" in kept.page


def test_what_a_build_writes_itself_starts_no_other(kept: Kept) -> None:
    for number in (2, 3, 4):
        builds = len(kept.builds)
        colour = f"#{number}0{number}0a0"
        fresh = picture(kept.root / "aside/orb.png", colour=colour)
        fresh.replace(kept.root / f"collections/orbs/orb_{number}.png")
        until(lambda builds=builds: len(kept.builds) > builds)  # type: ignore[misc]
    # A last one, so that what went before it would have been noticed.
    write(kept.root / "portfolio.yaml", "title: Last\nsite: {widths: [24]}\n")
    until(lambda: "portfolio.yaml" in kept.builds[-1][1])
    causes = [set(changed) for _, changed in kept.builds]
    assert causes[0] == set(), "the first build needs no cause"
    assert all(causes[1:]), "no other one is without a cause"
    pictures = {f"collections/orbs/orb_{number}.png" for number in (2, 3, 4)}
    assert set().union(*causes) == {*pictures, "portfolio.yaml"}


def test_what_mends_it_may_lie_where_nobody_watches(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dreamfolio.serve.serving._HEALED_SECONDS", 0.5)
    site = kept.root / "site"
    site.rename(kept.root / "aside")
    site.write_text("a file in its place")
    write(kept.root / "portfolio.yaml", "title: Etudes\nsite: {widths: [24]}\n")
    until(lambda: kept.live.state.problems)
    site.unlink()
    (kept.root / "aside").rename(site)
    until(lambda: not kept.live.state.problems)
    assert "Etudes" in kept.page
