"""What stands between the markers: the tables of a collection, and its words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from dreamfolio.content.objects import Collection, Portfolio
from dreamfolio.errors import ContentError, DreamfolioError, Place
from dreamfolio.publish import wording
from dreamfolio.publish.readme import copies, markers, tables
from dreamfolio.publish.readme import thumbs as thumbnails
from dreamfolio.publish.readme.shown import Shown, choose
from dreamfolio.publish.readme.thumbs import Change


@dataclass(frozen=True, slots=True)
class Tables:
    """A collection's tables as they should stand, what is to change in ``thumbs/`` for them, what
    could not be done, and the thumbnails that were changed by hand."""

    text: str
    changes: tuple[Change, ...]
    problems: tuple[DreamfolioError, ...]
    by_hand: tuple[Path, ...] = ()


def tables_of(
    portfolio: Portfolio,
    collection: Collection,
    shown: bool,
    digest_of: Callable[[Path], str],
) -> Tables:
    """A collection's tables with the files in them, none of either where it is not shown."""
    settings = portfolio.readme
    say = wording.shipped(portfolio.language)
    shows = choose(collection, settings, lambda file: (collection.folder / file).is_file(), say)
    # Nobody sees what is in a comment: it needs no thumbnails.
    seen = shows.main if settings.sources == "comment" else (*shows.main, *shows.sources)
    pictures = dict.fromkeys(one.picture for one in seen)
    with_thumbs = shown and settings.images == "thumbnails"
    # A video is no picture for a page, whatever is asked for.
    frames = dict.fromkeys(one.picture for one in seen if one.picture == one.video)
    thumbs = thumbnails.plan(
        collection.folder,
        pictures if with_thumbs else frames if shown else (),
        settings.width,
        digest_of,
    )
    clean = settings.originals == "clean"
    every = (*shows.main, *shows.sources)
    linked = dict.fromkeys(one.picture for one in every if one.picture != one.video)
    cleaned = copies.plan(collection.folder, linked if shown and clean else (), digest_of)
    changes = (*cleaned.changes, *thumbs.changes)
    problems = (*thumbs.problems, *cleaned.problems)
    if not shown:
        return Tables("", changes, problems)
    here = portfolio.relative(collection.folder)

    def grid(pictures: Sequence[Shown]) -> str:
        cells = []
        for one in pictures:
            as_it_is = (not with_thumbs or one not in seen) and one.picture != one.video
            whole = cleaned.files.get(one.picture) if clean else one.picture
            file = whole if as_it_is else thumbs.files.get(one.picture)
            if file is not None:
                # Better the small picture twice than one that tells what it should not.
                href, src = f"{here}/{one.video or whole or file}", f"{here}/{file}"
                cells.append(tables.Cell(href, src, one.alt, one.title, one.detail))
        return tables.grid(cells, settings.columns)

    table = tables.placed(grid(shows.main), grid(shows.sources), settings.sources)
    return Tables(table, changes, problems, thumbs.by_hand)


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
    return f"{text}\n"


def body(part: str) -> str:
    """``part`` as it stands between two markers."""
    # Blank lines around it: in some places a marker is within a block that only they end.
    return f"\n{part}\n" if part else ""
