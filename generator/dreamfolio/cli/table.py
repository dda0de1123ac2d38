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
    widths = [max(_width(line[i]) for line in lines) for i in range(len(head))]
    shown = []
    for number, line in enumerate(lines):
        cells = []
        for i, cell in enumerate(line):
            padding = " " * (widths[i] - _width(cell)) if i < len(line) - 1 else ""
            cells.append(_styled(cell, number == 0, colours or {}) + padding)
        shown.append("  ".join(cells).rstrip())
    return "\n".join(shown)


def _styled(cell: str, is_head: bool, colours: Mapping[str, str]) -> str:
    if is_head:
        return typer.style(cell, bold=True)
    return typer.style(cell, fg=colours[cell]) if cell in colours else cell


def _width(text: str) -> int:
    """How many columns a terminal gives ``text``: wide letters take two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )
