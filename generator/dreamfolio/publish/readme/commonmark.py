"""Where Markdown speaks HTML and where it shows code: the block structure of a text.

As much of CommonMark 0.31 as it takes to tell a comment that is one from a comment that is
shown as text: containers (quotes, list items), fenced and indented code, the seven kinds of HTML
block, paragraphs with their lazy continuation lines, and code spans.
https://spec.commonmark.org/0.31.2/#blocks-and-inlines
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

_FENCE = re.compile(r"(`{3,})[^`]*$|(~{3,})")
_ATX = re.compile(r"#{1,6}(?:\s|$)")
_SETEXT = re.compile(r"(?:=+|-+)\s*$")
_BREAK = re.compile(r"(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$")
_ITEM = re.compile(r"([-+*]|(\d{1,9})[.)])(?= |$)")

_BLOCK_TAGS = (
    "address article aside base basefont blockquote body caption center col colgroup dd details "
    "dialog dir div dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 "
    "head header hr html iframe legend li link main menu menuitem nav noframes ol optgroup option "
    "p param search section source summary table tbody td tfoot th thead title tr track ul"
).replace(" ", "|")
_ATTRIBUTE = r"""\s+[A-Za-z_:][\w.:-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']*'|"[^"]*"))?"""
_BLANK = re.compile(r"\s*$")
# How an HTML block begins, and in which line it ends; a blank line ends the last two kinds.
_HTML: Sequence[tuple[str, re.Pattern[str], re.Pattern[str]]] = (
    (
        "HTML element",
        re.compile(r"<(?:script|pre|style|textarea)(?:\s|>|$)", re.I),
        re.compile(r"</(?:script|pre|style|textarea)>", re.I),
    ),
    ("comment", re.compile(r"<!--"), re.compile(r"-->")),
    ("HTML instruction", re.compile(r"<\?"), re.compile(r"\?>")),
    ("HTML declaration", re.compile(r"<![A-Za-z]"), re.compile(r">")),
    ("CDATA section", re.compile(r"<!\[CDATA\["), re.compile(r"\]\]>")),
    ("", re.compile(rf"</?(?:{_BLOCK_TAGS})(?:\s|/?>|$)", re.I), _BLANK),
    (
        "",
        re.compile(rf"(?:<[a-z][a-z\d-]*(?:{_ATTRIBUTE})*\s*/?>|</[a-z][a-z\d-]*\s*>)\s*$", re.I),
        _BLANK,
    ),
)

_IN_HTML = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
_IN_PROSE = re.compile(
    r"\\."  # an escaped character
    r"|(?<!`)(`+)(?!`)(?:.*?[^`])??(?<!`)\1(?!`)|`+"  # a code span, or backticks that pair not
    r"|<!--.*?-->"
    rf"|</?[a-z][a-z\d-]*(?:{_ATTRIBUTE})*\s*/?>",  # a tag, whose attributes may hold backticks
    re.S | re.I,
)


@dataclass(frozen=True, slots=True)
class Comment:
    """An HTML comment that is one. ``line`` and ``column`` are 1-based; ``text`` may span lines.

    ``nested`` says that it stands in a list or a quotation, ``block`` that it stands in HTML
    rather than amid prose.
    """

    line: int
    column: int
    text: str
    nested: bool
    block: bool


@dataclass(frozen=True, slots=True)
class Unclosed:
    """What is still open where a text ends and a blank line would not close."""

    what: str
    line: int


@dataclass(frozen=True, slots=True)
class Structure:
    """What matters of a text's structure: its comments, and what it leaves open."""

    comments: tuple[Comment, ...]
    unclosed: Unclosed | None


def read(lines: Sequence[str]) -> Structure:
    """The structure of a text given as lines without their ends."""
    reader = _Reader(lines)
    for number, line in enumerate(lines):
        reader.feed(number, line.expandtabs(4))
    leaf, nested = reader.leaf, reader.containers
    unclosed = None
    if leaf and not nested and leaf.kind in ("fence", "html") and leaf.what:
        unclosed = Unclosed(leaf.what, leaf.first + 1)
    reader.close()
    return Structure(tuple(reader.comments()), unclosed)


@dataclass(slots=True)
class _Leaf:
    """A block that holds lines: they run from ``first`` to ``last``, 0-based."""

    kind: Literal["paragraph", "fence", "html"]
    first: int
    last: int
    nested: bool
    ends: re.Pattern[str] = _BLANK
    what: str = ""


@dataclass(slots=True)
class _Item:
    """A list item: lines belong to it that are indented by ``indent``, or blank."""

    indent: int
    empty: bool

    def within(self, line: str) -> str | None:
        if not line.strip():
            return None if self.empty else line
        if len(line) - len(line.lstrip(" ")) < self.indent:
            return None
        self.empty = False
        return line[self.indent :]


