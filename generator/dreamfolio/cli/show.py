"""Lines on the terminal: results on stdout, everything said about them on stderr."""

from __future__ import annotations

import typer

from dreamfolio.errors import ContentErrors, DreamfolioError


def say(text: str = "") -> None:
    """A line of a command's result."""
    typer.echo(text)


def note(text: str) -> None:
    """A line about the work, apart from its result."""
    typer.echo(text, err=True)


def warn(text: object) -> None:
    """Something that costs nothing now, but that one should know."""
    typer.echo(f"{typer.style('note:', fg='yellow', bold=True)} {text}", err=True)


def show_error(error: DreamfolioError) -> None:
    """An error, or each of several, in one line with its place and mend."""
    problems = error.problems if isinstance(error, ContentErrors) else (error,)
    for problem in problems:
        typer.echo(f"{typer.style('error:', fg='red', bold=True)} {problem}", err=True)


def plural(count: int, one: str, many: str | None = None) -> str:
    """``1 dream``, ``2 dreams``."""
    return f"{count} {one if count == 1 else many or one + 's'}"
