"""A table of plain text in aligned columns: quick to make, and readable in a pipe, too."""

from __future__ import annotations

import shutil
import sys
import textwrap
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

import typer

from dreamfolio.cli.printable import one_line

_GAP = "  "
# The fewest columns that words are still read well in.
_LEAST = 36


def table(
    head: Sequence[str],
    rows: Iterable[Sequence[str]],
    colours: Mapping[str, str] | None = None,
    room: int | None = None,
) -> str:
    """The rows under their head, columns two spaces apart; cells found in ``colours`` take them.

    In less than ``room`` columns (by default the terminal's, where stdout is one; 0 is all one
    wants) the last column is broken into lines, or else the cells of a row stand one below the
    other, without a head. No word is ever cut.
    """
    lines = [[one_line(cell) for cell in row] for row in rows]
    widest = [max(map(_width, column)) for column in zip(head, *lines, strict=True)]
    before_last = sum(widest[:-1]) + len(_GAP) * (len(widest) - 1)
    room = _terminal() if room is None else room
    last = room - before_last if 0 < room < before_last + widest[-1] else widest[-1]
    styled = {cell: typer.style(cell, fg=colour) for cell, colour in (colours or {}).items()}
    if last < min(_LEAST, widest[-1]):
        return "\n".join(_stacked(line, widest[0], room, styled) for line in lines)
    bold = {cell: typer.style(cell, bold=True) for cell in head if cell}
    shown = [_in_columns(head, widest, bold)]
    if last == widest[-1]:  # As in a pipe: none is broken.
        shown += [_in_columns(line, widest, styled) for line in lines]
        lines = []
    for line in lines:
        first, *more = _broken(line[-1], last)
        shown.append(_in_columns([*line[:-1], first], widest, styled))
        shown += [" " * before_last + text for text in more]
    return "\n".join(shown)


def _in_columns(cells: Sequence[str], widest: Sequence[int], styled: Mapping[str, str]) -> str:
    padded = [
        styled.get(cell, cell) + " " * (most - _width(cell))
        for cell, most in zip(cells, widest, strict=True)
    ]
    return _GAP.join(padded).rstrip()


def _stacked(cells: Sequence[str], first: int, room: int, styled: Mapping[str, str]) -> str:
    """One cell below the other, all but the first indented by what ``first`` columns take."""
    indent = first + len(_GAP)
    below = [line for cell in cells[1:] if cell for line in _broken(cell, room - indent)]
    start = styled.get(cells[0], cells[0]) + " " * (indent - _width(cells[0]))
    return (start + f"\n{' ' * indent}".join(below)).rstrip()


def _broken(text: str, columns: int) -> list[str]:
    """The text in lines of ``columns``, longer where a word is."""
    if _width(text) <= columns:
        return [text]
    return textwrap.wrap(text, max(columns, 1), break_long_words=False, break_on_hyphens=False) or [
        ""
    ]


def _terminal() -> int:
    """The columns of the terminal that stdout goes to; 0 where it goes elsewhere."""
    return shutil.get_terminal_size((0, 0)).columns if sys.stdout.isatty() else 0


def _width(text: str) -> int:
    """How many columns a terminal gives ``text``: wide letters take two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )
