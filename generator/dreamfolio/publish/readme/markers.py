"""The lines of a README that are dreamfolio's, between its markers; the rest is not touched."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dreamfolio.errors import ContentError, ContentErrors, Place
from dreamfolio.publish.readme import commonmark
from dreamfolio.publish.readme.marker import END, START_ALL, composed, is_ours, meant, read

_BOM = "\ufeff"
_LINE = re.compile(r"([^\r\n]*)(\r\n|\n|\r|$)")


@dataclass(frozen=True, slots=True)
class Block:
    """Two markers that belong together. ``collection`` is a slug, or ``*`` for all.

    What is between them is ``text[start:end]`` of the decoded README; ``newline`` is the line
    end in use there, and ``line`` the 1-based line of the first marker.
    """

    collection: str
    start: int
    end: int
    newline: str
    line: int


@dataclass(frozen=True, slots=True)
class _Mark:
    """A marker. ``begins`` and ``ends`` are its line's, line end included.

    One with something wrong in it has ``collection`` ``None``: it stands for the marker it was
    meant to be, lest its partner seem alone, and is not complained of twice.
    """

    place: Place
    is_start: bool
    collection: str | None
    begins: int
    ends: int
    newline: str


def find(data: bytes, file: Path, slugs: Iterable[str]) -> tuple[Block, ...]:
    """The blocks that the README ``data`` (shown as ``file`` in errors) marks, in order.

    ``slugs`` are the collections there are. Markers shown as code are text. Raises
    ``ContentErrors`` with everything wrong: no UTF-8, and markers that are unpaired, nested,
    repeated or misspelt, share their line, or name a collection that is not there.
    """
    text = _decoded(data, file)
    problems: list[ContentError] = []
    marks = list(_marks(text, file, {composed(slug): slug for slug in slugs}, problems))
    blocks = list(_paired(marks, problems))
    if problems:
        raise ContentErrors(sorted(problems, key=lambda problem: problem.place or Place(file)))
    return tuple(blocks)


def filled(data: bytes, blocks: Sequence[Block], bodies: Sequence[str]) -> bytes:
    """``data`` with each body (lines that end in ``\\n``) in its block, all else byte for byte."""
    text = data.decode()
    parts, done = [], 0
    for block, body in zip(blocks, bodies, strict=True):
        parts += [text[done : block.start], body.replace("\n", block.newline)]
        done = block.end
    return "".join([*parts, text[done:]]).encode()


def with_markers(data: bytes, file: Path = Path("README.md")) -> bytes:
    """``data`` with a block for all collections at its end, unless it has a marker already.

    Raises ``ContentErrors`` for a README whose end is no place for one, within a code fence
    that is never closed, say.
    """
    text = _decoded(data, file)
    structure = commonmark.read([line for line, _, _ in _lines(text)])
    if any(is_ours(comment) for comment in structure.comments):
        return data
    if structure.unclosed:
        problem = _never_closed(structure.unclosed, file)
        raise ContentErrors([problem])
    ends = [newline for _, newline, _ in _lines(text) if newline]
    newline = ends[-1] if ends else "\n"
    body = text.removeprefix(_BOM)
    gap = ""
    if body:
        gap = newline if body.endswith(("\n", "\r")) else newline * 2
    return (text + gap + START_ALL + newline + END + newline).encode()


def unsafe_between_markers(markdown: str) -> str | None:
    """What keeps prose from standing between markers, in words, or ``None`` if nothing does.

    A fence or comment that is never closed would swallow the marker behind it.
    """
    structure = commonmark.read(re.split(r"\r\n|\n|\r", markdown))
    if any(is_ours(comment) for comment in structure.comments):
        return "it holds a marker of dreamfolio's"
    if structure.unclosed:
        return f"the {structure.unclosed.what} in its line {structure.unclosed.line} is not closed"
    return None


def _decoded(data: bytes, file: Path) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line_start = max(before.rfind(b"\n"), before.rfind(b"\r")) + 1
        line = len(re.findall(rb"\r\n|\n|\r", before)) + 1
        column = len(before[line_start:].decode(errors="replace")) + 1
        problem = ContentError(
            "is not UTF-8 text", place=Place(file, line, column), mend="save it as UTF-8"
        )
        raise ContentErrors([problem]) from error


def _lines(text: str) -> Iterator[tuple[str, str, int]]:
    """Each line, its end, and where it begins. A byte order mark belongs to none."""
    at = len(_BOM) if text.startswith(_BOM) else 0
    while at < len(text):
        found = _LINE.match(text, at)
        assert found is not None
        yield found[1], found[2], at
        at = found.end()


def _marks(
    text: str, file: Path, slugs: Mapping[str, str], problems: list[ContentError]
) -> Iterator[_Mark]:
    lines = list(_lines(text))
    for comment in commonmark.read([line for line, _, _ in lines]).comments:
        if not is_ours(comment):
            continue
        line, newline, begins = lines[comment.line - 1]
        place = Place(file, comment.line, comment.column)
        collection: str | None
        try:
            word, collection = read(comment, line, place, slugs)
        except ContentError as problem:
            problems.append(problem)
            word, collection = meant(comment.text), None
        if word in ("START", "END"):
            ends = begins + len(line) + len(newline)
            yield _Mark(place, word == "START", collection, begins, ends, newline or "\n")


def _paired(marks: Sequence[_Mark], problems: list[ContentError]) -> Iterator[Block]:
    opened: _Mark | None = None
    seen: dict[str, int] = {}
    for mark in marks:
        if not mark.is_start:
            if opened and opened.collection is not None:
                line = opened.place.line or 1
                yield Block(opened.collection, opened.ends, mark.begins, opened.newline, line)
            elif opened is None and mark.collection is not None:
                problems.append(
                    ContentError(
                        "this END has no START before it",
                        place=mark.place,
                        mend=f"remove it, or put {START_ALL} above it",
                    )
                )
            opened = None
            continue
        if opened and opened.collection is not None:
            problems.append(_unended(opened, f", and line {mark.place.line} starts another"))
        opened = mark
        if mark.collection in seen:
            problems.append(
                ContentError(
                    f'collection "{mark.collection}" has its place already, '
                    f"in line {seen[mark.collection]}",
                    place=mark.place,
                    mend="remove one of the two",
                )
            )
        elif mark.collection:
            seen[mark.collection] = mark.place.line or 1
    if opened and opened.collection is not None:
        problems.append(_unended(opened, ""))


def _unended(mark: _Mark, what_else: str) -> ContentError:
    return ContentError(
        f"this START has no END{what_else}", place=mark.place, mend=f"put {END} below it"
    )


def _never_closed(unclosed: commonmark.Unclosed, file: Path) -> ContentError:
    return ContentError(
        f"the {unclosed.what} is never closed, so that markers behind it would be part of it",
        place=Place(file, unclosed.line),
        mend="close it",
    )
