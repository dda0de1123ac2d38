"""A table of plain text in aligned columns: quick to make, and readable in a pipe, too."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence

import typer

from dreamfolio.cli.printable import one_line


def table(
    head: Sequence[str], rows: Iterable[Sequence[str]], colours: Mapping[str, str] | None = None
) -> str:
    """The rows under their head, columns two spaces apart; cells found in ``colours`` take them."""
    lines = [list(head), *[[one_line(cell) for cell in row] for row in rows]]
    widths = [[_width(cell) for cell in line] for line in lines]
    widest = [max(column) for column in zip(*widths, strict=True)]
    styled = {cell: typer.style(cell, fg=colour) for cell, colour in (colours or {}).items()}
    shown: list[str] = []
    for line, wide in zip(lines, widths, strict=True):
        if shown:
            cells = [styled.get(cell, cell) for cell in line]
        else:
            cells = [typer.style(cell, bold=True) for cell in line]
        gaps = (" " * (most - width) for most, width in zip(widest, wide, strict=True))
        shown.append("  ".join(map(str.__add__, cells, gaps)).rstrip())
    return "\n".join(shown)


def _width(text: str) -> int:
    """How many columns a terminal gives ``text``: wide letters take two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )
