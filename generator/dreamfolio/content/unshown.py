"""Files in a collection that look as if they should be shown, and are not."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

from dreamfolio.content.layout import COLLECTIONS
from dreamfolio.content.objects import Portfolio
from dreamfolio.pictures.decode import is_picture
from dreamfolio.pictures.foreign import of_suffix
from dreamfolio.pictures.opened import special
from dreamfolio.pictures.video import is_video


@dataclass(frozen=True, slots=True)
class Unshown:
    """A file that is passed over: what it is, and what to do where it should be shown."""

    path: Path
    what: str
    mend: str


def unshown(portfolio: Portfolio) -> Iterator[Unshown]:
    """Pictures and videos of other formats than dreamfolio takes, and whatever only bears the name
    of one: a pipe, a socket. By their names alone; nothing is opened.

    Also what lies beside the collections, and in none."""
    yield from _astray(portfolio.root / COLLECTIONS)
    for collection in portfolio.collections:
        try:
            there = set(os.listdir(collection.folder))  # noqa: PTH208  (the names alone)
        except OSError:
            continue
        # Those that are shown, most of all files, need no second look.
        for name in sorted(there - {*collection.pictures, *collection.videos}):
            if name.startswith("."):
                continue
            path = collection.folder / name
            if (known := of_suffix(PurePath(name).suffix)) and path.is_file():
                yield Unshown(path, *known)
            elif (is_picture(path) or is_video(path)) and (kind := special(path)):
                yield Unshown(path, kind, "take it out of the collection")


def _astray(collections: Path) -> Iterator[Unshown]:
    try:
        with os.scandir(collections) as entries:
            names = sorted(entry.name for entry in entries if entry.is_file())
    except OSError:
        return
    for name in names:
        path = collections / name
        if is_picture(path) or is_video(path):
            yield Unshown(path, "in no collection", "move it into a folder there")
