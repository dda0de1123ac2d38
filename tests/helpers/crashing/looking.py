"""Looking at what a command that was cut off has left."""

from __future__ import annotations

import io
import json
import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Mapping
from pathlib import Path, PurePath

from PIL import Image, ImageSequence

from dreamfolio.files import sha256
from helpers.crashing.studio import BY_HAND, sources

Tree = Mapping[str, tuple[int, bytes]]
"""Each file of a portfolio with the time of its last change and its bytes."""

# This machine's own: times and inodes of files, and the lock itself.
_MACHINES_OWN = {"digests.json", "at_rest.json", "lock", "at_work.json"}
# What grows while a command goes on, so that it has states between its first and its last.
_GROWING = {"dreams.lock", "thumbs.json", "clean.json", "told.json", "digests.json"}
_SEALED = re.compile(rb"(.*)\ndreamfolio-sha256 ([0-9a-f]{64}) of [0-9a-f]{64}\n", re.DOTALL)
_PICTURES = {".png", ".webp", ".jpg", ".avif", ".gif"}


def tree_of(root: Path) -> Tree:
    """The portfolio at ``root`` as it is."""
    return {
        path.relative_to(root).as_posix(): (path.stat().st_mtime_ns, path.read_bytes())
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def lasting(tree: Tree) -> dict[str, bytes]:
    """What has to be the same after every run: all but what is this machine's own."""
    return {
        name: data
        for name, (_, data) in tree.items()
        if not (name.startswith(".dreamfolio/") and PurePath(name).name in _MACHINES_OWN)
    }


def parts(tree: Tree) -> list[str]:
    """Files that somebody was writing."""
    return [name for name in tree if name.endswith(".part")]


def by_hand(root: Path) -> dict[str, tuple[int, bytes]]:
    """What the artist has made, which nobody else may touch; the README apart."""
    return {
        name: ((root / name).stat().st_mtime_ns, (root / name).read_bytes())
        for name in (*BY_HAND, *sources(root))
    }


def around_tables(readme: bytes) -> list[bytes]:
    """The lines of a README that are not between markers."""
    return re.split(rb"(?<=-->\n).*?(?=<!-- dreamfolio:END)", readme, flags=re.DOTALL)


def torn(tree: Tree, before: Tree, after: Tree) -> list[str]:
    """The files that are neither as they were before nor as they are after an undisturbed run,
    nor whole ones on the way between."""
    found = []
    for name, (_, data) in tree.items():
        known = [states[name][1] for states in (before, after) if name in states]
        if data in known or name.endswith(".part") or _is_nothing(name, data):
            continue
        growing = PurePath(name).name in _GROWING or name.startswith((".dreamfolio/", "site/."))
        if not growing or not is_whole(name, data):
            found.append(name)
    return found


def is_whole(name: str, data: bytes) -> bool:
    """Whether a file opens, and parses, to its end."""
    kind = PurePath(name).suffix
    try:
        if kind in (".json", ".lock", ".webmanifest"):
            json.loads(data)
        elif kind in (".xml", ".svg"):
            ET.fromstring(data)
        elif kind == ".html":
            return data.rstrip().endswith(b"</html>")
        elif kind in (".zip", ".npz"):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                return archive.testzip() is None
        elif kind in _PICTURES:
            with Image.open(io.BytesIO(data)) as picture:
                for frame in ImageSequence.Iterator(picture):
                    frame.load()
        if name.startswith(".dreamfolio/cache/"):
            sealed = _SEALED.fullmatch(data)
            return sealed is not None and sha256(sealed[1]) == sealed[2].decode()
    except (ValueError, OSError, ET.ParseError, zipfile.BadZipFile, EOFError):
        return False
    return True


def dreams_of(tree: Tree) -> dict[str, str]:
    """The digest of the picture of every dream that locks tell of, by its key."""
    return {
        entry["key"]: entry["output"]
        for name, (_, data) in tree.items()
        if name.endswith("/dreams.lock")
        for entry in json.loads(data)["variants"].values()
        if entry["key"]
    }


def finished(tree: Tree, dreams: Mapping[str, str]) -> set[str]:
    """The keys of those ``dreams`` whose picture stands somewhere: in its place or in the cache. A
    film in the cache is but a half of its dream."""
    entries = (PurePath(name) for name in tree if name.startswith(".dreamfolio/cache/"))
    cached = {entry.stem for entry in entries if entry.suffix not in (".mp4", ".part")}
    placed = {sha256(data) for name, (_, data) in tree.items() if name.startswith("collections/")}
    return {key for key, output in dreams.items() if key in cached or output in placed}


def _is_nothing(name: str, data: bytes) -> bool:
    """Whether it says nothing: what is written in place, since nobody relies on it."""
    return name in (".dreamfolio/at_work.json", ".dreamfolio/lock") or (
        name == ".dreamfolio/.gitignore" and not data
    )
