"""Which pictures a portfolio shows: those wanted that are on disk and can be opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from dreamfolio.content.objects import Collection, Portfolio
from dreamfolio.errors import DreamfolioError, PictureError, Place, mend_of, reason
from dreamfolio.pictures import decode
from dreamfolio.publish.astray import astray
from dreamfolio.publish.site.pictures import Original, Originals


@dataclass(frozen=True, slots=True)
class Gathered:
    """The pictures to publish, in the order shown; and what is wrong with others."""

    originals: Originals
    problems: tuple[DreamfolioError, ...]


def gather(
    portfolio: Portfolio,
    digest_of: Callable[[Path], str],
    known_sizes: Mapping[str, tuple[int, int]],
) -> Gathered:
    """Every piece's source (a video's poster) and variants that are there, with digest and size.

    ``known_sizes`` (by digest) spare opening a picture. One that is missing is no problem here:
    planning tells of it. One that cannot be read is, and is left out.
    """
    originals: dict[str, dict[str, Original]] = {}
    problems: list[DreamfolioError] = []
    for collection in portfolio.collections:
        problems += astray(collection)
        here = originals[collection.slug] = {}
        for name in _wanted(collection):
            path = collection.folder / name
            if not path.is_file():
                continue
            try:
                digest = digest_of(path)
                width, height = known_sizes.get(digest) or decode.size(path)
            except DreamfolioError as error:
                problems.append(error)
            except OSError as error:
                word = f"cannot be read ({reason(error)})"
                problems.append(PictureError(word, place=Place(path), mend=mend_of(error)))
            else:
                here[name] = Original(collection.folder, name, digest, width, height)
    return Gathered(originals, tuple(problems))


def _wanted(collection: Collection) -> dict[str, None]:
    return {
        name: None
        for piece in collection.pieces
        if piece.video is None or collection.has(piece.video)
        for name in (piece.picture, *(variant.file for variant in piece.variants))
        if name not in collection.astray
    }
