"""The picture that is explored: where it lies, and what holds for it there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dreamfolio.content.collection_file import CollectionFile
from dreamfolio.content.defaults import Defaults
from dreamfolio.content.layout import MANIFEST, PORTFOLIO
from dreamfolio.content.objects import Collection, Portfolio
from dreamfolio.content.portfolio_file import PortfolioFile
from dreamfolio.content.read import read
from dreamfolio.content.validate import validate
from dreamfolio.content.yaml_file import load
from dreamfolio.errors import Place, UsageError
from dreamfolio.pictures.decode import is_picture
from dreamfolio.store import lock as locks
from dreamfolio.suggest import did_you_mean


@dataclass(frozen=True)
class Subject:
    """A picture to explore. ``collection`` is the one it lies in, None where it lies in none.

    ``outer`` are the defaults that hold around the collection's manifest, ``defaults`` those that
    hold for this very picture.
    """

    picture: Path
    portfolio: Portfolio | None
    collection: Collection | None
    outer: Defaults
    defaults: Defaults


def subject_of(picture: Path, root: Path | None) -> Subject:
    """The picture at ``picture`` as it lies in the portfolio at ``root``, or in none.

    Raises ``UsageError`` where there is no such picture, and as ``content.read.read`` does where
    a manifest is invalid.
    """
    picture = picture.absolute()
    _check(picture)
    if root is None:
        return Subject(picture, None, None, Defaults(), Defaults())
    portfolio = read(root, lock_names)
    outer = _portfolio_defaults(portfolio)
    collection = _collection_of(picture, portfolio)
    if collection is None:
        return Subject(picture, portfolio, None, outer, outer)
    return Subject(
        picture, portfolio, collection, outer, _defaults_of(picture.name, collection, outer)
    )


def lock_names(folder: Path) -> Mapping[str, bool]:
    """The variants that the lock in ``folder`` holds, and whether each was adopted."""
    return {file: entry.adopted for file, entry in locks.read(folder / locks.FILE).items()}


def _check(picture: Path) -> None:
    if picture.is_file():
        return
    if picture.is_dir():
        raise UsageError("is a folder", place=Place(picture), mend="name one picture in it")
    around = picture.parent.iterdir() if picture.parent.is_dir() else ()
    names = [path.name for path in around if is_picture(path)]
    raise UsageError(
        "there is no such picture", place=Place(picture), mend=did_you_mean(picture.name, names)
    )


def _portfolio_defaults(portfolio: Portfolio) -> Defaults:
    file = portfolio.root / PORTFOLIO
    if not file.is_file():
        return Defaults()
    document = load(file)
    form = validate(document, PortfolioFile).form
    if form is None:
        return Defaults()
    return Defaults().within(form.dream, document, ("dream",), portfolio.root)


def _collection_of(picture: Path, portfolio: Portfolio) -> Collection | None:
    folder = picture.parent.resolve()
    return next(
        (
            one
            for one in portfolio.collections
            if picture.name in one.pictures and one.folder.resolve() == folder
        ),
        None,
    )


def _defaults_of(source: str, collection: Collection, outer: Defaults) -> Defaults:
    if collection.manifest is None:
        return outer
    document = load(collection.folder / MANIFEST)
    form = validate(document, CollectionFile).form
    if form is None:
        return outer
    inner = outer.within(form, document, (), collection.folder)
    for i, piece in enumerate(form.pieces):
        if piece.source == source:
            return inner.within(piece, document, ("pieces", i), collection.folder)
    return inner
