"""Cuts a Markdown text into blocks: lines that belong together, and what kind of lines they are.

A block ends at a blank line, at a heading, and where a table, a code fence or an HTML comment
begins or ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
ATX = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$")
UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*$")
HTML_HEADING = re.compile(r"\s*<h([1-6])\b[^>]*>(.*)</h\1\s*>\s*$", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together; ``kind`` is text, table, code or comment."""

    kind: str
    text: str
    line: int


def blocks(text: str) -> Iterator[Block]:
    """The blocks of a text whose lines end in ``\\n``, in order."""
    lines: list[tuple[str, int, str]] = []  # kind, number, text
    for kind, number, line in _kinds(text):
        blank = kind == "text" and not line.strip()
        heading = kind == "text" and bool(ATX.match(line) or HTML_HEADING.match(line))
        if heading or blank:
            yield from _runs(lines)
            lines = []
        if heading:
            yield Block("text", line, number)
        elif not blank:
            lines.append((kind, number, line))
            if kind == "text" and UNDERLINE.match(line) and len(lines) > 1:
                yield from _runs(lines)
                lines = []
    yield from _runs(lines)


def is_delimiters(line: str) -> bool:
    """Whether a line is the one below a table's head, such as ``|:---:|---|``."""
    return set(line) <= set("|:- \t") and "|" in line and "-" in line


def _runs(lines: list[tuple[str, int, str]]) -> Iterator[Block]:
    for kind, run in groupby(lines, key=lambda line: line[0]):
        held = list(run)
        yield Block(kind, "\n".join(line for _, _, line in held), held[0][1])


def _kinds(text: str) -> Iterator[tuple[str, int, str]]:
    """Each line with its number and kind; a line that holds a comment comes in parts."""
    fence, hidden = "", False
    for number, line in enumerate(text.split("\n"), start=1):
        mark = None if hidden else _FENCE.match(line)
        if fence or mark:
            yield "code", number, line
            if not fence and mark:
                fence = mark[1]
            elif mark and mark[1].startswith(fence) and not line.strip(" `~"):
                fence = ""
            continue
        parts = list(_around_comments(line, hidden))
        hidden = parts[-1][1]
        for part, commented in parts:
            if commented:
                yield "comment", number, part
            elif part.lstrip().startswith("|") or is_delimiters(part):
                yield "table", number, part
            elif part.strip() or len(parts) == 1:
                yield "text", number, part


def _around_comments(line: str, hidden: bool) -> Iterator[tuple[str, bool]]:
    """The parts of a line, and whether each is inside a comment. The last tells how it ends."""
    while True:
        mark = "-->" if hidden else "<!--"
        at = line.find(mark)
        if at < 0 or (not hidden and line[:at].count("`") % 2):  # `<!--` as code is text
            yield line, hidden
            return
        yield line[:at], hidden
        line, hidden = line[at + len(mark) :], not hidden
