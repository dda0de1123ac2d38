"""The README, with the tables between its markers as they should be.

``render`` reads and decides, ``write`` writes: a check is a ``render`` alone.
"""

from __future__ import annotations

import errno
import itertools
import os
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from pathlib import Path, PurePosixPath

from dreamfolio.content.layout import COLLECTIONS, PORTFOLIO, THUMBS
from dreamfolio.content.objects import Portfolio
from dreamfolio.errors import ContentError, DreamfolioError, Place, StoreError, mend_of, reason
from dreamfolio.files import read_file, sha256_of_file, write_atomically, write_if_changed
from dreamfolio.publish.readme import apart, copies, marker, markers, pages, tables
from dreamfolio.publish.readme import thumbs as thumbnails
from dreamfolio.publish.readme.body import Tables, body, prose, section, tables_of, text
from dreamfolio.publish.readme.held import Holding, bytes_of
from dreamfolio.publish.readme.markers import Block
from dreamfolio.publish.readme.result import ReadmeResult
from dreamfolio.publish.readme.thumbs import Change


def render(
    portfolio: Portfolio, digest_of: Callable[[Path], str], limit: int = apart.LIMIT
) -> ReadmeResult:
    """The README of ``portfolio`` as it should be, its thumbnails and the collections' pages;
    nothing is written.

    ``digest_of`` gives a file's SHA-256; a README of more than ``limit`` bytes is split unless that
    is set otherwise. Raises ``ContentErrors`` for a README that is no UTF-8 or whose markers are
    wrong, ``StoreError`` for one that cannot be read.
    """
    path = _readme_of(portfolio.root)
    old = _read(path)
    problems: list[DreamfolioError] = []
    data = _first(portfolio, problems) if old is None else old
    slugs = [collection.slug for collection in portfolio.collections]
    blocks = markers.find(data, path, slugs)
    if not blocks:
        return ReadmeResult(path, old, data, hint=_no_markers(path))
    named = {block.collection for block in blocks}
    shown = {slug for slug in slugs if marker.ALL in named or slug in named}
    hold = Holding(portfolio.root).hold
    made = {
        one.slug: tables_of(
            portfolio,
            one,
            one.slug in shown or pages.has_markers(one.folder, one.slug),
            digest_of,
            hold,
        )
        for one in portfolio.collections
    }
    together, told = _together(portfolio, made, blocks, data)
    split = apart.is_split(portfolio.readme.split, len(together), limit)
    own = apart.plan(portfolio, made, shown if split else set(), path, limit)
    new = together
    if split:
        new = apart.filled(data, blocks, own.covers, portfolio.readme.columns)
    left = [_emptied(folder, portfolio, digest_of) for folder in _left_behind(portfolio)]
    changes = [
        *itertools.chain.from_iterable(one.changes for one in made.values()),
        *own.changes,
        *itertools.chain.from_iterable(one.changes for one in left),
    ]
    for one in (*made.values(), *left):
        problems += one.problems
    problems += own.problems if split else (*told, *own.problems)
    return ReadmeResult(
        path,
        old,
        new,
        tuple(problems),
        _thumbs_in(changes),
        _copies_in(changes),
        tuple(changes),
        by_hand=tuple(itertools.chain.from_iterable(one.by_hand for one in made.values())),
        together=len(together) if split else 0,
        passed_over=own.passed_over,
        too_large=(*((path,) if len(new) > limit else ()), *own.too_large),
    )


def _together(
    portfolio: Portfolio, made: Mapping[str, Tables], blocks: Sequence[Block], data: bytes
) -> tuple[bytes, list[DreamfolioError]]:
    """The README with all tables in it, and what of the collections' words has no place in it."""
    problems: list[DreamfolioError] = []
    parts = {
        one.slug: text(made[one.slug], portfolio.readme, portfolio.relative(one.folder))
        for one in portfolio.collections
    }
    if any(block.collection == marker.ALL for block in blocks):
        slugs = set(parts)
        parts[marker.ALL] = "\n".join(
            section(one, parts[one.slug], _level(one.slug, slugs), problems)
            for one in portfolio.collections
        )
    bodies = [body(parts[block.collection]) for block in blocks]
    return markers.filled(data, blocks, bodies), problems


def check(portfolio: Portfolio) -> None:
    """Raise as ``render`` does for a README that cannot be filled; look at no picture for it."""
    path = _readme_of(portfolio.root)
    old = _read(path)
    if old is not None:
        markers.find(old, path, [collection.slug for collection in portfolio.collections])


def write(result: ReadmeResult) -> ReadmeResult:
    """Write what ``render`` found to differ, thumbnails first; what was written is counted.

    A thumbnail that cannot be written is a problem of its own. Raises ``StoreError`` where the
    README cannot be written.
    """
    problems, done, unrecorded = list(result.problems), [], set[Path]()
    for change in _safely_ordered(result.changes):
        if change.path.parent in unrecorded:
            continue
        try:
            _carry_out(change)
        except OSError as error:
            problems.append(_cannot("written" if change.data else "removed", change.path, error))
            # What its record does not know, or knows no more, would be taken for the artist's.
            if not _is_thumb(change):
                unrecorded.add(change.path.parent)
        else:
            done.append(change)
    if result.new != result.old:
        try:
            # A README that is a link stays one.
            write_if_changed(result.path.resolve(), result.new)
        except OSError as error:
            raise _cannot("written", result.path, error) from error
    return replace(
        result,
        problems=tuple(problems),
        thumbs_written=_thumbs_in(done),
        copies_written=_copies_in(done),
    )


