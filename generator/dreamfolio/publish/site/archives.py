"""A ZIP archive of each collection's pictures, at full size: for who takes them all."""

from __future__ import annotations

import json
import posixpath
import zipfile
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import BinaryIO

from dreamfolio.content.objects import Collection, Portfolio
from dreamfolio.errors import DreamfolioError, PictureError, Place, reason
from dreamfolio.files import sha256
from dreamfolio.pictures.clean import CLEANING, clean_or_png
from dreamfolio.publish.site.folder import SiteFolder
from dreamfolio.publish.site.pictures import FOLDER, Original, readable
from dreamfolio.publish.site.views import ArchiveView

_VERSION = 1  # raised when the same pictures make another archive than before


@dataclass(frozen=True, slots=True)
class Archives:
    """The archive of each collection that has pictures of its own, by its slug; the addresses
    written this time; and what failed."""

    views: Mapping[str, ArchiveView] = field(default_factory=dict)
    written: tuple[str, ...] = ()
    problems: tuple[DreamfolioError, ...] = ()


def archives(
    portfolio: Portfolio,
    originals: Mapping[Path, Original],
    shown: Container[Path],
    folder: SiteFolder,
) -> Archives:
    """Bring the archives in ``folder`` up to date, of the ``originals`` that are ``shown``; none
    unless the portfolio asks for them. Raises ``OSError`` where they cannot be written."""
    if not portfolio.site.zip:
        return Archives()
    views: dict[str, ArchiveView] = {}
    written: list[str] = []
    problems: list[DreamfolioError] = []
    for collection in portfolio.collections:
        pictures = [one for one in _pictures(collection, originals) if one.path in shown]
        if not pictures:
            continue
        address = _address(collection, pictures)
        try:
            if folder.holds(address):
                folder.keep(address)
            else:
                folder.announce([address])
                if folder.fill(address, partial(_write, pictures)):
                    written.append(address)
        except PictureError as error:
            problems.append(error)
            continue
        if file := folder.record.files.get(address):
            views[collection.slug] = ArchiveView(address, file.size, len(pictures))
    return Archives(views, tuple(written), tuple(problems))


def _pictures(collection: Collection, originals: Mapping[Path, Original]) -> list[Original]:
    """The collection's own, in the order shown, each file once."""
    names = dict.fromkeys(
        name
        for piece in collection.pieces
        for name in (piece.source, *(variant.file for variant in piece.variants))
    )
    paths = (collection.folder / name for name in names)
    return [originals[path] for path in paths if path in originals]


def _address(collection: Collection, pictures: list[Original]) -> str:
    """Named by what is inside, as the pictures are."""
    inside = [[one.path.name, one.digest] for one in pictures]
    key = sha256(json.dumps([_VERSION, CLEANING, collection.slug, inside]).encode())[:16]
    return f"{FOLDER}/{readable(posixpath.basename(collection.slug))}-{key}.zip"


def _write(pictures: list[Original], file: BinaryIO) -> None:
    """The same pictures give the same bytes: no time and no mode of a file gets in. Stored, not
    deflated, since pictures are compressed already. Raises ``PictureError``."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for picture in pictures:
            name, data = _copy(picture.path)
            info = zipfile.ZipInfo(f"{picture.path.parent.name}/{name}")
            info.create_system, info.external_attr = 3, 0o644 << 16
            archive.writestr(info, data)


def _copy(path: Path) -> tuple[str, bytes]:
    try:
        return clean_or_png(path)
    except OSError as error:
        raise PictureError(f"cannot be read ({reason(error)})", place=Place(path)) from error
