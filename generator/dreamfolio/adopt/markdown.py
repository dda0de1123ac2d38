"""Reads a hand-kept README into its sections: headings, prose, and pictures.

Not a Markdown renderer: it tells only these apart, and keeps the line each stands on. It is
lenient, since what it reads was written by hand: HTML and Markdown pictures in tables of either
kind, odd quoting, any line ends, any encoding. Nothing is dropped: words that are neither a
heading nor prose (captions in a table's cells, remarks in a comment) are ``leftovers``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

from dreamfolio.adopt.blocks import ATX, HTML_HEADING, UNDERLINE, Block, blocks, is_delimiters
from dreamfolio.errors import Place, UsageError, reason
from dreamfolio.files import read_file


@dataclass(frozen=True, slots=True)
class Image:
    """A picture the README shows, its ``src`` as written; ``hidden`` in an HTML comment. ``block``
    are the first and the last line of the table or paragraph that it stands in."""

    src: str
    alt: str
    line: int
    hidden: bool
    block: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Words:
    """A run of text and the line it begins on."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands below it, up to the next heading of any level.

    ``level`` is 1 to 6; 0 is what stands before the first heading. ``prose`` is Markdown, a
    block (paragraph, list, …) each.
    """

    title: str
    level: int
    line: int
    prose: tuple[Words, ...] = ()
    images: tuple[Image, ...] = ()
    leftovers: tuple[Words, ...] = ()

    @property
    def markdown(self) -> str:
        """The section's prose, blocks apart."""
        return "\n\n".join(block.text for block in self.prose)


def read(path: Path) -> tuple[Section, ...]:
    """The sections of a README, the one before the first heading first; raises ``UsageError``."""
    try:
        data = read_file(path)
    except OSError as error:
        raise UsageError(
            f"the old README cannot be read ({reason(error)})",
            place=Place(path),
            mend="name the file that --readme is to read",
        ) from error
    return sections(decode(data))


def decode(data: bytes) -> str:
    """Text in UTF-8 or UTF-16 with or without a byte order mark, else in Windows' Latin.

    Line ends become ``\\n``.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", errors="replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def sections(text: str) -> tuple[Section, ...]:
    """The sections of a Markdown text whose lines end in ``\\n``."""
    done: list[Section] = []
    draft = _Draft("", 0, 1)
    for block in blocks(text):
        heading = None if block.kind != "text" else _heading(block)
        if heading:
            done.append(draft.section())
            draft = heading
        else:
            draft.take(block)
    done.append(draft.section())
    return tuple(done)


class _Draft:
    """A section while it is read."""

    def __init__(self, title: str, level: int, line: int):
        self.title, self.level, self.line = title, level, line
        self.prose: list[Words] = []
        self.images: list[Image] = []
        self.leftovers: list[Words] = []

    def section(self) -> Section:
        return Section(
            self.title,
            self.level,
            self.line,
            tuple(self.prose),
            tuple(self.images),
            tuple(self.leftovers),
        )

    def take(self, block: Block) -> None:
        if block.kind == "code":
            self.prose.append(Words(block.text, block.line))
            return
        hidden = block.kind == "comment"
        images, words = _pictures(block, hidden)
        self.images += images
        if not images and not hidden:
            if words or _shows_something(block.text):
                self.prose.append(Words(block.text.rstrip(), block.line))
        elif not words or words.startswith("dreamfolio:"):
            pass
        elif hidden or block.kind == "table" or block.text.lstrip().startswith("<"):
            self.leftovers.append(Words(words, block.line))
        else:  # a paragraph with pictures in it reads on without them
            self.prose.append(Words(_without_pictures(block.text), block.line))


def _heading(block: Block) -> _Draft | None:
    """The section that a block opens, if it is a heading of any of the three kinds."""
    atx, html = ATX.match(block.text), HTML_HEADING.match(block.text)
    first, _, last = block.text.rpartition("\n")
    underline = UNDERLINE.match(last) if first else None
    if atx and "\n" not in block.text:
        text, level = atx[2] or "", len(atx[1])
    elif html:
        text, level = html[2], int(html[1])
    elif underline:
        text, level = first, 1 if underline[1][0] == "=" else 2
    else:
        return None
    images, words = _pictures(Block("text", text, block.line), hidden=False)
    draft = _Draft(_plain(words), level, block.line)
    draft.images += images
    return draft


# A name in a Markdown picture may hold spaces and one level of parentheses, as people write it. Its
# end is looked for from each beginning there is, so that none may lie just anywhere.
_PICTURE = re.compile(
    r"!\[(?P<alt>(?:[^\[\]]|\[[^\[\]]*\]){0,1000})\]"
    r"\((?P<src>(?:[^()\n]|\([^()\n]{0,1000}\)){0,1000})\)"
)
_TITLE = re.compile(r"\s([\"']).*\1$")
_IMG_TAG = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
# Tags that only lay out: a block of nothing else says nothing.
_LAYOUT = re.compile(
    "a|b|br|center|details|div|em|figcaption|figure|font|hr|i|img|p|picture|source|span|strong|sub|"
    "summary|sup|table|tbody|td|th|thead|tr"
)


class _Tags(HTMLParser):
    """Collects ``<img>`` tags with their place, the names of all tags, and the text between."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.images: list[tuple[tuple[int, int], str, str]] = []
        self.names: set[str] = set()
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        given = dict(attrs)
        if tag == "img" and given.get("src"):
            src = (given["src"] or "").strip(" \t\n\"'“”‘’")
            self.images.append((self.getpos(), src, given.get("alt") or ""))
        self.words.append(" ")

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def _tags(text: str) -> _Tags:
    tags = _Tags()
    # No tag begins after the last one has ended, though the parser would look for the end of each
    # up to the last letter. Nor does it go on after a declaration that is none, such as `<![`.
    closed, end, rest = text.rpartition(">")
    tags.feed(re.sub(r"<(?=[!?])", " ", closed) + end + rest.replace("<", " "))
    tags.close()
    return tags


