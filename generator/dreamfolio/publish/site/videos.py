"""What moves: videos and animations, each copied once, under a name with what is inside.

Animations tell how they were dreamed. What a video tells of a disk or a place is blanked.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import IO

from dreamfolio.content.objects import Collection, Piece, Portfolio
from dreamfolio.errors import DreamfolioError, PictureError, Place, mend_of, reason
from dreamfolio.files import sha256
from dreamfolio.pictures.animation_names import movie_of
from dreamfolio.pictures.clean_video import BLANKING, cleaned
from dreamfolio.pictures.video import is_video
from dreamfolio.publish.site.folder import SiteFolder
from dreamfolio.publish.site.pictures import FOLDER, readable

_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Video:
    """A published video or animation: its address, and the digest of the file (SHA-256)."""

    address: str
    digest: str


@dataclass(frozen=True, slots=True)
class Videos:
    """Each video that could be published, by its path; the addresses written this time; and what
    failed."""

    files: Mapping[Path, Video] = field(default_factory=dict)
    written: tuple[str, ...] = ()
    problems: tuple[DreamfolioError, ...] = ()


def videos(
    portfolio: Portfolio,
    shown: Mapping[str, Container[str]],
    digest_of: Callable[[Path], str],
    folder: SiteFolder,
) -> Videos:
    """Bring the copies in ``folder`` up to date, of the videos and the animations whose picture is
    ``shown``, by the slug of its collection and its file name. Raises ``OSError`` where they
    cannot be written.

    Where pictures take a watermark, which these cannot, animations stay at home.
    """
    found: dict[Path, Video] = {}
    files: dict[Path, Video] = {}
    written: list[str] = []
    problems: list[DreamfolioError] = []
    for collection in portfolio.collections:
        for path in itertools.chain.from_iterable(
            _moving(
                piece,
                collection,
                shown[collection.slug],
                marked=portfolio.site.watermark is not None,
            )
            for piece in collection.pieces
        ):
            try:
                found[path] = _video(path, digest_of)
            except DreamfolioError as error:
                problems.append(error)
    missing = {video.address for video in found.values() if not folder.holds(video.address)}
    folder.announce(sorted(missing))
    for path, video in found.items():
        try:
            if video.address not in missing:
                folder.keep(video.address)
            # Two videos with the same bytes and name share their file.
            elif video.address not in folder.record.files and folder.fill(
                video.address, partial(copy, path)
            ):
                written.append(video.address)
        except DreamfolioError as error:
            problems.append(error)
            continue
        # Not where somebody's own file is in the way.
        if video.address in folder.record.files:
            files[path] = video
    return Videos(files, tuple(written), tuple(problems))


def _moving(
    piece: Piece, collection: Collection, shown: Container[str], *, marked: bool
) -> Iterator[Path]:
    folder = collection.folder
    if piece.video is not None and piece.picture in shown:
        yield folder / piece.video
    for variant in piece.variants:
        if variant.animated and variant.file in shown and not marked:
            animation = variant.animated.file
            if not collection.has(animation):  # Of one that is missing planning tells.
                continue
            yield folder / animation
            if collection.has(movie_of(animation)):
                yield folder / movie_of(animation)


def _video(path: Path, digest_of: Callable[[Path], str]) -> Video:
    try:
        digest = digest_of(path)
    except OSError as error:
        raise _unreadable(path, error) from error
    # Where another copy of the same file would be made than before, it has another name.
    made = sha256(f"{BLANKING} {digest}".encode()) if is_video(path) else digest
    suffix = path.suffix.lower()
    return Video(f"{FOLDER}/{readable(path.stem)}-{made[:16]}{suffix}", digest)


def copy(path: Path, file: IO[bytes]) -> None:
    """Copy the file at ``path`` a piece at a time: a video may be larger than memory, and is
    copied without what it tells. Raises ``PictureError``."""
    for piece in cleaned(path) if is_video(path) else _pieces(path):
        file.write(piece)


def _pieces(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as source:
            while piece := source.read(_PIECE):
                yield piece
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> PictureError:
    word = f"cannot be read ({reason(error)})"
    return PictureError(word, place=Place(path), mend=mend_of(error))
