"""A digest of all that pages are made of: where it is the same, so would they be."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import json
from collections.abc import Hashable, Iterable
from dataclasses import replace
from datetime import date
from importlib import metadata
from operator import attrgetter
from pathlib import Path
from typing import Any

import jinja2

import dreamfolio
from dreamfolio.files import read_file
from dreamfolio.publish.site.themes import Theme, shipped_themes
from dreamfolio.publish.site.views import CollectionView, SiteView

# What turns views into pages, beside the code in this room.
_LIBRARIES = ("jinja2", "markupsafe")


def fingerprint(site: SiteView, collections: Iterable[CollectionView], theme: Theme) -> str | None:
    """A digest of everything that the pages of ``site`` by ``theme`` depend upon: of what is shown
    value by value, of the theme's files and whatever else it holds, and of the code.

    ``collections`` are the site's, none within another; they are taken one at a time, and none is
    held. The same in every place. ``None`` where something cannot be told, such as code in an
    archive: the pages must then be rendered to be known.
    """
    rest = {
        each.name: getattr(theme, each.name)
        for each in dataclasses.fields(theme)
        # The templates themselves, read below as files.
        if not isinstance(getattr(theme, each.name), jinja2.Environment) and each.name != "folders"
    }
    try:
        code = _code()
        # Any theme's templates may build upon those of any that ships.
        folders = (shipped_themes(), *theme.folders)
        files = [held for folder in folders if (held := _files(folder.rglob("*"), folder))]
        digest = hashlib.sha256()
        digest.update(_ENCODER.encode([code, files, rest, site]).encode())
        for collection in collections:
            # Piece by piece: as one text it would take more memory than it does itself.
            for part in (replace(collection, pieces=()), *collection.pieces):
                digest.update(_ENCODER.encode(part).encode())
    except (OSError, TypeError, ValueError):
        return None
    return digest.hexdigest()


def _parts(value: Any) -> Any:
    """``value``, which JSON does not know, by parts that it does; raises ``TypeError``."""
    if isinstance(value, date):
        return value.isoformat()
    kind: type = type(value)
    names = _fields(kind)
    if not names:
        raise TypeError(f"{value!r} has no parts")
    # The name first: a single field's getter gives no tuple.
    return attrgetter("__class__.__qualname__", *names)(value)


_ENCODER = json.JSONEncoder(default=_parts, check_circular=False, separators=(",", ":"))


@functools.cache
def _fields(kind: Hashable) -> tuple[str, ...]:
    return tuple(each.name for each in dataclasses.fields(kind))  # type: ignore[arg-type]


@functools.cache
def _code() -> list[str]:
    """The code of publishing by its bytes, of dreamfolio and of libraries by their versions."""
    folder = Path(__file__).parents[1]
    source = _files(folder.rglob("*.py"), folder)
    if not source:
        raise OSError("the code is in no folder")
    return [source, dreamfolio.__version__, *map(metadata.version, _LIBRARIES)]


def _files(paths: Iterable[Path], folder: Path) -> str:
    """A digest of the names and bytes of the files among ``paths`` in ``folder``; empty where
    there are none."""
    digest = hashlib.sha256()
    files = sorted(path for path in paths if path.is_file())
    for path in files:
        data = read_file(path)
        name = path.relative_to(folder).as_posix()
        digest.update(f"{name}\0{len(data)}\0".encode(errors="surrogateescape"))
        digest.update(data)
    return digest.hexdigest() if files else ""
