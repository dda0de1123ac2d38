"""Dreaming a list of variants on a cluster: parcels go out, dreams come back, one writer keeps
them as they come."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

from dreamfolio.errors import DreamError, DreamfolioError, NetworkError, StoreError
from dreamfolio.errors import Place as Where
from dreamfolio.plan import Task
from dreamfolio.runner.cluster.crew import Crew, Place, short
from dreamfolio.runner.cluster.parcel import Failed, Finished, Passing
from dreamfolio.runner.cluster.parcels import Errand, Packing
from dreamfolio.runner.cluster.twins import Twins
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
        self._writer = writer
        self._dreams: list[_Dream] = []
        self._queue: deque[Errand] = deque()
        self._twins = Twins()
        self._writing: list[Future[None]] = []
        self._devices: set[str] = set()

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
                    self._take(errand)
            self._hand_out()
            self._writing = [one for one in self._writing if not _is_done(one)]
            if not (packed or self._queue or self._dreams or self._writing):
                return
            if error := self._crew.gone():
                packing.refusal = error
                while self._queue:
                    self._fail(self._queue.popleft(), error)
            self._wait()
        self._keep_what_came()

    def _take(self, errand: Errand) -> None:
        if self._twins.is_first(errand):
            self._queue.append(errand)
        elif not self._twins.waits(errand):
            self._write(self._follow, errand)

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
            self._write(self._keep, errand, came, self._twins.told(errand))
        elif came.of_node:
            self._untell(dream)
            self._crew.refuse(dream.place.node, came.message)
            self._queue.appendleft(errand)
        else:
            self._fail(errand, _error(errand, came))

    def _lose(self, dream: _Dream, error: Exception) -> None:
        errand, node = dream.errand, dream.place.node.name
        task = errand.job.task
        self._untell(dream)
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
        """Tell what is new of a dream."""
        told, task, listener = dream.told, dream.errand.job.task, self._run.listener
        if now.number != told.number:
            return
        device = f"{dream.place.node.name}: {now.device}"
        if now.device and device not in self._devices:
            self._devices.add(device)
            listener.loaded(device)
        if now.skipped != told.skipped:
            listener.skipped(task, now.skipped)
        if now.tile is not None and now.tile != told.tile:
            listener.smaller(task, now.tile)
        if now.steps > told.steps:
            listener.step(task, now.steps - told.steps)
        warnings = self._run.outcome.warnings
        if now.cache and now.cache not in map(str, warnings):
            warnings.append(StoreError(now.cache))
        dream.told = now

    def _untell(self, dream: _Dream) -> None:
        if dream.told.steps:
            self._run.listener.step(dream.errand.job.task, -dream.told.steps)

    def _fail(self, errand: Errand, error: DreamfolioError) -> None:
        for one in (errand, *self._twins.told(errand)):
            self._run.fail(one.job.task, error, one.job.steps)

    def _keep_what_came(self) -> None:
        """Of a stopped run: dreams that are here count, others do not."""
        came = [dream.result for dream in self._dreams]
        if came:
            for ref in self._ray.wait(came, num_returns=len(came), timeout=0)[0]:
                self._arrive(ref)

    def _write(self, act: Callable[..., None], *arguments: Any) -> None:
        self._writing.append(self._writer.submit(act, *arguments))

    def _follow(self, errand: Errand) -> None:
        """Keep the picture of a twin that was dreamed before."""
        origin = errand.origin
        made = self._run.recorder.made(self._twins.before(errand).job.task)
        picture = made or self._run.recorder.cached(origin.key, errand.job.task.suffix)
        if picture is None:
            self._queue.append(errand)
        else:
            self._run.restored(errand.job.task, picture, origin)

    def _keep(self, errand: Errand, came: Finished, twins: Sequence[Errand]) -> None:
        origin = replace(errand.origin, versions=came.versions)
        restored = list(twins)
        if came.restored:
            restored.insert(0, errand)
        else:
            task = errand.job.task
            if came.no_movie:
                self._run.without_movie(task, came.no_movie)
            self._run.keep(task, came.picture, origin, stored=came.stored, movie=came.movie)
        for one in restored:
            self._run.restored(one.job.task, came.picture, one.origin, stored=True)


def _is_done(writing: Future[None]) -> bool:
    """Raises what the writing raised."""
    return writing.done() and writing.result() is None


def _error(errand: Errand, failed: Failed) -> DreamfolioError:
    if not failed.of_network:
        return DreamError(failed.message, mend=failed.mend)
    own = errand.job.network.file or errand.job.network.weights
    return NetworkError(failed.message, mend=failed.mend, place=Where(own) if own else None)
