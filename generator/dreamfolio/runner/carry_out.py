"""Carrying out a plan, from the survey to pictures and lock."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from dreamfolio.dream.networks.download import FetchFailed
from dreamfolio.errors import DreamfolioError, StoreError
from dreamfolio.plan.task import TO_DO, State, Task
from dreamfolio.runner.checkpoints import forget_finished
from dreamfolio.runner.dreaming import dream_all
from dreamfolio.runner.listener import Listener
from dreamfolio.runner.outcome import Outcome
from dreamfolio.runner.recorder import Recorder
from dreamfolio.runner.restoring import kept_twins, restore
from dreamfolio.runner.run import Stop
from dreamfolio.store import fetches
from dreamfolio.store.cache import Cache
from dreamfolio.survey import Survey

# Damaged entries of the cache that are named; a broken disk may have many.
_NAMED = 3

DreamAll = Callable[[Survey, Sequence[Task], Recorder, Outcome, Listener, Stop], None]


def carry_out(
    survey: Survey,
    tasks: Sequence[Task],
    outcome: Outcome,
    listener: Listener | None = None,
    stop: Stop = lambda: False,
    dream: DreamAll = dream_all,
) -> None:
    """Make every variant of ``tasks`` that is to be made; ``outcome`` grows as it goes.

    ``tasks`` are of the survey's, or forced forms of them. What cannot be made or recorded is
    noted with its error and costs nothing else. ``dream`` does the dreaming, here or elsewhere.
    """
    listener = listener or Listener()
    recorder = Recorder(survey, outcome)
    outcome.noted += [task for task in tasks if _is_unrecorded(task)]
    recorder.take_note(outcome.noted)
    twins = kept_twins(survey, tasks)
    to_dream = []
    for task in tasks:
        if stop():
            return
        if task.state is State.RESTORABLE:
            if _restored(survey, task, recorder, twins, outcome, listener):
                continue
            to_dream.append(task)
        elif task.state in TO_DO:
            to_dream.append(task)
    dream(survey, to_dream, recorder, outcome, listener, stop)
    outcome.warnings += _damaged(survey.cache)
    forget_finished(survey.portfolio.root, _finished(survey, tasks, outcome))
    fetches.remember(survey.portfolio.root, _not_fetched(outcome), time.time())
    if not stop():
        recorder.forget_vanished()
    survey.memory.save()


def _finished(survey: Survey, tasks: Sequence[Task], outcome: Outcome) -> set[str]:
    """The keys of dreams that were there before this run, in their place or elsewhere; not of those
    that are dreamed again all the same."""
    again = {task.key for task in tasks if task.state in TO_DO}
    there = {task.key for task in survey.tasks if task.state is State.CURRENT}
    return {key for key in there - again | {task.key for task in outcome.restored} if key}


def _damaged(cache: Cache) -> list[DreamfolioError]:
    """A word on entries of the cache that were not what had been put there."""
    names = sorted({*cache.damaged})
    if not names:
        return []
    told = ", ".join(names[:_NAMED]) + (", …" if len(names) > _NAMED else "")
    number = "an entry" if len(names) == 1 else f"{len(names)} entries"
    return [
        StoreError(
            f"the cache at {cache.url} held {number} damaged on the disk and of no use: {told}",
            mend="what is wanted of it is dreamed again",
        )
    ]


def _not_fetched(outcome: Outcome) -> dict[Path, str]:
    return {
        error.path: error.why for error in outcome.away.values() if isinstance(error, FetchFailed)
    }


def _is_unrecorded(task: Task) -> bool:
    if task.state is State.ADOPTED:
        return task.entry is None
    recorded = task.entry is not None and task.entry.output == task.output
    return task.state is State.CURRENT and not recorded


def _restored(
    survey: Survey,
    task: Task,
    recorder: Recorder,
    twins: Mapping[tuple[str, str], bytes],
    outcome: Outcome,
    listener: Listener,
) -> bool:
    """Whether the task needs no dream: its picture came back, or must not be written."""
    try:
        if not restore(survey, task, recorder, twins):
            return False
    except DreamfolioError as error:
        outcome.failed.append((task, error))
        listener.failed(task, error, 0)
        return True
    outcome.restored.append(task)
    listener.restored(task)
    return True
