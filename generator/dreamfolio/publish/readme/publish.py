"""The README, with the tables between its markers as they should be.

``render`` reads and decides, ``write`` writes: a check is a ``render`` alone.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dreamfolio.content.objects import Collection, Portfolio
from dreamfolio.errors import ContentError, DreamfolioError, Place, StoreError
from dreamfolio.files import write_atomically, write_if_changed
from dreamfolio.publish.readme import markers, tables
from dreamfolio.publish.readme import thumbs as thumbnails
from dreamfolio.publish.readme.shown import Shown, choose
from dreamfolio.publish.readme.thumbs import Change, Thumbs


@dataclass(frozen=True)
class ReadmeResult:
    """The README as it is (``old``, ``None`` where there is none) and as it should be.

    ``changes`` are those in the collections' ``thumbs/``; ``thumbs_written`` counts the
    thumbnails among them. ``problems`` cost a picture its cell, or a collection its words.
    ``hint`` tells how to add the markers to a README that has none, and is then left alone.
    """

    path: Path
    old: bytes | None
    new: bytes
    problems: tuple[DreamfolioError, ...] = ()
    thumbs_written: int = 0
    changes: tuple[Change, ...] = ()
    hint: ContentError | None = None

    @property
    def outdated(self) -> bool:
        """Whether ``write`` has anything to do."""
        return self.old != self.new or bool(self.changes)


def render(portfolio: Portfolio, digest_of: Callable[[Path], str]) -> ReadmeResult:
    """The README of ``portfolio`` as it should be, and its thumbnails; nothing is written.

    ``digest_of`` gives a file's SHA-256. Raises ``ContentErrors`` for a README that is no UTF-8
    or whose markers are wrong, ``StoreError`` for one that cannot be read.
    """
    path = readme_of(portfolio.root)
    old = _read(path)
    problems: list[DreamfolioError] = []
    data = _first(portfolio, problems) if old is None else old
    slugs = [collection.slug for collection in portfolio.collections]
    blocks = markers.find(data, path, slugs)
    if not blocks:
        return ReadmeResult(path, old, data, hint=_no_markers(path))
    named = {block.collection for block in blocks}
    parts: dict[str, str] = {}
    changes: list[Change] = []
    for collection in portfolio.collections:
        shown = markers.ALL in named or collection.slug in named
        table, thumbs = _table(portfolio, collection, shown, digest_of)
        parts[collection.slug] = table
        changes += thumbs.changes
        problems += thumbs.problems
    everything = ""
    if markers.ALL in named:
        everything = "\n".join(
            _section(collection, parts[collection.slug], problems)
            for collection in portfolio.collections
        )
    parts[markers.ALL] = everything
    bodies = [_body(parts[block.collection]) for block in blocks]
    return ReadmeResult(
        path,
        old,
        markers.filled(data, blocks, bodies),
        tuple(problems),
        _thumbs_in(changes),
        tuple(changes),
    )


def write(result: ReadmeResult) -> ReadmeResult:
    """Write what ``render`` found to differ, thumbnails first; what was written is counted.

    A thumbnail that cannot be written is a problem of its own. Raises ``StoreError`` where the
    README cannot be written.
    """
    problems, done, failed = list(result.problems), [], set[Path]()
    for change in result.changes:
        if change.path.name == thumbnails.RECORD and change.path.parent in failed:
            # It would record what is not there. The next run knows by its bytes what is.
            continue
        try:
            _carry_out(change)
        except OSError as error:
            problems.append(StoreError(_cannot("written", error), place=Place(change.path)))
            failed.add(change.path.parent)
        else:
            done.append(change)
    if result.new != result.old:
        try:
            # A README that is a link stays one.
            write_if_changed(result.path.resolve(), result.new)
        except OSError as error:
            raise StoreError(_cannot("written", error), place=Place(result.path)) from error
    return replace(result, problems=tuple(problems), thumbs_written=_thumbs_in(done))


def diff(result: ReadmeResult) -> str:
    """What ``write`` would change, for people: a unified diff of the README, then a line for
    each file in ``thumbs/``; empty where nothing is out of date."""
    name = result.path.name
    old, new = (
        re.findall(r"[^\n]*\n|[^\n]+", (data or b"").decode()) for data in (result.old, result.new)
    )
    before = name if result.old is not None else "/dev/null"
    lines = [
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
        for line in difflib.unified_diff(old, new, before, name)
    ]
    for change in result.changes:
        path = change.path.relative_to(result.path.parent).as_posix()
        lines.append(f"{path}: {change.reason}\n")
    return "".join(lines)


def initialise(portfolio: Portfolio) -> bool:
    """Add a block for all collections at the end of the README, where it has no marker yet;
    say whether it did. Raises as ``render`` does."""
    path = readme_of(portfolio.root)
    old = _read(path)
    if old is None:
        return False
    return write_if_changed(path.resolve(), markers.with_markers(old, path))


def readme_of(root: Path) -> Path:
    """The README in ``root``, however it is capitalised; ``README.md`` where there is none."""
    there = sorted(path for path in root.glob("*.[mM][dD]") if path.name.lower() == "readme.md")
    return there[0] if there else root / "README.md"


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StoreError(_cannot("read", error), place=Place(path)) from error


def _first(portfolio: Portfolio, problems: list[DreamfolioError]) -> bytes:
    """A README for a portfolio that has none."""
    words = _prose(portfolio.description, Place(portfolio.root / "portfolio.yaml"), problems)
    parts = [tables.heading(portfolio.title, 1), words]
    text = "\n".join(part for part in parts if part)
    return markers.with_markers(text.encode())


def _table(
    portfolio: Portfolio,
    collection: Collection,
    shown: bool,
    digest_of: Callable[[Path], str],
) -> tuple[str, Thumbs]:
    """A collection's tables and the thumbnails in them, none of either where it is not shown."""
    settings = portfolio.readme
    shows = choose(collection, settings, lambda file: (collection.folder / file).is_file())
    pictures = dict.fromkeys(one.picture for one in (*shows.main, *shows.sources))
    with_thumbs = shown and settings.images == "thumbnails"
    thumbs = thumbnails.plan(
        collection.folder, pictures if with_thumbs else (), settings.width, digest_of
    )
    if not shown:
        return "", thumbs
    files = thumbs.files if with_thumbs else {picture: picture for picture in pictures}
    here = portfolio.relative(collection.folder)

    def grid(pictures: Sequence[Shown]) -> str:
        cells = [
            tables.Cell(
                f"{here}/{one.picture}",
                f"{here}/{files[one.picture]}",
                one.alt,
                one.title,
                one.detail,
            )
            for one in pictures
            if one.picture in files
        ]
        return tables.grid(cells, settings.columns)

    return tables.placed(grid(shows.main), grid(shows.sources), settings.sources), thumbs


