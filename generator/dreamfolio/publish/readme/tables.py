"""The grid: pictures side by side, as a table that looks the same in every README.

It is an HTML table, not one of pipes, since only its cells take a width: the columns are equal
whatever the pictures' own sizes are, also where a collection has fewer pictures than columns,
and there is no empty header row above the pictures. In an HTML block nothing of a title
or a file name can turn into Markdown. The pictures have no width of their own: GitHub shrinks
each to its cell, and one smaller than that stays sharp.
"""

from __future__ import annotations

import html
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

from dreamfolio.content.names import readable
from dreamfolio.publish.words import normalize_space

SOURCES_SUMMARY = "The renders before they were dreamed"

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_MARKDOWN = re.compile(r"[\\`*_\[\]<>~$]|&(?=#?\w+;)|#$")
_ESCAPED = r"\\\g<0>"


@dataclass(frozen=True, slots=True)
class Cell:
    """A picture in the grid. ``href`` (the picture) and ``src`` (its thumbnail) are file paths
    relative to the README, with ``/`` between, not yet quoted; the rest is plain text. Without a
    ``src``, the title leads there."""

    href: str
    src: str
    alt: str
    title: str = ""
    detail: str = ""


def grid(cells: Sequence[Cell], columns: int) -> str:
    """An HTML table of ``cells``, ``columns`` wide, its last row filled up with empty cells.

    Lines end in ``\\n`` and none is blank: a blank line would end the HTML block.
    """
    if not cells:
        return ""
    begin = f'<td align="center" valign="top" width="{100 // columns}%">'
    rows = []
    for first in range(0, len(cells), columns):
        row = [f"{begin}{_picture(cell)}</td>" for cell in cells[first : first + columns]]
        row += [f"{begin}</td>"] * (columns - len(row))
        rows.append("\n".join(["<tr>", *row, "</tr>"]))
    return "\n".join(['<table align="center">', *rows, "</table>", ""])


def folded(table: str) -> str:
    """``table`` folded away."""
    return f"<details>\n<summary>{SOURCES_SUMMARY}</summary>\n{table}</details>\n" if table else ""


def hidden(table: str) -> str:
    """``table`` in an HTML comment, which two hyphens in an alt text do not end."""
    return "<!--\n{}-->\n".format(table.replace("--", "-&#45;")) if table else ""


def placed(main: str, sources: str, place: Literal["details", "comment", "table"]) -> str:
    """A collection's two tables (each may be empty), the sources' at its place."""
    if place == "table":
        parts = [sources, main]
    else:
        parts = [main, folded(sources) if place == "details" else hidden(sources)]
    return "\n".join(part for part in parts if part)


def heading(title: str, level: int) -> str:
    """A Markdown heading that reads as ``title`` does, whatever characters are in it."""
    text = _MARKDOWN.sub(_ESCAPED, _plain(title))
    return f"{'#' * level} {text}\n"


def link(title: str, path: str) -> str:
    """A paragraph of Markdown that leads to the file at ``path``, and reads as ``title`` does."""
    return f"[{_MARKDOWN.sub(_ESCAPED, _plain(title))}]({url(path)})\n"


def url(path: str) -> str:
    """A relative file path as an address: its bytes on disk, quoted."""
    return quote(os.fsencode(path), safe="/")


def _picture(cell: Cell) -> str:
    href, src, alt = url(cell.href), url(cell.src), _escaped(cell.alt)
    title = f"<b>{_escaped(cell.title)}</b>" if cell.title else ""
    if not src:
        return f'<a href="{href}">{title}</a><br><sub>{_breakable(cell.detail)}</sub>'
    picture = f'<a href="{href}"><img src="{src}" alt="{alt}"></a>'
    said = [title, _breakable(cell.detail)]
    caption = " · ".join(part for part in said if part)
    return f"{picture}<br><sub>{caption}</sub>" if caption else picture


def _breakable(detail: str) -> str:
    """``detail`` escaped, to be broken within long layer names, which would widen their column
    on a narrow screen, and not beside a multiplication sign."""
    words = _escaped(detail).replace(" × ", "&nbsp;×&nbsp;").split(" ")
    return " ".join(word.replace("_", "_<wbr>") if len(word) > 16 else word for word in words)


def _escaped(text: str) -> str:
    return html.escape(_plain(text))


def _plain(text: str) -> str:
    """``text`` on one line. What a file name may hold and UTF-8 may not becomes ``?``."""
    return readable(normalize_space(_CONTROL.sub(" ", text)))
