"""A README that is split: it shows a cover of each collection, whose tables have a page apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from dreamfolio.content.objects import Collection, Portfolio
from dreamfolio.errors import DreamfolioError
from dreamfolio.publish import wording
from dreamfolio.publish.readme import marker, markers, pages, tables
from dreamfolio.publish.readme.body import Tables, body, text
from dreamfolio.publish.readme.markers import Block
from dreamfolio.publish.readme.tables import Cell
from dreamfolio.publish.readme.thumbs import Change
from dreamfolio.publish.words import normalize_space

LIMIT = 500_000
"""How many bytes of Markdown GitHub shows; behind 512,000 it cuts, whatever is there."""


@dataclass(frozen=True, slots=True)
class Apart:
    """The collections' pages: what is to change for them, and the covers that lead to them.

    ``passed_over`` are files that stand where a page would, each with the page in its stead;
    ``too_large`` are pages that are larger than GitHub shows.
    """

    covers: Mapping[str, Cell]
    changes: tuple[Change, ...]
    problems: tuple[DreamfolioError, ...]
    passed_over: tuple[tuple[Path, Path], ...]
    too_large: tuple[Path, ...]


def is_split(setting: Literal["auto", "always", "never"], together: int, limit: int) -> bool:
    """Whether tables that make a README of ``together`` bytes go apart."""
    return setting == "always" or (setting == "auto" and together > limit)


def plan(
    portfolio: Portfolio,
    made: Mapping[str, Tables],
    split: AbstractSet[str],
    readme: Path,
    limit: int,
) -> Apart:
    """The pages of those collections whose slugs are ``split``; of the others what is left to do,
    for pages that are not needed any more and such as their artist put markers in."""
    covers: dict[str, Cell] = {}
    changes: list[Change] = []
    problems: list[DreamfolioError] = []
    passed_over, too_large = [], []
    say = wording.shipped(portfolio.language)
    for collection in portfolio.collections:
        slug, folder = collection.slug, collection.folder
        table = text(made[slug], portfolio.readme)
        fresh = None
        if slug in split:
            fresh = pages.text(collection, table, readme, portfolio.title, problems)
        planned = pages.plan(folder, slug, fresh, table)
        changes += planned.changes
        problems += planned.problems
        if planned.passed_over and planned.page:
            passed_over.append((planned.passed_over, planned.page))
        if planned.page and fresh is not None and len(fresh.encode()) > limit:
            too_large.append(planned.page)
        if slug in split:
            here, page = portfolio.relative(folder), portfolio.relative(planned.page or folder)
            pieces = say("pieces", n=len(collection.pieces))
            covers[slug] = _cover(collection, made[slug], here, page, pieces)
    return Apart(covers, tuple(changes), tuple(problems), tuple(passed_over), tuple(too_large))


def filled(data: bytes, blocks: Sequence[Block], covers: Mapping[str, Cell], columns: int) -> bytes:
    """The README ``data`` with ``covers`` between its markers."""
    bodies = []
    for block in blocks:
        cells = [*covers.values()] if block.collection == marker.ALL else [covers[block.collection]]
        bodies.append(body(tables.grid(cells, columns)))
    return markers.filled(data, blocks, bodies)


def _cover(collection: Collection, made: Tables, here: str, page: str, detail: str) -> Cell:
    """The first picture of a collection's tables, over its title, leading to its ``page``."""
    title = normalize_space(collection.title) or collection.slug
    first = next(iter((*made.main, *made.sources)), None)
    if first is None:
        return Cell(page, "", title, title, detail)
    return Cell(page, f"{here}/{first.src}", first.alt, title, detail)
