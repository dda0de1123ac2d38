"""Which dreams a portfolio needs, by their keys."""

from __future__ import annotations

from dataclasses import dataclass

from dreamfolio.plan.task import TO_DO, State
from dreamfolio.survey import Survey


@dataclass(frozen=True, slots=True)
class Needed:
    """``keys`` of the dreams that are wanted or recorded, and of those ``to_dream`` yet. ``unsure``
    are variants whose key nobody can tell now, say since their source cannot be read: any dream
    may be theirs."""

    keys: frozenset[str]
    to_dream: frozenset[str]
    unsure: tuple[str, ...]


def needed(survey: Survey) -> Needed:
    """What the portfolio needs that ``survey`` found."""
    wanted = [each for task in survey.tasks for each in (task, *task.alternatives)]
    keys = {task.key for task in wanted if task.key}
    recorded = {
        entry.key for lock in survey.facts.locks.values() for entry in lock.values() if entry.key
    }
    unsure = tuple(
        f"{task.collection}/{task.file}"
        for task in survey.tasks
        if task.key is None and task.state not in (State.ADOPTED, State.ORPHAN)
    )
    to_dream = {one.key for one in wanted if one.key and one.state in TO_DO}
    return Needed(frozenset(keys | recorded), frozenset(to_dream), unsure)