def initialise(portfolio: Portfolio) -> bool:
    """Add a block for all collections at the end of the README, where it has no marker yet;
    say whether it did. Raises as ``render`` does."""
    path = _readme_of(portfolio.root)
    old = _read(path)
    if old is None:
        return False
    return write_if_changed(path.resolve(), markers.with_markers(old, path))


def _level(slug: str, slugs: AbstractSet[str]) -> int:
    """Of a collection's heading: below those of the collections it is nested in."""
    above = sum(parent.as_posix() in slugs for parent in PurePosixPath(slug).parents)
    return min(2 + above, 6)


def _readme_of(root: Path) -> Path:
    """The README in ``root``, however it is capitalised; ``README.md`` where there is none."""
    there = sorted(path for path in root.glob("*.[mM][dD]") if path.name.lower() == "readme.md")
    return there[0] if there else root / "README.md"


def _read(path: Path) -> bytes | None:
    try:
        return read_file(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _cannot("read", path, error) from error


def _left_behind(portfolio: Portfolio) -> list[Path]:
    """Folders that were collections and hold thumbnails, clean copies or a page still."""
    collections = {collection.folder for collection in portfolio.collections}
    found = set()
    for folder, _, files in os.walk(portfolio.root / COLLECTIONS):
        here = Path(folder)
        if here.name == THUMBS and not {thumbnails.RECORD, pages.RECORD}.isdisjoint(files):
            found.add(here.parent)
        elif here.name == copies.FOLDER and here.parent.name == THUMBS and copies.RECORD in files:
            found.add(here.parent.parent)
    return sorted(found - collections)


def _emptied(folder: Path, portfolio: Portfolio, digest_of: Callable[[Path], str]) -> Tables:
    """What is left to do in a folder that was a collection."""
    copied = copies.plan(folder, (), digest_of)
    thumbs = thumbnails.plan(folder, (), portfolio.readme.width, digest_of)
    page = pages.plan(folder, folder.relative_to(portfolio.root / COLLECTIONS).as_posix(), None, "")
    return Tables(
        (),
        (),
        (*copied.changes, *thumbs.changes, *page.changes),
        (*copied.problems, *thumbs.problems, *page.problems),
    )


def _first(portfolio: Portfolio, problems: list[DreamfolioError]) -> bytes:
    """A README for a portfolio that has none."""
    words = prose(portfolio.description, Place(portfolio.root / PORTFOLIO), problems)
    parts = [tables.heading(portfolio.title, 1), words]
    text = "\n".join(part for part in parts if part)
    return markers.with_markers(text.encode())


def _no_markers(path: Path) -> ContentError:
    return ContentError(
        "has no markers, so there is no place for the tables",
        place=Place(path),
        mend="dreamfolio readme --init adds them at its end, "
        f"or write {marker.START_ALL} and {marker.END}, each on a line of its own",
    )


def _safely_ordered(changes: Sequence[Change]) -> list[Change]:
    """What is out of date is removed, then the record written, then what it records.

    Cut off between any two, a run leaves no thumbnail that its record does not know, which the
    next one would have to take for the artist's.
    """
    outdated = [
        replace(one, data=None)
        for one in changes
        if _is_thumb(one) and not one.in_place and one.path.exists()
    ]
    return [*outdated, *sorted(changes, key=_is_thumb)]


def _is_thumb(change: Change) -> bool:
    """Whether a thumbnail, a clean copy or a page is to be written."""
    return change.data is not None and not _is_record(change)


def _is_record(change: Change) -> bool:
    return change.path.name in (thumbnails.RECORD, copies.RECORD, pages.RECORD)


def _carry_out(change: Change) -> None:
    there = not _is_record(change) and change.path.exists()
    if there and sha256_of_file(change.path) != change.old:
        word = "it was changed in the meantime, and is kept"
        raise FileExistsError(errno.EEXIST, word, str(change.path))
    if change.data is not None:
        write_atomically(change.path, bytes_of(change.data))
        return
    change.path.unlink(missing_ok=True)
    for folder in change.path.parents:
        if folder.name not in (THUMBS, copies.FOLDER) or any(folder.iterdir()):
            break
        folder.rmdir()


def _thumbs_in(changes: Sequence[Change]) -> int:
    return sum(_is_thumb(change) and change.path.parent.name == THUMBS for change in changes)


def _copies_in(changes: Sequence[Change]) -> int:
    return sum(_is_thumb(change) and change.path.parent.name == copies.FOLDER for change in changes)


def _cannot(verb: str, path: Path, error: OSError) -> StoreError:
    word = f"cannot be {verb} ({reason(error)})"
    return StoreError(word, place=Place(path), mend=mend_of(error))
