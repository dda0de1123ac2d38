"""Dreaming batches of jobs through a network; what goes wrong with one costs that one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dreamfolio.dream.counting import Stopped
from dreamfolio.errors import DreamfolioError
from dreamfolio.runner.checkpoints import FileCheckpoints
from dreamfolio.runner.jobs import Job
from dreamfolio.runner.origin import Origin
from dreamfolio.runner.run import Decoded, Run
from dreamfolio.runner.work import Hears, Work, dreamed, dreamed_together, explained
from dreamfolio.runner.writing import Writing

if TYPE_CHECKING:
    from dreamfolio.dream.networks.network import Network

Pending = tuple[Job, Future[Decoded]]
"""A job whose pictures are decoded, or are about to be."""


@dataclass(frozen=True)
class _Ready:
    """A job with all that its dream takes."""

    job: Job
    work: Work
    origin: Origin


class Dreamer:
    """Dreams jobs of a ``network``; ``origin_of`` tells where their pictures come from."""

    def __init__(
        self, run: Run, network: Network, origin_of: Callable[[Job], Origin], writing: Writing
    ):
        self._run = run
        self._network = network
        self._origin_of = origin_of
        self._writing = writing

    def dream(self, batch: Sequence[Pending], filled: int) -> None:
        """Dream a batch at once, ``filled`` up to so many. Raises Stopped."""
        while batch:
            ready, batch = self._ready(batch)
            for one in ready:
                self._run.listener.dreaming(one.job.task, one.job.steps)
            if max(len(ready), filled) == 1 or not self._together(ready, filled):
                for one in ready:
                    with self._costing(one.job):
                        self._alone(one)

    def _ready(self, batch: Sequence[Pending]) -> tuple[list[_Ready], list[Pending]]:
        """The jobs that are to be dreamed, with all that it takes; and their twins, which wait to
        see what becomes of them."""
        ready: list[_Ready] = []
        twins: list[Pending] = []
        for job, pictures in batch:
            with self._costing(job):
                decoded, origin = pictures.result(), self._origin_of(job)
                made = origin.key, job.task.suffix
                if any(made == (one.origin.key, one.job.task.suffix) for one in ready):
                    twins.append((job, pictures))
                    continue
                known = self._writing.known(job.task, origin)
                if known is not None:
                    self._run.restored(job.task, known, origin)
                    self._checkpoints(origin).forget()
                else:
                    ready.append(_Ready(job, self._run.work(job, decoded, origin), origin))
        return ready, twins

    def _alone(self, one: _Ready) -> None:
        checkpoints = self._checkpoints(one.origin)
        frames, chosen = dreamed(one.work, self._network, self._hears([one]), checkpoints)
        origin = replace(one.origin, versions={**one.origin.versions, **chosen})
        self._writing.write(
            one.job.task, one.work.format, frames, origin, forget=checkpoints.forget
        )

    def _together(self, ready: Sequence[_Ready], filled: int) -> bool:
        """Dream a batch at once; say whether that went well. Raises Stopped.

        What is dreamed so is small, and soon done: it is not kept on its way.
        """
        if not ready:
            return True
        hears = self._hears(ready)
        try:
            stills = dreamed_together([one.work for one in ready], self._network, hears, filled)
        except Stopped:
            raise
        except Exception:  # Each is tried alone, so that what is wrong with one costs but that one.
            hears.on_step(0, 0)
            return False
        number = str(max(len(ready), filled))
        for one, still in zip(ready, stills, strict=True):
            origin = replace(one.origin, versions={**one.origin.versions, "batch": number})
            forget = self._checkpoints(one.origin).forget
            self._writing.write(one.job.task, one.work.format, [still], origin, len(ready), forget)
        return True

    @contextmanager
    def _costing(self, job: Job) -> Iterator[None]:
        """Whatever goes wrong within costs this one job."""
        try:
            yield
        except Stopped:
            raise
        except DreamfolioError as error:
            self._run.fail(job.task, error, job.steps)
        except Exception as error:  # Whatever a backend may throw.
            self._run.fail(job.task, explained(error), job.steps)

    def _checkpoints(self, origin: Origin) -> FileCheckpoints:
        root = self._run.survey.portfolio.root
        return FileCheckpoints(root, origin.key, self._network.precision, self._run.stop)

    def _hears(self, ready: Sequence[_Ready]) -> Hears:
        tasks = [one.job.task for one in ready]
        listener, taken = self._run.listener, 0

        def on_step(done: int, total: int) -> None:
            nonlocal taken
            for task in tasks:
                listener.step(task, done - taken)
            taken = done

        def on_skip(octaves: int) -> None:
            for task in tasks:
                listener.skipped(task, octaves)

        return Hears(
            on_step=on_step,
            stop=self._run.stop,
            on_fewer=lambda count: listener.fewer(tasks[0], count),
            on_tile=lambda side: listener.smaller(tasks[0], side),
            on_skip=on_skip,
        )
