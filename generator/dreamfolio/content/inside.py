"""What belongs to a portfolio lies inside its folder: links and names that lead out are refused.

A portfolio may come from somebody else. What it names is shown to the world, and what it is told to
write is written, so neither may be anywhere else on its reader's disk. A link in the place of a
picture costs that picture alone; one in the place of what is read or written for all of a
collection is refused before anything is done.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from dreamfolio import local_state
from dreamfolio.content.discover import Found
from dreamfolio.content.layout import (
    COLLECTIONS,
    LOCK,
    MANIFEST,
    PAGES,
    PORTFOLIO,
    SITE,
    THEMES,
    THUMBS,
)
from dreamfolio.errors import ContentError, PictureError, Place

_OWN = frozenset({PORTFOLIO, COLLECTIONS, SITE, THEMES, local_state.FOLDER})
_PAGES = frozenset(name.lower() for name in PAGES)
_OF_COLLECTION = frozenset({MANIFEST, LOCK, THUMBS})
_SHARD = re.compile(r"[0-9a-f]{2}")
_MEND = "put a copy in its place, or remove it"


def leads_out(path: Path, root: Path) -> bool:
    """Whether ``path``, its links followed, is outside of ``root``. Nothing need be there."""
    # Not resolve(), which raises for links in a circle: those lead nowhere.
    return not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root))


def refuse_ways_out(root: Path, report: Callable[[ContentError], None]) -> bool:
    """Report the portfolio's own files and folders that are links out of it; say whether the
    collections are among them."""
    astray = [path for path in _own_links(root) if leads_out(path, root)]
    for path in astray:
        report(_out(path, root))
    return root / COLLECTIONS in astray


def refuse_links(found: Found, root: Path, report: Callable[[ContentError], None]) -> bool:
    """Report what of a collection's own files and folders is a link out of the portfolio; say
    whether any is."""
    links = (*filter(_is_own, found.links), *_folders_linked_in(found.folder / THUMBS))
    astray = [name for name in links if leads_out(found.folder / name, root)]
    for name in astray:
        report(_out(found.folder / name, root))
    return bool(astray)


def astray(found: Found, names: Iterable[str], root: Path) -> frozenset[str]:
    """What nobody may read or write in a collection's folder: those of its files, and of ``names``
    from there, that lead out of the portfolio."""
    links = (name for name in found.links if not _is_own(name))
    return frozenset(name for name in {*links, *names} if leads_out(found.folder / name, root))


def refused(path: Path, folder: Path | None = None) -> PictureError:
    """What is said of a picture, or a video, that is ``astray``: out of the portfolio, or out of
    another ``folder``."""
    return PictureError(_word(folder), place=Place(path), mend=_MEND)


def links_in(folder: Path) -> Iterator[Path]:
    """Every link in ``folder`` and below it, and ``folder`` itself if it is one."""
    if folder.is_symlink():
        yield folder
    for above, folders, files in os.walk(folder):
        yield from (path for name in (*folders, *files) if (path := Path(above, name)).is_symlink())


def _folders_linked_in(thumbs: Path) -> list[str]:
    # Files are replaced there when they are written, links and all; into folders it is written.
    try:
        with os.scandir(thumbs) as entries:
            return [f"{THUMBS}/{one.name}" for one in entries if one.is_symlink() and one.is_dir()]
    except OSError:
        return []


def _own_links(root: Path) -> Iterator[Path]:
    try:
        with os.scandir(root) as entries:
            links = sorted(entry.name for entry in entries if entry.is_symlink())
    except OSError:
        return
    yield from (root / name for name in links if name in _OWN or name.lower() == "readme.md")
    if local_state.FOLDER not in links:
        yield from _links_below(root / local_state.FOLDER)


def _links_below(folder: Path) -> Iterator[Path]:
    try:
        with os.scandir(folder) as entries:
            there = sorted(
                (one.name, one.is_symlink(), one.is_dir(follow_symlinks=False)) for one in entries
            )
    except OSError:
        return
    for name, is_link, is_folder in there:
        if is_link:
            yield folder / name
        # Of the cache's many files, each is replaced as it is written, links and all.
        elif is_folder and not _SHARD.fullmatch(name):
            yield from _links_below(folder / name)


def _is_own(name: str) -> bool:
    """Whether a collection reads or writes a file of this name for all of its pictures."""
    return name in _OF_COLLECTION or name.lower() in _PAGES


def _out(path: Path, root: Path) -> ContentError:
    return ContentError(_word(), place=Place(path.relative_to(root)), mend=_MEND)


def _word(folder: Path | None = None) -> str:
    return f"is a link that leads out of {folder or 'the portfolio'}"
