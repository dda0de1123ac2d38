"""Portfolios where a build has something of everything to do, and what must hold of them after any
mishap: nothing lost, nothing torn, one clear line, and the next build makes good."""

from __future__ import annotations

import json
import random
import shutil
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from errno import EACCES, EIO, ENOENT, ENOSPC, EROFS
from pathlib import Path
from typing import Any
from unittest import mock

import jinja2
from PIL import Image

from dreamfolio.dream.look import LOOK
from dreamfolio.files import sha256
from dreamfolio.pictures.encode import encode
from dreamfolio.plan.task import TO_DO, State
from dreamfolio.store import lock as locks
from dreamfolio.store.lock import Entry
from helpers import secrets, videos
from helpers.faults import TAKE_ROOM, Disk, Fault, Point
from helpers.home import Home, Said, make_home
from helpers.portfolio import Tree, paint

Files = Mapping[str, bytes]

_PORTFOLIO = """\
title: Studies
theme: plain
url: https://example.org/
cache: kept
readme: {originals: clean, width: 16}
site: {widths: [16], formats: [webp], zip: true}
dream: {model: inception_v3, layers: [mixed3]}
"""
_MANIFEST = """\
title: Nights
description: What the *dark* holds.
pieces:
  - source: lamp.png
    alt: A lamp
  - source: film.mp4
"""
_README = """\
# Mine

<!-- dreamfolio:START collection=* -->
<!-- dreamfolio:END -->

Words of my own.
"""
# Written by hand or belonging to somebody: no build may touch any of it.
_BY_HAND = (
    "portfolio.yaml",
    "collections/*/collection.yaml",
    "networks/*",
    "collections/orbs/orb_?.png",
    "collections/days/dawn.png",
    "collections/days/noon.png",
    "collections/days/dusk.png",
    "collections/nights/lamp.png",
    "collections/nights/moth.png",
    "collections/nights/film.*",
    "collections/nights/moth_mixed5.png",
    "collections/days/noon_mixed3.png",
    "collections/days/old_mixed4.png",
    "collections/nights/thumbs/lamp_mixed3.png.webp",
    "site/CNAME",
    "site/pictures/mine.png",
)
_SOURCES = ("dawn", "noon", "dusk")
# Beside the cache, which is one, what this machine only remembers.
_MEMORY = ".dreamfolio/"
CACHE = "kept/"
# By these alone a build knows its own files. One that is gone when it looks, and back when it is
# done, was replaced by one that knows fewer: the rest is then kept and told, as somebody's own.
_RECORDS = ("thumbs.json", "clean.json", ".dreamfolio.json")
# No longer needed, if only it could be told.
_MAY_STAY = ("collections/days/lost_mixed4.png",)
# Thumbnails of a collection that is gone can go another day.
_LATER = ("collections/gone/thumbs/",)


@dataclass(frozen=True)
class Endured:
    """A build that a fault struck: what it said, and what was wrong with it or the next one."""

    fault: Fault
    said: Said
    wrong: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.fault}: {'; '.join(self.wrong)}\n{self.said.everything}"


