"""The collections that a command line names, each with all that is nested in it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path, PurePath, PurePosixPath

from dreamfolio.content.layout import COLLECTIONS
from dreamfolio.content.objects import Collection, Portfolio
from dreamfolio.errors import UsageError
from dreamfolio.suggest import did_you_mean


def asked_collections(
    portfolio: Portfolio, names: Sequence[str], *, nothing: str = 'there is no collection "{}"'
) -> tuple[Collection, ...]:
    """The portfolio's collections that ``names`` name, in its own order; all where there are none.

    A name is a slug, or a folder below ``collections/`` as a shell completes it; one in which
    collections are nested means all of them. Raises ``UsageError``, which says ``nothing`` of a
    name that no collection answers to.
    """
    if not names:
        return portfolio.collections
    found: set[str] = set()
    for name in names:
        answering = _within(_slug(name), portfolio) or _within(
            _from_here(name, portfolio), portfolio
        )
        if not answering:
            raise UsageError(nothing.format(name), mend=_meant(_slug(name), portfolio))
        found |= answering
    return tuple(one for one in portfolio.collections if one.slug in found)


def _within(folder: str | None, portfolio: Portfolio) -> set[str]:
    slugs = (one.slug for one in portfolio.collections)
    return {slug for slug in slugs if folder == slug or folder in _parents(slug)}


def _parents(slug: str) -> list[str]:
    """``series/part`` lies in ``series``, and in ``.``, as everything does."""
    return [str(parent) for parent in PurePosixPath(slug).parents]


def _slug(name: str) -> str:
    """``series/part`` for ``collections/series/part/``, and ``.`` for ``collections`` alone."""
    path = PurePosixPath(PurePath(name).as_posix())
    if path.parts[:1] == (COLLECTIONS,):
        return str(path.relative_to(COLLECTIONS))
    return str(path) if path.parts else ""  # A dot is the folder one is in.


def _from_here(name: str, portfolio: Portfolio) -> str | None:
    """The slug of the folder of that path, if it is one below ``collections/``."""
    top = os.path.realpath(portfolio.root / COLLECTIONS)
    try:
        return Path(os.path.realpath(name)).relative_to(top).as_posix()
    except ValueError:
        return None


def _meant(slug: str, portfolio: Portfolio) -> str | None:
    known = [one.slug for one in portfolio.collections]
    folders = [folder for one in known for folder in (one, *_parents(one)) if folder != "."]
    few = ", ".join(known[:12]) + (", …" if len(known) > 12 else "")
    return did_you_mean(slug, folders, f"there are {few}" if known else None)
