"""Dreams to be dreamed: grouped so that a network is loaded once, decoded one ahead."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, TypeVar

from dreamfolio.content.objects import Variant
from dreamfolio.dream.networks.reference import NetworkReference
from dreamfolio.dream.target import Target
from dreamfolio.plan.task import Task

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Job:
    """A task that can be dreamed, its steps counted; ``size`` is its source's height and width."""

    task: Task
    variant: Variant
    steps: int
    size: tuple[int, int]

    @property
    def network(self) -> NetworkReference:
        """The network that dreams it."""
        return self.variant.network

    @property
    def wanted(self) -> NetworkReference:
        """The network that was asked for."""
        return self.variant.wanted.network

    def by_next(self) -> Job | None:
        """The job for the network that comes next where this one's cannot be had."""
        candidates = (self.variant.wanted, *self.variant.wanted.stand_ins)
        networks = [one.network for one in candidates]
        following = candidates[networks.index(self.network) + 1 :]
        if not following:
            return None
        task = replace(self.task, variant=following[0])
        return replace(self, task=task, variant=following[0])

    @property
    def targets(self) -> tuple[Target, ...]:
        """What it dreams toward; the order in which layers were named makes no difference."""
        return tuple(sorted(self.variant.targets))


def groups(jobs: Sequence[Job], by: Callable[[Job], Any]) -> list[list[Job]]:
    """The jobs in groups with one value each, in the order in which values first appear."""
    found: dict[Any, list[Job]] = {}
    for job in jobs:
        found.setdefault(by(job), []).append(job)
    return list(found.values())


def ahead(
    pool: ThreadPoolExecutor,
    work: Callable[[Job], T],
    batches: Sequence[Sequence[Job]],
    early: Mapping[int, Future[T]] = MappingProxyType({}),
) -> Iterator[list[tuple[Job, Future[T]]]]:
    """Each batch of jobs with their work, which is begun one batch ahead and no more, to spare
    memory. What was begun ``early`` is told by the job's id."""

    def begun(some: Sequence[Sequence[Job]]) -> list[list[tuple[Job, Future[T]]]]:
        return [
            [(job, early.get(id(job)) or pool.submit(work, job)) for job in batch] for batch in some
        ]

    started = begun(batches[:1])
    for i in range(len(batches)):
        started += begun(batches[i + 1 : i + 2])
        yield started.pop(0)