class Portfolio:
    """A portfolio, kept as it is before and as it is after an undisturbed build. In that which is
    ``busy`` no network is needed: all dreams that are to be made are in the cache."""

    def __init__(self, folder: Path, make: Callable[[Path], None] | None = None):
        self._before = folder / "before"
        self.home = Home(folder / "home")
        (make or busy)(self._before)
        self.reset()
        self.before = files(self.home.root)
        with Disk(self.home.root).watched() as disk:
            said = self.build()
        assert said.code == 0, said.everything
        self.points: tuple[Point, ...] = tuple(dict.fromkeys(disk.points))
        self.after = files(self.home.root)

    def build(self) -> Said:
        """Build, with templates parsed once for all builds: half of the time goes into that."""
        with (
            mock.patch.object(jinja2.Environment, "parse", _once(jinja2.Environment.parse)),
            mock.patch.object(jinja2.Environment, "compile", _once(jinja2.Environment.compile)),
        ):
            return self.home.run("build")

    def reset(self) -> None:
        """As before."""
        shutil.rmtree(self.home.root, ignore_errors=True)
        shutil.copytree(self._before, self.home.root)

    def endures(self, fault: Fault) -> Endured | None:
        """Build with ``fault``, and once more without: what was wrong, with all that was said.
        ``None`` where the fault did not strike, since the run took another way."""
        self.reset()
        with Disk(self.home.root, fault).watched() as disk:
            said = self.build()
        if disk.struck is None:
            return None
        left = files(self.home.root)
        wrong = [*_told(said, fault), *self.kept(left), *self._ended(said, left, fault)]
        again = self.build()
        if fault.error == ENOENT and Path(fault.point.file).name in _RECORDS:
            return Endured(fault, said, tuple(wrong))
        # What vanished is not there to be removed, as far as anybody can know.
        spared = fault.point.file if fault.error == ENOENT else None
        wrong += self.recovered(again, spared)
        return Endured(fault, said, tuple(wrong))

    def kept(self, left: Files) -> Iterator[str]:
        """What of what is nobody's to touch was touched, and what is torn."""
        for name in self.by_hand:
            if left.get(name) != self.before[name]:
                yield f"{name} was {'changed' if name in left else 'removed'}"
        for name in left:
            if problem := torn(self.home.root / name):
                yield f"{name} is torn ({problem})"
            if _is_dream(name):
                whole = (self.before.get(name), self.after.get(name))
                if left[name] not in whole:
                    yield f"{name} is neither what it was nor what it was to be"
        for name in self.before:
            if _is_dream(name) and name not in left:
                yield f"{name} is gone"

    def recovered(self, said: Said, spared: str | None = None) -> Iterator[str]:
        """What an undisturbed build did not make good, but for what is ``spared``."""
        if said.code:
            yield f"the next build ended with {said.code}: {said.err}"
        now = files(self.home.root)
        for name in sorted(now.keys() | self.after.keys()):
            if name.startswith(CACHE) or name == spared:
                continue
            if now.get(name) != self.after.get(name):
                yield f"the next build did not make good {name}"
        for name in sorted(self.home.root.rglob("*.part")):
            yield f"{name.name} was left behind"

    def _ended(self, said: Said, left: Files, fault: Fault) -> Iterator[str]:
        if said.code == 2:
            changed = [name for name in left if left[name] != self.before.get(name)]
            if changed:
                yield f"it ended with 2, but wrote {changed}"
        elif said.code == 0 and fault.error != ENOENT and fault.point.file not in _MAY_STAY:
            # One that vanished is not there; whatever else is wrong costs something.
            for name in sorted(left.keys() | self.after.keys()):
                if not name.startswith((CACHE, *_LATER)) and left.get(name) != self.after.get(name):
                    yield f"it said that all is well, but {name} is not as it should be"
        elif said.code not in (0, 1):
            yield f"it ended with {said.code}"

    @property
    def by_hand(self) -> tuple[str, ...]:
        """What is nobody's to touch."""
        return tuple(
            path.relative_to(self._before).as_posix()
            for pattern in _BY_HAND
            for path in sorted(self._before.glob(pattern))
        )


_templates: dict[tuple[Any, ...], Any] = {}


def _once(real: Callable[..., Any]) -> Callable[..., Any]:
    def made(environment: jinja2.Environment, source: str, *names: str | None) -> Any:
        key = (real.__name__, source, *names)
        if key not in _templates:
            _templates[key] = real(environment, source, *names)
        return _templates[key]

    return made


def _is_dream(name: str) -> bool:
    return name.startswith("collections/") and name.endswith(".png") and "/thumbs/" not in name


def faults(points: Sequence[Point]) -> list[Fault]:
    """Every fault that can strike at ``points``."""
    found = []
    for point in points:
        errors = [EIO, EACCES]
        if point.operation not in ("write", "fsync", "read"):
            errors.append(ENOENT)  # What is open does not vanish.
        if point.writes:
            errors += [EROFS, ENOSPC]
        if point.operation in TAKE_ROOM:
            found.append(Fault(point, ENOSPC, stays=True))
        found += [Fault(point, error) for error in errors]
    return found


def few(faults: Sequence[Fault]) -> list[Fault]:
    """One of each kind of operation in each kind of place, with each error in turn."""
    by_kind: dict[tuple[str, str], list[Fault]] = {}
    for fault in faults:
        folder = fault.point.file.partition("/")[0]
        key = (fault.point.operation, folder if "." not in folder else "")
        by_kind.setdefault(key, []).append(fault)
    return [found[7 * i % len(found)] for i, found in enumerate(by_kind.values())]


def files(root: Path) -> dict[str, bytes]:
    """Every file below ``root`` by its path, less what this machine only remembers."""
    return {
        name: path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
        and not (name := path.relative_to(root).as_posix()).startswith(_MEMORY)
        and not name.endswith((".part", ".gitignore"))
    }


