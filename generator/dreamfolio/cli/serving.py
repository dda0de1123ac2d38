"""Serving on the terminal: what is built, what is wrong, and when it is mended."""

from __future__ import annotations

import time
import traceback
from collections.abc import Sequence
from contextlib import AbstractContextManager

from dreamfolio.cli import options
from dreamfolio.cli.alone import waiting_for
from dreamfolio.cli.dreaming import tell
from dreamfolio.cli.progress import Progress, progress
from dreamfolio.cli.publishing import site_changes
from dreamfolio.cli.show import Told, note, plural, show_error, warn
from dreamfolio.errors import DreamfolioError
from dreamfolio.plan.task import Task
from dreamfolio.runner.outcome import Outcome
from dreamfolio.serve.listener import Listener
from dreamfolio.serve.rebuilding import Rebuilt
from dreamfolio.store.alone import Worker

# Of many files that were copied at once, so many are named.
_NAMED = 2


class Terminal(Listener):
    """Tells what is new, and nothing twice. ``dream`` says whether missing variants are dreamed."""

    def __init__(self, first: Progress, *, dream: bool):
        self.dreamed_so_far = 0
        self._first: Progress | None = first
        self._dreaming: Progress | None = None
        self._dream = dream
        self._told: set[str] = set()
        self._missing = 0

    def close(self) -> None:
        """Leave the terminal as it was."""
        for shown in (self._first, self._dreaming):
            if shown:
                shown.close()

    def picture(self, done: int, total: int) -> None:
        if self._first:
            self._first.pictures(done, total)

    def rebuilt(self, rebuilt: Rebuilt, changed: Sequence[str]) -> None:
        if self._first:
            self._first.close()
            self._first = None
        result = rebuilt.result
        if rebuilt.changed and result:
            took = f"{site_changes(result)} ({rebuilt.seconds:.1f} s)"
            note(f"{_clock()} {_named(changed) + ': ' if changed else ''}{took}")
        self._tell_problems(rebuilt)
        if rebuilt.survey:
            self._tell_missing(len(rebuilt.to_do))

    def waiting(self, worker: Worker | None) -> None:
        note(f"{_clock()} {waiting_for(worker)}")

    def polling(self, why: str) -> None:
        warn(f"this system cannot tell of changes ({why}); they are looked for, which is slower")

    def dreams(self) -> AbstractContextManager[Progress]:
        self._dreaming = progress()
        return self._dreaming

    def dreamed(self, outcome: Outcome, tasks: Sequence[Task]) -> None:
        self.dreamed_so_far += len(outcome.dreamed) + len(outcome.restored)
        tell(outcome, tasks, Told())

    def fault(self, error: DreamfolioError) -> None:
        show_error(error)
        _show_traceback(error)

    def _tell_problems(self, rebuilt: Rebuilt) -> None:
        errors = {str(error): error for error in rebuilt.problems}
        notes = {str(one): one for one in (rebuilt.survey.problems if rebuilt.survey else ())}
        new = [error for text, error in errors.items() if text not in self._told]
        for error in new:
            show_error(error)
            _show_traceback(error)
        for text, one in notes.items():
            if text not in self._told:
                warn(one)
        if self._told and not errors and not notes:
            note(f"{_clock()} mended")
        elif rebuilt.result is None and new:
            note("the site stays as it was")
        self._told = {*errors, *notes}

    def _tell_missing(self, missing: int) -> None:
        if missing != self._missing and missing and not self._dream:
            are = plural(missing, "variant is", "variants are")
            note(f"{are} not there yet: dreamfolio build makes them, or serve with --dream")
        self._missing = missing


def _clock() -> str:
    return time.strftime("%H:%M:%S")


def _named(files: Sequence[str]) -> str:
    named = ", ".join(files[:_NAMED])
    more = len(files) - _NAMED
    return f"{named} and {more} more" if more > 0 else named


def _show_traceback(error: DreamfolioError) -> None:
    if options.debug() and error.__cause__:
        note("".join(traceback.format_exception(error)))
