"""What stands between the markers: the tables of a collection, and its words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dreamfolio.content.objects import Collection, Portfolio
from dreamfolio.content.settings import ReadmeSettings
from dreamfolio.errors import ContentError, DreamfolioError, Place
from dreamfolio.publish import wording
from dreamfolio.publish.astray import astray
from dreamfolio.publish.prose import to_markdown
from dreamfolio.publish.readme import copies, markers, tables
from dreamfolio.publish.readme import thumbs as thumbnails
from dreamfolio.publish.readme.held import Hold, as_it_is
from dreamfolio.publish.readme.shown import Shown, choose
from dreamfolio.publish.readme.tables import Cell
from dreamfolio.publish.readme.thumbs import Change


@dataclass(frozen=True, slots=True)
class Tables:
    """A collection's tables as they should stand, their paths relative to its folder; what is to
    change in ``thumbs/`` for them, what could not be done, and the thumbnails and copies that were
    changed by hand."""

    main: tuple[Cell, ...]
    sources: tuple[Cell, ...]
    changes: tuple[Change, ...]
    problems: tuple[DreamfolioError, ...]
    by_hand: tuple[Path, ...] = ()


def tables_of(
    portfolio: Portfolio,
    collection: Collection,
    shown: bool,
    digest_of: Callable[[Path], str],
    hold: Hold = as_it_is,
) -> Tables:
    """A collection's tables with the files in them, none of either where it is not shown. ``hold``
    keeps the files that are made until they are written."""
    settings = portfolio.readme
    say = wording.shipped(portfolio.language)
    shows = choose(collection, settings, collection.has, say)
    # Nobody sees what is in a comment: it needs no thumbnails.
    seen = {*shows.main} if settings.sources == "comment" else {*shows.main, *shows.sources}
    every = (*shows.main, *shows.sources)
    pictures = dict.fromkeys(one.picture for one in every if one in seen)
    with_thumbs = shown and settings.images == "thumbnails"
    # A video is no picture for a page, whatever is asked for.
    frames = dict.fromkeys(one.picture for one in every if one in seen and one.picture == one.video)
    thumbs = thumbnails.plan(
        collection.folder,
        pictures if with_thumbs else frames if shown else (),
        settings.width,
        digest_of,
        hold,
    )
    clean = settings.originals == "clean"
    # To a video its picture leads; the two may be one.
    linked = dict.fromkeys(
        name for one in every for name in (one.picture, one.video or one.picture)
    )
    cleaned = copies.plan(collection.folder, linked if shown and clean else (), digest_of, hold)
    changes = (*cleaned.changes, *thumbs.changes)
    problems = (*(astray(collection) if shown else ()), *thumbs.problems, *cleaned.problems)
    if not shown:
        return Tables((), (), changes, problems)

    def cells(pictures: Sequence[Shown]) -> Iterator[Cell]:
        for one in pictures:
            itself = not (with_thumbs and one in seen) and one.picture != one.video
            whole, shown_by = (
                cleaned.files.get(name) if clean else name
                for name in (one.video or one.picture, one.picture)
            )
            file = shown_by if itself else thumbs.files.get(one.picture)
            if file is not None:
                # Better the small picture twice than one that tells what it should not.
                yield Cell(whole or file, file, one.alt, one.title, one.detail)

    return Tables(
        tuple(cells(shows.main)),
        tuple(cells(shows.sources)),
        changes,
        problems,
        (*thumbs.by_hand, *cleaned.by_hand),
    )


def text(made: Tables, settings: ReadmeSettings, here: str = "") -> str:
    """The tables as they stand in a README from which ``here`` leads to the collection's folder;
    empty for one in that folder."""

    def grid(cells: Sequence[Cell]) -> str:
        there = [replace(one, href=f"{here}/{one.href}", src=f"{here}/{one.src}") for one in cells]
        return tables.grid(there if here else cells, settings.columns)

    return tables.placed(grid(made.main), grid(made.sources), settings.sources)


def section(collection: Collection, table: str, level: int, problems: list[DreamfolioError]) -> str:
    """A collection with its title, a heading of that ``level``, and its words, as it stands among
    all others."""
    place = Place(collection.manifest or collection.folder)
    words = prose(collection.description, place, problems)
    title = tables.heading(collection.title or collection.slug, level)
    return "\n".join(part for part in (title, words, table) if part)


def prose(markdown: str, place: Place, problems: list[DreamfolioError]) -> str:
    """A description as it may stand in the README, or nothing where it would break it."""
    text = re.sub(r"\r\n?", "\n", markdown).strip("\n")
    if not text.strip():
        return ""
    if wrong := markers.unsafe_between_markers(text):
        problems.append(
            ContentError(
                f"the description is left out of the README: {wrong}",
                place=place,
                mend="mend the Markdown of the description",
            )
        )
        return ""
    return f"{to_markdown(text)}\n"


def body(part: str) -> str:
    """``part`` as it stands between two markers."""
    # Blank lines around it: in some places a marker is within a block that only they end.
    return f"\n{part}\n" if part else ""
