"""What counts as a change, and what is one burst of them. No test rests on how fast it goes."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from dreamfolio.serve.sources import Sources
from dreamfolio.serve.watching import bursts
from helpers.waiting import until


class Watched:
    """The portfolio at ``root``, watched; ``seen`` holds each burst as names below ``root``."""

    def __init__(self, root: Path):
        self.root = root
        self.seen: list[set[str]] = []
        self.polling: list[str] = []
        self.ended = threading.Event()
        self._stop = threading.Event()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        assert self._ready.wait(60)

    def _watch(self) -> None:
        sources = Sources(self.root)
        for burst in bursts(sources, self._stop.is_set, self.polling.append):
            self._ready.set()
            if burst:
                self.seen.append(set(sources.shown(burst)))
        self.ended.set()

    @property
    def names(self) -> set[str]:
        return set().union(*self.seen)

    def wait_for(self, name: str) -> None:
        until(lambda: name in self.names, f"{name} was not noticed, only {self.seen}")

    def stop(self) -> None:
        self._stop.set()
        assert self.ended.wait(60)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for folder in ("collections/orbs", "themes/gallery"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "portfolio.yaml").write_text("title: Before\n")
    return tmp_path


@pytest.fixture
def watched(root: Path) -> Iterator[Watched]:
    watched = Watched(root)
    yield watched
    watched.stop()
    assert watched.polling == []


def marker(watched: Watched, name: str = "collections/orbs/collection.yaml") -> None:
    """A change that is noticed after all that went before it. It is made again until it is: of what
    comes into a new folder with it, the folder may be all that is heard."""
    file = watched.root / name
    until(lambda: file.write_text("title: Orbs\n") and name in watched.names, f"{watched.seen}")


@pytest.mark.parametrize(
    "name",
    [
        "portfolio.yaml",
        "portfolio.yml",
        "collections/orbs/collection.yaml",
        "collections/orbs/dreams.lock",
        "collections/orbs/orb.png",
        "collections/orbs/clip.mp4",
        "collections/orbs/Orb.JPEG",
        "collections/orbs/series.1/part/orb.webp",
        "themes/gallery/piece.html.j2",
        "themes/gallery/static/style.css",
    ],
)
def test_what_a_site_is_made_from_is_watched(watched: Watched, name: str) -> None:
    (watched.root / name).parent.mkdir(parents=True, exist_ok=True)
    (watched.root / name).write_text("x: 1\n")
    # A new folder may be all that is heard of what came with it.
    parents = {parent.as_posix() for parent in Path(name).parents}
    until(lambda: watched.names & {name, *parents})


def test_what_it_is_not_made_from_is_not(watched: Watched) -> None:
    for name in (
        "site/index.html",
        ".dreamfolio/digests.json",
        "README.md",
        "notes/collection.yaml",
        "collections/orbs/.dreamfolio-x1.part",
        "collections/orbs/.orb.png.swp",
        "collections/orbs/collection.yaml~",
        "collections/orbs/thumbs/orb.png.webp",
        "collections/orbs/scene.py",
        "collections/orbs/scene.blend1",
        "themes/gallery/.DS_Store",
    ):
        (watched.root / name).parent.mkdir(exist_ok=True)
        (watched.root / name).write_text("x")
    marker(watched)
    assert watched.names == {"collections/orbs/collection.yaml"}


def test_a_file_that_an_editor_replaces_is_watched_again(watched: Watched) -> None:
    for title in ("One", "Two", "Three"):
        seen = len(watched.seen)
        fresh = watched.root / "portfolio.new"
        fresh.write_text(f"title: {title}\n")
        fresh.replace(watched.root / "portfolio.yaml")
        until(lambda seen=seen: len(watched.seen) > seen)  # type: ignore[misc]
    assert watched.names == {"portfolio.yaml"}


def test_what_is_deleted_or_renamed_is_noticed(watched: Watched) -> None:
    (watched.root / "collections/orbs/orb.png").write_bytes(b"x")
    watched.wait_for("collections/orbs/orb.png")
    watched.seen.clear()
    (watched.root / "collections/orbs/orb.png").rename(watched.root / "collections/orbs/ball.png")
    watched.wait_for("collections/orbs/orb.png")
    watched.wait_for("collections/orbs/ball.png")
    shutil.rmtree(watched.root / "collections/orbs")
    watched.wait_for("collections/orbs")


def test_many_pictures_at_once_are_a_few_bursts(watched: Watched) -> None:
    pictures = {f"collections/orbs/orb_{number}.png" for number in range(100)}
    for name in pictures:
        (watched.root / name).write_bytes(b"x" * 10_000)
    until(lambda: pictures <= watched.names)
    assert len(watched.seen) < 20


def test_folders_that_come_later_are_watched_too(tmp_path: Path) -> None:
    (tmp_path / "portfolio.yaml").write_text("title: Before\n")
    watched = Watched(tmp_path)
    (tmp_path / "collections/orbs").mkdir(parents=True)
    watched.wait_for("collections")
    marker(watched)
    shutil.rmtree(tmp_path / "collections")
    (tmp_path / "collections/orbs").mkdir(parents=True)
    marker(watched, "collections/orbs/dreams.lock")
    watched.stop()


def test_where_the_system_tells_of_nothing_it_is_looked_for(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import watchfiles

    from dreamfolio.serve import watching

    def exhausted(*paths: Path, force_polling: bool | None, **options: object) -> object:
        if not force_polling:
            raise OSError(28, "no space left for watches")
        return watchfiles.watch(*paths, force_polling=True, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(watching, "watch", exhausted)
    watched = Watched(root)
    marker(watched)
    assert watched.polling == ["no space left for watches"]
    watched.stop()