def _section(collection: Collection, table: str, problems: list[DreamfolioError]) -> str:
    place = Place(collection.manifest or collection.folder)
    words = _prose(collection.description, place, problems)
    title = tables.heading(collection.title or collection.slug, 2)
    return "\n".join(part for part in (title, words, table) if part)


def _prose(markdown: str, place: Place, problems: list[DreamfolioError]) -> str:
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


def _body(part: str) -> str:
    # Blank lines around it: in some places a marker is within a block that only they end.
    return f"\n{part}\n" if part else ""


def _no_markers(path: Path) -> ContentError:
    return ContentError(
        "has no markers, so there is no place for the tables",
        place=Place(path),
        mend="dreamfolio readme --init adds them at its end, "
        f"or write {markers.START_ALL} and {markers.END}, each on a line of its own",
    )


def _carry_out(change: Change) -> None:
    if change.data is not None:
        write_atomically(change.path, change.data)
        return
    change.path.unlink(missing_ok=True)
    if not any(change.path.parent.iterdir()):
        change.path.parent.rmdir()


def _thumbs_in(changes: Sequence[Change]) -> int:
    return sum(1 for one in changes if one.data is not None and one.path.name != thumbnails.RECORD)


def _cannot(verb: str, error: OSError) -> str:
    return f"cannot be {verb} ({error.strerror or error})"
