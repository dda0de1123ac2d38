"""What belongs to a portfolio lies inside its folder: links and names that lead out are refused.

A portfolio may come from somebody else. What it names is shown to the world, and what it is told to
write is written, so neither may be anywhere else on its reader's disk.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from dreamfolio import local_state
from dreamfolio.content.discover import Found
from dreamfolio.content.layout import COLLECTIONS, PORTFOLIO, SITE, THEMES, THUMBS
from dreamfolio.errors import ContentError, Place

_OWN = frozenset({PORTFOLIO, COLLECTIONS, SITE, THEMES, local_state.FOLDER})


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
    """Report what in a collection's folder is a link out of the portfolio; say whether any is."""
    links = (*found.links, *_folders_linked_in(found.folder / THUMBS))
    astray = [name for name in links if leads_out(found.folder / name, root)]
    for name in astray:
        report(_out(found.folder / name, root))
    return bool(astray)


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


def _own_links(root: Path) -> Iterable[Path]:
    for folder in (root, root / local_state.FOLDER):
        try:
            with os.scandir(folder) as entries:
                links = sorted(entry.name for entry in entries if entry.is_symlink())
        except OSError:
            continue
        for name in links:
            if folder != root or name in _OWN or name.lower() == "readme.md":
                yield folder / name


def _out(path: Path, root: Path) -> ContentError:
    return ContentError(
        "is a link that leads out of the portfolio",
        place=Place(path.relative_to(root)),
        mend="put a copy in its place, or remove it",
    )
