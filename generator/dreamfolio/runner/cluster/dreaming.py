"""Dreaming a list of variants on a cluster: parcels go out, dreams come back, one writer keeps
them as they come."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from dreamfolio.errors import DreamError, DreamfolioError, NetworkError
from dreamfolio.errors import Place as Where
from dreamfolio.plan.task import Task
from dreamfolio.runner.cluster.crew import Crew, Place, short
from dreamfolio.runner.cluster.keeping import Keeping
from dreamfolio.runner.cluster.parcel import Failed, Finished, Passing
from dreamfolio.runner.cluster.parcels import Errand, Packing
from dreamfolio.runner.cluster.telling import Telling
from dreamfolio.runner.jobs import Job
from dreamfolio.runner.listener import Listener
from dreamfolio.runner.outcome import Outcome
from dreamfolio.runner.recorder import Recorder
from dreamfolio.runner.run import Run, Stop
from dreamfolio.runner.work import explained
from dreamfolio.store.shelf import is_folder
from dreamfolio.survey import Survey

# Times a dream may lose its dreamer before it is given up: it may be what ends them.
_TRIES = 3
# Seconds between two looks at a dream's steps, where few are dreamed at once.
_NEWS_EVERY = 0.3
_TICK = 0.1


def dream_all(
    ray: Any,
    survey: Survey,
    tasks: Sequence[Task],
    recorder: Recorder,
    outcome: Outcome,
    listener: Listener,
    stop: Stop,
) -> None:
    """See the runner's own ``dream_all``; ``ray`` is in touch with a cluster."""
    run = Run(survey, recorder, outcome, listener, stop)
    jobs = list(run.countable(tasks))
    if not jobs:
        return
    listener.begin(len(jobs), sum(job.steps for job in jobs))
    url = survey.portfolio.cache
    shared = None if is_folder(url) else url
    crew = Crew(ray, shared, listener.remark)
    with ThreadPoolExecutor(1, "pack") as packer, ThreadPoolExecutor(1, "write") as writer:
        try:
            _Dreaming(run, ray, crew, packer, writer).through(Packing(run, ray), jobs)
        finally:
            crew.dismiss()


@dataclass(eq=False, slots=True)
class _Dream:
    """A dream on its way at a place: ``result`` and ``news`` refer to what will come from there."""

    errand: Errand
    place: Place
    result: Any
    news: Any
    told: Passing


class _Dreaming:
    """Errands handed to whoever is free, from one thread, which waits for what comes back."""

    def __init__(
        self, run: Run, ray: Any, crew: Crew, packer: ThreadPoolExecutor, writer: ThreadPoolExecutor
    ):
        self._run = run
        self._ray = ray
        self._crew = crew
        self._packer = packer
        self._dreams: list[_Dream] = []
        self._queue: deque[Errand] = deque()
        self._keeping = Keeping(run, writer, self._queue.append)
        self._telling = Telling(run)

    def through(self, packing: Packing, jobs: Sequence[Job]) -> None:
        """See every job to its end, or as far as it gets until the run is stopped."""
        errands = packing.errands(jobs)
        packed: Future[Errand | None] | None = self._packer.submit(next, errands, None)
        while not self._run.stop():
            self._crew.look()
            if packed and packed.done() and not self._queue:
                errand = packed.result()
                packed = self._packer.submit(next, errands, None) if errand else None
                if errand:
                    self._keeping.take(errand)
            self._hand_out()
            if not (packed or self._queue or self._dreams or self._keeping.is_busy):
                return
            if error := self._crew.gone():
                packing.refusal = error
                while self._queue:
                    self._fail(self._queue.popleft(), error)
            self._wait()
        self._keep_what_came()

    def _hand_out(self) -> None:
        taken = {id(dream.place) for dream in self._dreams}
        for place in self._crew.places:
            if not self._queue:
                return
            if place.is_ready and id(place) not in taken:
                errand = self._queue.popleft()
                task = errand.job.task
                self._run.listener.dreaming_on(task, errand.job.steps, place.node.name)
                told = Passing(errand.parcel.number)
                result = place.dreamer.dream.remote(errand.parcel)
                self._dreams.append(_Dream(errand, place, result, self._ask(place), told))

    def _ask(self, place: Place) -> Any:
        # As many answers a second from many dreamers as from a few.
        return place.dreamer.passing.remote(max(_NEWS_EVERY, len(self._dreams) / 40))

    def _wait(self) -> None:
        refs = [*self._crew.awaited]
        for dream in self._dreams:
            refs += [dream.result, *([dream.news] if dream.news is not None else [])]
        if not refs:
            time.sleep(_TICK)
            return
        for ref in self._ray.wait(refs, num_returns=1, timeout=_TICK)[0]:
            self._arrive(ref)

    def _arrive(self, ref: Any) -> None:
        for dream in self._dreams:
            if ref == dream.result:
                self._dreams.remove(dream)
                self._come_back(dream)
                return
            if ref == dream.news:
                try:
                    self._tell(dream, self._ray.get(ref))
                except self._ray.exceptions.RayError:
                    dream.news = None  # The result will tell what happened.
                else:
                    dream.news = self._ask(dream.place)
                return
        self._crew.arrive(ref)

    def _come_back(self, dream: _Dream) -> None:
        errand = dream.errand
        try:
            came: Finished | Failed = self._ray.get(dream.result)
        except self._ray.exceptions.RayTaskError as error:
            self._fail(errand, explained(error))
            return
        except self._ray.exceptions.RayError as error:
            self._lose(dream, error)
            return
        self._tell(dream, came.passing)
        if isinstance(came, Finished):
            self._crew.praise(dream.place)
            self._keeping.keep(errand, came)
        elif came.of_node:
            self._telling.untell(errand.job.task, dream.told)
            self._crew.refuse(dream.place.node, came.message)
            self._queue.appendleft(errand)
        else:
            self._fail(errand, _error(errand, came))

    def _lose(self, dream: _Dream, error: Exception) -> None:
        errand, node = dream.errand, dream.place.node.name
        task = errand.job.task
        self._telling.untell(errand.job.task, dream.told)
        self._crew.lose(dream.place, error, errand)
        errand.losses += 1
        if errand.losses < _TRIES:
            self._run.listener.remark(
                f"{task.collection}/{task.file}: lost with its dreamer on {node}; dreaming it again"
            )
            self._queue.appendleft(errand)
            return
        lost = DreamError(
            f"its dreamer was lost {_TRIES} times, last on {node} ({short(error)})",
            mend="look at that machine's memory; a smaller tile or picture takes less of it",
        )
        self._fail(errand, lost)

    def _tell(self, dream: _Dream, now: Passing) -> None:
        node = dream.place.node.name
        dream.told = self._telling.tell(dream.errand.job.task, node, dream.told, now)

    def _fail(self, errand: Errand, error: DreamfolioError) -> None:
        for one in self._keeping.failing(errand):
            self._run.fail(one.job.task, error, one.job.steps)

    def _keep_what_came(self) -> None:
        """Of a stopped run: dreams that are here count, others do not."""
        came = [dream.result for dream in self._dreams]
        if came:
            for ref in self._ray.wait(came, num_returns=len(came), timeout=0)[0]:
                self._arrive(ref)


def _error(errand: Errand, failed: Failed) -> DreamfolioError:
    if not failed.of_network:
        return DreamError(failed.message, mend=failed.mend)
    own = errand.job.network.file or errand.job.network.weights
    return NetworkError(failed.message, mend=failed.mend, place=Where(own) if own else None)
