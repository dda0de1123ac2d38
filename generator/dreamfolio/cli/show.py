"""Lines on the terminal: results on stdout, everything said about them on stderr."""

from __future__ import annotations

import json
import os
from pathlib import Path

import typer

from dreamfolio.cli.printable import escaped, one_line, printable
from dreamfolio.errors import ContentErrors, DreamfolioError, PictureError, Place, mend_of


def say(text: str = "") -> None:
    """A line of a command's result."""
    _echo(printable(text))


def say_table(table: str) -> None:
    """A ``table``, whose cells are printable already and whose colours stay."""
    _echo(table)


def say_data(data: object) -> None:
    """A result as JSON, for programs: nothing of it is lost, and nothing steers a terminal."""
    _echo(escaped(json.dumps(data, indent=2, ensure_ascii=False)))


def note(text: str) -> None:
    """A line about the work, apart from its result."""
    _echo(printable(text), err=True)


def warn(text: object) -> None:
    """Something that costs nothing now, but that one should know."""
    if isinstance(text, DreamfolioError):
        text = _from_here(text)
    _echo(f"{typer.style('note:', fg='yellow', bold=True)} {printable(str(text))}", err=True)


def show_error(error: DreamfolioError) -> None:
    """An error, or each of several, in one line with its place and mend."""
    problems = error.problems if isinstance(error, ContentErrors) else (error,)
    for problem in problems:
        said = one_line(str(_from_here(problem)))
        _echo(f"{typer.style('error:', fg='red', bold=True)} {said}", err=True)


def _echo(text: str, err: bool = False) -> None:
    # https://no-color.org, which progress bars heed by themselves; on a terminal alone otherwise.
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    typer.echo(text, err=err, color=False if plain else None)


class Told:
    """Says what there is to say of one run, and knows afterwards what a next one would say that
    finds everything as this one leaves it: ``notes``, then ``warnings``, unless there was anything
    ``more``, such as an error.

    A broken picture is shown once though several parts stumble over it.
    """

    def __init__(self) -> None:
        self.notes: list[str] = []
        self.warnings: list[str] = []
        self.more = False
        self._pictures: set[Path] = set()

    def note(self, text: str, later: str | None = None) -> None:
        """Say ``text``, for which the next run says ``later``."""
        note(text)
        self.notes.append(later or text)

    def warn(self, text: object) -> None:
        """Say something that costs nothing now, but that one should know."""
        warn(text)
        if isinstance(text, str):
            self.warnings.append(text)
        else:  # Its place is told from the folder that one is in.
            self.more = True

    def show(self, error: DreamfolioError, subject: str = "") -> None:
        """Show ``error``, after the name of what it cost."""
        self.more = True
        if isinstance(error, PictureError) and error.place:
            if error.place.file in self._pictures:
                return
            self._pictures.add(error.place.file)
        shown = _from_here(error)
        show_error(DreamfolioError(f"{subject}: {shown}" if subject else str(shown)))


def _from_here(error: DreamfolioError) -> DreamfolioError:
    """The error with its place as one would type it: relative to the folder one is in; and with a
    word on what to do, where its cause lets one say that."""
    place, cause = error.place, error.__cause__
    mend = error.mend or (mend_of(cause) if cause is not None else None)
    try:
        here = Path.cwd()
    except FileNotFoundError:  # Removed under our feet.
        return error
    if place is not None and place.file.is_relative_to(here):
        place = Place(place.file.relative_to(here), place.line, place.column)
    return DreamfolioError(error.message, place=place, mend=mend)


def plural(count: int, one: str, many: str | None = None) -> str:
    """``1 dream``, ``2 dreams``."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def megabytes(done: int, total: int | None) -> str:
    """``12.3 of 87.9 MB (13 %)``, or ``12.3 MB`` where the whole is not known."""
    if not total:
        return f"{done / 1e6:.1f} MB"
    return f"{done / 1e6:.1f} of {total / 1e6:.1f} MB ({done * 100 // total} %)"
