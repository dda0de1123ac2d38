"""A page of its own for each collection, for a README that would be larger than GitHub shows.

``README.md`` in the collection's folder, which GitHub shows below the files in it; where one is
there already that has no markers, ``GALLERY.md``. ``thumbs/page.json`` records the digest of what
was written: such a page is replaced and removed as a whole. Of one that its artist wrote, or wrote
in, only the lines between its markers are dreamfolio's.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from dreamfolio.content.layout import PAGES, THUMBS
from dreamfolio.content.objects import Collection
from dreamfolio.errors import (
    ContentError,
    ContentErrors,
    DreamfolioError,
    Place,
    StoreError,
    mend_of,
    reason,
)
from dreamfolio.files import read_file, sha256
from dreamfolio.publish.readme import marker, markers, record, tables
from dreamfolio.publish.readme.body import body, prose
from dreamfolio.publish.readme.thumbs import Change

RECORD = "page.json"


@dataclass(frozen=True, slots=True)
class Entry:
    """The digest (SHA-256) of a page as it was written."""

    output: str


@dataclass(frozen=True, slots=True)
class Pages:
    """The page of a collection's folder, ``None`` where it has none, and what is to change for it.

    ``passed_over`` is a file that stands where the page would, and is its artist's alone.
    """

    page: Path | None = None
    changes: tuple[Change, ...] = ()
    problems: tuple[DreamfolioError, ...] = ()
    passed_over: Path | None = None


def has_markers(folder: Path, slug: str) -> bool:
    """Whether a page of the collection in ``folder`` has markers, so that it shows the tables
    whatever the README does."""
    try:
        return any(_blocks(data, path, slug) for path, data in _there(folder, []) if data)
    except ContentErrors:
        return False  # Told when the page is planned.


def plan(folder: Path, slug: str, fresh: str | None, table: str) -> Pages:
    """The page of the collection ``slug`` in ``folder``: ``fresh`` is all of it where dreamfolio
    writes it, ``None`` where none is wanted, and ``table`` what goes between its markers.

    Reads, but writes nothing.
    """
    try:
        what = "the collection's page cannot be read, so it stays as it is"
        entries = record.load(folder / THUMBS / RECORD, Entry, what)
    except StoreError as problem:
        return Pages(None, (), (problem,))
    planning = _Planning(folder, slug, fresh.encode() if fresh is not None else None, table)
    there = dict(_there(folder, planning.problems))
    for path in _places(folder, there):
        if path in there:
            planning.take(path, there[path], entries.get(path.name))
        else:
            planning.make(path)
    return planning.done(entries)


class _Planning:
    """Goes through the names that a page may have, in their order."""

    def __init__(self, folder: Path, slug: str, whole: bytes | None, table: str):
        self.folder, self.slug, self.whole, self.table = folder, slug, whole, table
        self.page: Path | None = None
        self.passed_over: Path | None = None
        self.changes: list[Change] = []
        self.recorded: dict[str, Entry] = {}
        self.problems: list[DreamfolioError] = []

    def make(self, path: Path) -> None:
        """A name that is free."""
        if self.page is None and self.whole is not None:
            self._write(path, "missing")

    def take(self, path: Path, data: bytes | None, entry: Entry | None) -> None:
        """A file that is there, ``None`` where it is no plain one or cannot be read."""
        wanted = self.whole if self.page is None else None
        digest = sha256(data) if data is not None else None
        if data is None:
            if entry is not None:
                self.recorded[path.name] = entry
            self._pass_over(path)
        elif data == wanted or (entry is not None and entry.output == digest):
            # As it is to be, though nobody recorded it: a run was cut off before it did.
            if wanted is None:
                self.changes.append(Change(path, None, "no longer needed", digest))
            else:
                self._write(path, "out of date", data)
        else:
            self._fill(path, data)

    def done(self, entries: Mapping[str, Entry]) -> Pages:
        """What came of it, beside what is recorded."""
        if self.whole is not None and self.page is None and self.passed_over:
            self.problems.append(_no_place(self.passed_over))
        if self.recorded != entries:
            data = record.dump(self.recorded) if self.recorded else None
            self.changes.append(Change(self.folder / THUMBS / RECORD, data, "out of date"))
        changes, problems = tuple(self.changes), tuple(self.problems)
        return Pages(self.page, changes, problems, self.passed_over)

    def _write(self, path: Path, reason: str, old: bytes | None = None) -> None:
        assert self.whole is not None
        self.page = path
        self.recorded[path.name] = Entry(sha256(self.whole))
        if old != self.whole:
            digest = sha256(old) if old is not None else None
            self.changes.append(Change(path, self.whole, reason, digest))

    def _fill(self, path: Path, data: bytes) -> None:
        """A page that its artist wrote, or wrote in."""
        try:
            blocks = _blocks(data, path, self.slug)
        except ContentErrors as error:
            self.problems += error.problems
            self.page = self.page or path
            return
        if not blocks:
            self._pass_over(path)
            return
        filled = markers.filled(data, blocks, [body(self.table)] * len(blocks))
        if self.page is None and filled == self.whole:
            self.recorded[path.name] = Entry(sha256(filled))
        self.page = self.page or path
        if filled != data:
            self.changes.append(Change(path, filled, "out of date", sha256(data), in_place=True))

    def _pass_over(self, path: Path) -> None:
        if self.page is None and self.whole is not None:
            self.passed_over = self.passed_over or path


def _there(folder: Path, problems: list[DreamfolioError]) -> Iterator[tuple[Path, bytes | None]]:
    """What is there under a page's name, however it is capitalised, and its bytes: ``None`` where
    it is a link or no plain file, or cannot be read."""
    known = {name.lower() for name in PAGES}
    for path in sorted(folder.glob("*.[mM][dD]")):
        if path.name.lower() not in known:
            continue
        if path.is_symlink() or not path.is_file():
            yield path, None
            continue
        try:
            yield path, read_file(path)
        except OSError as error:
            word = f"cannot be read ({reason(error)})"
            problems.append(StoreError(word, place=Place(path), mend=mend_of(error)))
            yield path, None


def _blocks(data: bytes, path: Path, slug: str) -> tuple[markers.Block, ...]:
    # Most have none: only what could be a marker is looked for as Markdown has it.
    return markers.find(data, path, [slug]) if b"dreamfolio" in data.lower() else ()


def _places(folder: Path, there: Iterable[Path]) -> list[Path]:
    """Where a page may be, in order, each as it is written on the disk."""
    as_there = {path.name.lower(): path for path in sorted(there, reverse=True)}
    return [as_there.get(name.lower(), folder / name) for name in PAGES]


def text(
    collection: Collection, table: str, readme: Path, title: str, problems: list[DreamfolioError]
) -> str:
    """A page as dreamfolio writes it: title, words, tables, and the way back to the ``readme``,
    which is that of the portfolio called ``title``."""
    words = prose(collection.description, Place(collection.manifest or collection.folder), problems)
    block = f"{marker.START_ALL}\n{body(table)}{marker.END}\n"
    up = Path(os.path.relpath(readme, collection.folder)).as_posix()
    heading = tables.heading(collection.title or collection.slug, 1)
    return "\n".join(part for part in (heading, words, block, tables.link(title, up)) if part)


def _no_place(path: Path) -> ContentError:
    return ContentError(
        "has no markers, so there is no place for the collection's tables",
        place=Place(path),
        mend=f"write {marker.START_ALL} and {marker.END} into it, each on a line of its own",
    )
