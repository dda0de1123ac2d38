"""What is to be dreamed and is there already: as another variant on disk, or in the cache."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import PurePath

from dreamfolio.plan.facts import Facts
from dreamfolio.plan.fallbacks import each, settled
from dreamfolio.plan.task import TO_DO, State, Task


def whole_dreams(facts: Facts) -> dict[tuple[str, str], tuple[str, str]]:
    """Key and suffix of every whole dream on disk → its collection and file."""
    return {
        (entry.key, PurePath(file).suffix.lower()): (slug, file)
        for slug, lock in facts.locks.items()
        for file, entry in lock.items()
        if entry.key and facts.outputs.get((slug, file)) == entry.output
    }


def with_twin(task: Task, dreamed: Mapping[tuple[str, str], tuple[str, str]]) -> Task:
    # So that a renamed source costs nothing, even in a fresh clone that has no cache yet.
    twin = dreamed.get((task.key, task.suffix)) if task.key and task.state in TO_DO else None
    if twin is None:
        return task
    return replace(
        task,
        state=State.RESTORABLE,
        reason=f"{task.own_reason}: the same as {twin[1]}",
        twin=twin,
    )


def look_in_cache(tasks: Iterable[Task], cached: Mapping[tuple[str, str], str]) -> tuple[Task, ...]:
    """The tasks again, knowing the cache: ``cached`` maps key and suffix to the entry's digest."""
    return tuple(settled(each(task, lambda one: _with_cache(one, cached))) for task in tasks)


def asks_cache(task: Task) -> bool:
    """Whether the cache could change what is to be done."""
    return (
        task.key is not None
        and (task.state not in (State.CURRENT, State.ORPHAN) or task.lacks_movie)
        and task.twin is None
    )


def _with_cache(task: Task, cached: Mapping[tuple[str, str], str]) -> Task:
    if task.key is None or not asks_cache(task):
        return task
    digest = cached.get((task.key, task.asks_for))
    if digest is None:
        return task
    if task.lacks_movie:
        return replace(task, state=State.RESTORABLE, reason="its MP4 was deleted: in the cache")
    adopted = task.entry is not None and task.entry.adopted
    if digest == task.output and not adopted:
        # An interrupted build wrote the picture and did not come to record it.
        return replace(task, state=State.CURRENT, reason="as in the cache")
    if task.state in TO_DO and task.twin is None:
        return replace(task, state=State.RESTORABLE, reason=f"{task.own_reason}: in the cache")
    return task