def _pictures(block: Block, hidden: bool) -> tuple[list[Image], str]:
    """The pictures of a block in reading order, and its words without them and without tags."""
    found: list[tuple[tuple[int, int], str, str]] = []

    def blank(match: re.Match[str]) -> str:
        before = block.text[: match.start()]
        place = (before.count("\n") + 1, len(before) - before.rfind("\n") - 1)
        src = _TITLE.sub("", match["src"].strip()).strip(" <>")
        found.append((place, src, match["alt"]))
        return " " * len(match[0])

    tags = _tags(_PICTURE.sub(blank, block.text))
    lines = block.line, block.line + block.text.count("\n")
    images = [
        Image(src, alt.strip(), block.line + at[0] - 1, hidden, lines)
        for at, src, alt in sorted(found + tags.images)
    ]
    said = "".join(tags.words)
    if block.kind != "text" or images:  # rows lose their bars, and a heading's line its markup
        said = " ".join(
            line.replace("|", " ") for line in said.split("\n") if not is_delimiters(line)
        )
    said = " ".join(said.split())
    return images, said.lstrip("- ") if re.search(r"[A-Za-z0-9]|[^\x00-\x7f]", said) else ""


def _shows_something(text: str) -> bool:
    """Whether a block without words still shows something, as an embedded film does."""
    return not all(_LAYOUT.fullmatch(name) for name in _tags(text).names)


def _without_pictures(text: str) -> str:
    closed, end, rest = _PICTURE.sub("", text).rpartition(">")
    bare = _IMG_TAG.sub("", closed + end) + rest
    lines = (re.sub(r"[ \t]{2,}", " ", line).strip() for line in bare.split("\n"))
    return "\n".join(line for line in lines if line)


_LINK = re.compile(r"\[([^\]]{0,300})\]\([^)]{0,1000}\)")
_EMPHASIS = re.compile(r"(?<!\w)(\*\*|__|\*|_|`)(?=\S)(.{1,300}?)(?<=\S)\1(?!\w)")


def _plain(text: str) -> str:
    """A heading as plain text: its links and emphasis read as words."""
    text = _LINK.sub(r"\1", text)
    while (bare := _EMPHASIS.sub(r"\2", text)) != text:
        text = bare
    return unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)).strip()
