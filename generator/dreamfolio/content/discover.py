"""Finding collections: which folders hold pictures, videos or a manifest, and which they hold."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from dreamfolio.content.layout import COLLECTIONS, MANIFEST, THUMBS
from dreamfolio.errors import ContentError, Place, mend_of, reason
from dreamfolio.pictures.decode import is_picture_name
from dreamfolio.pictures.video import is_video_name

_NUMBER = re.compile(r"(\d+)")


def natural(name: str) -> list[str | int]:
    """A key that sorts names as people do: ``covid_9`` before ``covid_11``, whatever the case."""
    # Split at its numbers a name alternates between text and digits, so equals meet equals. For
    # these two lines alone, a library would be loaded on every call of the command.
    parts: list[str | int] = [*_NUMBER.split(name.casefold())]
    parts[1::2] = map(int, parts[1::2])
    return parts


def passed_over(folder: str) -> bool:
    """Whether a folder of this name holds no collections: a hidden one, or a README's thumbs."""
    return folder == THUMBS or folder[0] in "._"


@dataclass(frozen=True, slots=True)
class Found:
    """A folder below ``collections/`` that is a collection. ``pictures`` and ``videos`` are
    in natural order; ``links`` are those of its files, and its thumbs, that are links."""

    slug: str
    folder: Path
    manifest: Path | None
    pictures: tuple[str, ...]
    videos: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


def find(root: Path) -> tuple[Found, ...]:
    """Every collection of the portfolio at ``root``, in the natural order of their slugs.

    Hidden folders, the READMEs' ``thumbs`` and links to folders are passed over.
    """
    top = root / COLLECTIONS
    found: list[Found] = []
    folders = [top]
    while folders:
        here = folders.pop()
        files: list[os.DirEntry[str]] = []
        links: list[str] = []
        for entry in _entries(here):
            is_link, is_folder = entry.is_symlink(), _is_folder(entry)
            if is_link and (not is_folder or entry.name == THUMBS):
                links.append(entry.name)
            if not is_folder:
                files.append(entry)
            elif not is_link and not passed_over(entry.name):
                folders.append(here / entry.name)
        if here == top:
            continue
        names = {file.name for file in files if not _is_special(file)}
        pictures = in_order(filter(is_picture_name, names))
        videos = in_order(filter(is_video_name, names.difference(pictures)))
        has_manifest = any(file.name == MANIFEST for file in files)
        if pictures or videos or has_manifest:
            found.append(
                Found(
                    slug=here.relative_to(top).as_posix(),
                    folder=here,
                    manifest=here / MANIFEST if has_manifest else None,
                    pictures=pictures,
                    videos=videos,
                    links=tuple(sorted(links)),
                )
            )
    return tuple(sorted(found, key=lambda one: (_by_folder(one.slug), one.slug)))


def in_order(names: Iterable[str]) -> tuple[str, ...]:
    """``names`` in natural order."""
    # Names that are equal by nature stay as the first sorting has them.
    return tuple(sorted(sorted(names), key=natural))


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    # Taken for empty, a folder that cannot be read just now would be taken off README and site.
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except FileNotFoundError:
        return []
    except OSError as error:
        raise ContentError(
            f"the folder cannot be looked into ({reason(error)})",
            place=Place(folder),
            mend=mend_of(error),
        ) from error


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _by_folder(slug: str) -> list[list[str | int]]:
    """A key that sorts folder by folder: what is nested follows its parent at once."""
    return [natural(part) for part in slug.split("/")]


def _is_special(file: os.DirEntry[str]) -> bool:
    """Whether it is a pipe, a socket or a device: reading one could take for ever."""
    try:
        # The folder tells of most files that they are plain ones: only links are followed.
        return not file.is_file() and not stat.S_ISREG(file.stat().st_mode)
    except OSError:  # A link to nowhere, say: its piece is told to be unreadable.
        return False
