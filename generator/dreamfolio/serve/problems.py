"""Errors as a page shows them: with the lines of the file that they are about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dreamfolio.errors import ContentErrors, DreamfolioError

_AROUND = 1
_MAX_BYTES = 2_000_000
_MAX_WIDTH = 160
# What lines are shown of: a picture's bytes would say nothing.
_TEXTS = {".yaml", ".yml", ".j2", ".lock", ".md"}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, where, and how to mend it. ``lines`` are those around the place, by number;
    ``file`` is as one would type it in the portfolio's folder."""

    message: str
    mend: str | None = None
    file: str | None = None
    line: int | None = None
    column: int | None = None
    lines: tuple[tuple[int, str], ...] = ()

    def to_form(self) -> dict[str, Any]:
        """It as JSON has it."""
        return {
            "message": self.message,
            "mend": self.mend,
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "lines": [list(one) for one in self.lines],
        }


def problems_of(errors: Iterable[DreamfolioError], root: Path) -> tuple[Problem, ...]:
    """Each of ``errors``, and each part of those that gather several; ``root`` is the portfolio."""
    return tuple(_problem(error, root) for error in each(errors))


def each(errors: Iterable[DreamfolioError]) -> list[DreamfolioError]:
    """``errors`` one by one, and none of them twice."""
    apart = [
        one
        for error in errors
        for one in (error.problems if isinstance(error, ContentErrors) else (error,))
    ]
    return list({str(error): error for error in apart}.values())


def _problem(error: DreamfolioError, root: Path) -> Problem:
    place = error.place
    if place is None:
        return Problem(error.message, error.mend)
    file = root / place.file
    near = file.relative_to(root) if file.is_relative_to(root) else file
    lines = _lines(file, place.line) if place.line is not None else ()
    return Problem(error.message, error.mend, near.as_posix(), place.line, place.column, lines)


def _lines(file: Path, line: int) -> tuple[tuple[int, str], ...]:
    try:
        if file.suffix.lower() not in _TEXTS or file.stat().st_size > _MAX_BYTES:
            return ()
        lines = file.read_text(encoding="utf-8-sig", errors="replace").splitlines()
    except OSError:
        return ()
    first = max(line - _AROUND, 1)
    shown = lines[first - 1 : line + _AROUND]
    return tuple((first + number, text[:_MAX_WIDTH]) for number, text in enumerate(shown))
