"""Dreaming in the background what is missing, while the site is served.

What is dreamed is written beside its source, which is watched: so it comes into the site as any
picture does.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from pathlib import Path

from dreamfolio.errors import DreamError, DreamfolioError, reason_with_type
from dreamfolio.plan.task import TO_DO, Task
from dreamfolio.runner.carry_out import carry_out
from dreamfolio.runner.outcome import Outcome
from dreamfolio.serve.following import Following
from dreamfolio.serve.listener import Listener
from dreamfolio.store.alone import GaveUp, alone
from dreamfolio.survey import survey

# What others are told that wait for it.
COMMAND = "dreamfolio serve"
_LOOK_SECONDS = 0.2
Attempt = tuple[str, str, str | None, str | None]


class Dreamer:
    """Dreams what the portfolio at ``root`` lacks, in a thread of its own."""

    def __init__(self, root: Path, listener: Listener, stop: Callable[[], bool]):
        self._root = root
        self._listener = listener
        self._stop = stop
        self._wanted: dict[tuple[str, str], str | None] = {}
        self._asked = threading.Event()
        # What failed once is tried again when something about it has changed.
        self._tried: dict[Attempt, DreamfolioError] = {}
        self._thread = threading.Thread(target=self._run, name="dreamer", daemon=True)

    def start(self) -> None:
        """Begin; nothing is dreamed before it is ``want``ed."""
        self._thread.start()

    def want(self, tasks: Iterable[Task]) -> None:
        """Dream ``tasks`` and no others: one in work that is not wanted any more is given up."""
        self._wanted = {(task.collection, task.file): task.key for task in tasks}
        self._asked.set()

    @property
    def problems(self) -> tuple[DreamfolioError, ...]:
        """Why some of what is wanted now could not be dreamed."""
        wanted, tried = self._wanted, dict(self._tried)
        return tuple(error for one, error in tried.items() if one[2] == wanted.get(one[:2], ""))

    def join(self) -> None:
        """Wait until what was finished before it was told to stop is written."""
        self._thread.join()

    def _run(self) -> None:
        while not self._stop():
            if self._asked.wait(_LOOK_SECONDS):
                self._asked.clear()
                try:
                    with alone(self._root, COMMAND, self._listener.waiting, self._stop):
                        self._dream()
                except GaveUp:
                    return
                except DreamfolioError:
                    pass  # The content cannot be read: the site's own build tells of it.
                except Exception as error:
                    self._listener.fault(
                        DreamError(f"the dreaming failed: {reason_with_type(error)}")
                    )

    def _dream(self) -> None:
        # A survey of its own, since its memory is not for two threads.
        surveyed = survey(self._root)
        tasks = [
            task
            for task in surveyed.tasks
            if task.state in TO_DO and _attempt(task) not in self._tried and self._is_wanted(task)
        ]
        if not tasks:
            return
        outcome = Outcome()
        with self._listener.dreams() as listener:
            following = Following(listener)
            carry_out(surveyed, tasks, outcome, following, lambda: self._is_over(following.task))
        if self._stop():
            return
        for task, error in (*outcome.failed, *outcome.pending):
            self._tried[_attempt(task)] = _named(error, task)
        self._listener.dreamed(outcome, tasks)
        # Some may have been wanted in the meantime.
        self._asked.set()

    def _is_over(self, task: Task | None) -> bool:
        return self._stop() or (task is not None and not self._is_wanted(task))

    def _is_wanted(self, task: Task) -> bool:
        wanted, name = self._wanted, (task.collection, task.file)
        if name not in wanted:
            return False
        # A key that was not known while the network was not here is no other one.
        return wanted[name] in (task.key, None) or task.key is None


def _attempt(task: Task) -> Attempt:
    return task.collection, task.file, task.key, task.problem


def _named(error: DreamfolioError, task: Task) -> DreamfolioError:
    message = f"{task.collection}/{task.file} could not be dreamed: {error.message}"
    return DreamError(message, place=error.place, mend=error.mend)