def torn(file: Path) -> str | None:
    """Why a file is not whole, where it is not."""
    try:
        if file.suffix in (".png", ".webp", ".jpg"):
            with Image.open(file) as image:
                image.load()
        elif file.suffix in (".json", ".lock", ".webmanifest"):
            json.loads(file.read_bytes())
        elif file.suffix == ".zip":
            with zipfile.ZipFile(file) as archive:
                assert archive.testzip() is None
        elif file.suffix == ".html":
            assert file.read_text("utf-8").rstrip().endswith("</html>"), "it does not end"
        elif file.suffix == ".mp4":
            assert file.read_bytes() == videos.BYTES
    except Exception as error:
        return str(error) or type(error).__name__
    return None


def _told(said: Said, fault: Fault) -> Iterator[str]:
    """What is not clear in what was said."""
    errors = [line for line in said.err.splitlines() if line.startswith("error: ")]
    if said.code == 0:
        return
    if not errors:
        yield "it failed without a word"
    for line in errors:
        if "; " not in line:
            yield f"no mend: {line}"
    struck = Path(fault.point.file)
    names = {CACHE.strip("/") if struck.is_relative_to(CACHE) else struck.name, struck.parent.name}
    if (
        struck.suffix != ".part"
        and not fault.stays
        and not any(name and name in said.err for name in names)
    ):
        yield f"no line names {struck}"
    if not any(line.partition(" ")[2].partition(": ")[0] for line in errors):
        yield "no line names a file"


def dreaming(root: Path) -> None:
    """Two renders and a network of three convolutions at ``root``, and nothing dreamed yet."""
    make_home(root)


def busy(root: Path) -> None:
    """A portfolio at ``root`` on which its artist went on working since the last build."""
    home, tree = Home(root), Tree(root)
    home.write("portfolio.yaml", _PORTFOLIO)
    tree.collection("days", *(f"{name}.png" for name in _SOURCES))
    tree.collection("nights", "lamp.png", "film.poster.png", manifest=_MANIFEST)
    secrets.png(tree.folder("nights") / "lamp.png")
    videos.sealed(tree.folder("nights") / "film.mp4")
    tree.collection("gone", "away.png")
    tree.dreamt()
    _with_provenance(tree)
    home.write("README.md", _README)
    said = home.run("build")
    assert said.code == 0, said.everything
    # Now an artist goes on working: whatever a build can have to do comes up at once.
    cache = tree.survey().cache
    dawn = locks.read(tree.folder("days") / locks.FILE)["dawn_mixed3.png"]
    _add_orphan_and_lost(tree, dawn)
    cache.put(dawn.key or "", ".png", (tree.folder("days") / "dawn_mixed3.png").read_bytes())
    (tree.folder("days") / "dawn_mixed3.png").unlink()
    paint(tree.folder("days") / "dusk.png", 77)
    paint(tree.folder("days") / "noon_mixed3.png", 78)
    paint(tree.folder("nights") / "moth.png")
    paint(tree.folder("nights") / "moth_mixed5.png")
    paint(tree.folder("nights") / "thumbs/lamp_mixed3.png.webp", 79)
    for one in tree.folder("gone").glob("*.*"):
        one.unlink()
    home.write("site/CNAME", "example.org\n")
    paint(root / "site/pictures/mine.png")
    for number, task in enumerate(tree.survey().tasks):
        if task.key and task.state in TO_DO and task.state is not State.RESTORABLE:
            cache.put(task.key, task.suffix, _dream(100 + number))
    shutil.rmtree(root / ".dreamfolio", ignore_errors=True)


def _with_provenance(tree: Tree) -> None:
    """Dreams that say inside what dreamed them, as those of an engine do."""
    for path in tree.root.glob(f"collections/*/{locks.FILE}"):
        lock = locks.read(path)
        for number, (file, entry) in enumerate(sorted(lock.items())):
            picture = _dream(number)
            (path.parent / file).write_bytes(picture)
            lock[file] = replace(entry, output=sha256(picture))
        locks.write(path, lock)


def _dream(seed: int) -> bytes:
    image = Image.frombytes("RGB", (5, 4), random.Random(seed).randbytes(60))
    return encode(image, ".png", {"versions": {"look": str(LOOK)}})


def _add_orphan_and_lost(tree: Tree, like: Entry) -> None:
    """A dream whose variant left the manifest, and a line of one that is not even there."""
    folder = tree.folder("days")
    lock = locks.read(folder / locks.FILE)
    for name in ("old_mixed4.png", "lost_mixed4.png"):
        picture = _dream(len(name))
        lock[name] = replace(like, key=sha256(name.encode()), output=sha256(picture))
        (folder / name).write_bytes(picture)
    (folder / "lost_mixed4.png").unlink()
    locks.write(folder / locks.FILE, lock)