class _Quote:
    """A block quotation: lines belong to it that begin with ``>``."""

    def within(self, line: str) -> str | None:
        found = re.match(r" {0,3}> ?", line)
        return line[found.end() :] if found else None


@dataclass(slots=True)
class _Reader:
    """Takes a text line by line, as the specification's appendix on parsing does it."""

    lines: Sequence[str]
    containers: list[_Item | _Quote] = field(default_factory=list)
    leaf: _Leaf | None = None
    done: list[_Leaf] = field(default_factory=list)

    def feed(self, number: int, rest: str) -> None:
        matched = 0
        for container in self.containers:
            inner = container.within(rest)
            if inner is None:
                break
            rest, matched = inner, matched + 1
        paragraph = self.leaf if self.leaf and self.leaf.kind == "paragraph" else None
        if self.leaf and not paragraph and matched == len(self.containers):
            self._continue(self.leaf, number, rest)
            return
        # What may not interrupt a paragraph may still follow one that is in an inner container.
        interrupts = paragraph is not None and matched == len(self.containers)
        while True:
            body = rest.lstrip(" ")
            indent = len(rest) - len(body)
            if not body.strip():
                self.close(matched)
                return
            if indent >= 4:
                break
            if self._leaf(number, body, matched, interrupts):
                return
            begun = self._container(body, indent, interrupts)
            if begun is None:
                break
            self.close(matched)
            self.containers.append(begun[0])
            matched, rest, paragraph, interrupts = matched + 1, begun[1], None, False
        if paragraph:
            # Also as a lazy continuation, which leaves the containers it lacks open.
            paragraph.last = number
            return
        self.close(matched)
        if indent < 4:
            self.leaf = _Leaf("paragraph", number, number, bool(self.containers))

    def close(self, matched: int = 0) -> None:
        """End the open leaf, and the containers beyond the first ``matched``."""
        if self.leaf:
            self.done.append(self.leaf)
        self.leaf = None
        del self.containers[matched:]

    def _continue(self, leaf: _Leaf, number: int, rest: str) -> None:
        leaf.last = number
        if leaf.kind == "fence":
            ended = len(rest) - len(rest.lstrip(" ")) < 4 and leaf.ends.match(rest.strip())
        else:
            ended = leaf.ends.match(rest) if leaf.ends is _BLANK else leaf.ends.search(rest)
        if ended:
            self.close(len(self.containers))

    def _leaf(self, number: int, body: str, matched: int, interrupts: bool) -> bool:
        """Take the line as one that begins a block without containers in it, if it is one."""
        if interrupts and _SETEXT.match(body):
            self.close(matched)
            return True
        if _BREAK.match(body):
            self.close(matched)
            return True
        if _ATX.match(body):
            self.close(matched)
            self.leaf = _Leaf("paragraph", number, number, bool(self.containers))
            self.close(matched)
            return True
        if fence := _FENCE.match(body):
            self.close(matched)
            mark = fence[1] or fence[2]
            ends = re.compile(rf"{mark[0]}{{{len(mark)},}}$")
            nested = bool(self.containers)
            self.leaf = _Leaf("fence", number, number, nested, ends, f"code fence {mark}")
            return True
        for i, (what, begins, ends) in enumerate(_HTML):
            if begins.match(body) and not (interrupts and i == len(_HTML) - 1):
                self.close(matched)
                self.leaf = _Leaf("html", number, number, bool(self.containers), ends, what)
                if ends is not _BLANK and ends.search(body):
                    self.close(matched)
                return True
        return False

    def _container(
        self, body: str, indent: int, interrupts: bool
    ) -> tuple[_Item | _Quote, str] | None:
        """The container that the line begins, if any, and what of the line is in it."""
        if body.startswith(">"):
            return _Quote(), body[1:].removeprefix(" ")
        item = _ITEM.match(body)
        if not item:
            return None
        after = body[item.end() :]
        spaces = len(after) - len(after.lstrip(" "))
        empty = not after.strip()
        if interrupts and (empty or item[2] not in (None, "1")):
            return None
        if empty or spaces > 4:
            spaces = 1
        width = item.end() + spaces
        return _Item(indent + width, empty), body[width:]

    def comments(self) -> Iterator[Comment]:
        """The comments in all blocks that are closed, in the order of the text."""
        for leaf in self.done:
            if leaf.kind == "fence":
                continue
            text = "\n".join(self.lines[leaf.first : leaf.last + 1])
            block = leaf.kind == "html"
            for found in (_IN_HTML if block else _IN_PROSE).finditer(text):
                if not found[0].startswith("<!--"):
                    continue
                before = text[: found.start()]
                line = leaf.first + before.count("\n") + 1
                column = len(before) - (before.rfind("\n") + 1) + 1
                yield Comment(line, column, found[0], leaf.nested, block)
