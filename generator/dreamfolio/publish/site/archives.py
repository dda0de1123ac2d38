"""A ZIP archive of each collection's pictures, at full size: for who takes them all."""

from __future__ import annotations

import json
import posixpath
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePath
from typing import BinaryIO

from dreamfolio.content.objects import Collection, Portfolio
from dreamfolio.errors import DreamfolioError, PictureError, Place, mend_of, reason
from dreamfolio.files import sha256
from dreamfolio.pictures.clean import CLEANING, clean_or_png
from dreamfolio.pictures.video import is_video
from dreamfolio.publish.site.folder import SiteFolder
from dreamfolio.publish.site.pages import file_name
from dreamfolio.publish.site.pictures import FOLDER, Pictures, Published, readable
from dreamfolio.publish.site.videos import Video, copy
from dreamfolio.publish.site.views import ArchiveView

_VERSION = 3  # raised when the same pictures make another archive than before


@dataclass(frozen=True, slots=True)
class Archives:
    """The archive of each collection that has pictures of its own, by its slug; the addresses
    written this time; and what failed."""

    views: Mapping[str, ArchiveView] = field(default_factory=dict)
    written: tuple[str, ...] = ()
    problems: tuple[DreamfolioError, ...] = ()


def archives(
    portfolio: Portfolio,
    shown: Pictures,
    videos: Mapping[Path, Video],
    folder: SiteFolder,
) -> Archives:
    """Bring the archives in ``folder`` up to date, of the originals that are ``shown`` and the
    ``videos``; none unless the portfolio asks for them. Raises ``OSError`` where they cannot
    be written."""
    if not portfolio.site.zip:
        return Archives()
    views: dict[str, ArchiveView] = {}
    written: list[str] = []
    problems: list[DreamfolioError] = []
    wanted = [
        (collection.slug, _address(collection, files), files)
        for collection in portfolio.collections
        if (files := _files(collection, shown[collection.slug], videos))
    ]
    missing = {address for _, address, _ in wanted if not folder.holds(address)}
    folder.announce(sorted(missing))
    for slug, address, files in wanted:
        try:
            if address not in missing:
                folder.keep(address)
            elif folder.fill(address, partial(_write, files)):
                written.append(address)
        except PictureError as error:
            problems.append(error)
            continue
        if file := folder.record.files.get(address):
            clips = sum(is_video(one.path) for one in files)
            views[slug] = ArchiveView(address, file.size, len(files) - clips, clips)
    return Archives(views, tuple(written), tuple(problems))


@dataclass(frozen=True, slots=True)
class _File:
    """A file to be packed: where it lies, and the SHA-256 of its bytes."""

    path: Path
    digest: str


def _files(
    collection: Collection, shown: Mapping[str, Published], videos: Mapping[Path, Video]
) -> list[_File]:
    """The collection's own, in the order shown, each file once; of a video not the poster."""
    files: dict[str, _File] = {}
    for piece in collection.pieces:
        for name in (piece.source, *(variant.file for variant in piece.variants)):
            path = collection.folder / name
            if video := videos.get(path):
                files[name] = _File(path, video.digest)
            elif picture := shown.get(name):
                files[name] = _File(path, picture.original.digest)
    return list(files.values())


def _address(collection: Collection, pictures: list[_File]) -> str:
    """Named by what is inside, as the pictures are."""
    inside = [[one.path.name, one.digest] for one in pictures]
    key = sha256(json.dumps([_VERSION, CLEANING, collection.slug, inside]).encode())[:16]
    return f"{FOLDER}/{readable(posixpath.basename(collection.slug))}-{key}.zip"


def _write(pictures: list[_File], file: BinaryIO) -> None:
    """The same pictures give the same bytes: no time and no mode of a file gets in. Stored, not
    deflated, since pictures are compressed already. Raises ``PictureError``."""
    taken: set[str] = set()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for picture in pictures:
            if is_video(picture.path):
                with archive.open(_entry(picture.path, picture.path.name, taken), "w") as packed:
                    copy(picture.path, packed)
                continue
            name, data = _copy(picture.path)
            archive.writestr(_entry(picture.path, name, taken), data)


def _entry(path: Path, name: str, taken: set[str]) -> zipfile.ZipInfo:
    """The entry for a file, by a name that unpacks everywhere and is none of those ``taken``."""
    fit = PurePath(file_name(name))
    names = (fit.name, *(f"{fit.stem}-{number}{fit.suffix}" for number in range(2, len(taken) + 3)))
    name = next(one for one in names if one.casefold() not in taken)
    taken.add(name.casefold())
    info = zipfile.ZipInfo(f"{file_name(path.parent.name)}/{name}")
    info.create_system, info.external_attr = 3, 0o644 << 16
    if is_video(path):
        info.file_size = path.stat().st_size  # Told beforehand, it may pass 2 GiB.
    return info


def _copy(path: Path) -> tuple[str, bytes]:
    try:
        return clean_or_png(path)
    except OSError as error:
        word = f"cannot be read ({reason(error)})"
        raise PictureError(word, place=Place(path), mend=mend_of(error)) from error
