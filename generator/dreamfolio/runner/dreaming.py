"""Dreaming a list of variants: decode, dream and encode overlapped, small ones of one size in
batches, one failure costing one.

TensorFlow and numpy come in with the first dream, not before.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dreamfolio.dream.counting import Stopped
from dreamfolio.dream.device import describe_device
from dreamfolio.dream.networks.load import load
from dreamfolio.dream.precision import Asked
from dreamfolio.dream.target import Target
from dreamfolio.errors import DreamfolioError, NetworkUnavailable
from dreamfolio.plan import Task
from dreamfolio.runner.batching import batches
from dreamfolio.runner.checkpoints import FileCheckpoints
from dreamfolio.runner.jobs import Job, ahead, groups
from dreamfolio.runner.listener import Listener
from dreamfolio.runner.origin import Origin
from dreamfolio.runner.outcome import Outcome
from dreamfolio.runner.recorder import Recorder
from dreamfolio.runner.run import Run, Stop
from dreamfolio.runner.work import (
    Format,
    Hears,
    Work,
    dreamed,
    dreamed_together,
    encoded,
    encoded_movie,
    explained,
    versions_at_work,
)
from dreamfolio.survey import Survey

if TYPE_CHECKING:
    from PIL import Image

    from dreamfolio.dream.networks.network import Network

# Finished dreams that may wait for their encoding, each a picture in memory.
_MAX_WAITING = 2


def dream_all(
    survey: Survey,
    tasks: Sequence[Task],
    recorder: Recorder,
    outcome: Outcome,
    listener: Listener,
    stop: Stop,
) -> None:
    """Dream ``tasks``, network by network; what fails is noted in ``outcome``, the rest goes on.

    ``stop`` is asked after every step. A dream that is finished when it says so is kept.
    """
    run = Run(survey, recorder, outcome, listener, stop)
    jobs = list(run.countable(tasks))
    if not jobs:
        return
    listener.begin(len(jobs), sum(job.steps for job in jobs))
    # One thread each: a source is decoded while the one before it dreams, and a dream is encoded
    # while the next one goes on.
    with ThreadPoolExecutor(1, "decode") as decoder, ThreadPoolExecutor(1, "encode") as encoder:
        dreaming = _Dreaming(run, decoder, encoder)
        waiting = {alike[0].network: alike for alike in groups(jobs, lambda job: job.network)}
        while waiting:
            network = next(iter(waiting))
            by_load = groups(waiting.pop(network), dreaming.loaded_alike)
            for number, alike in enumerate(by_load):
                if stop():
                    return
                if not dreaming.dream_alike(alike):
                    for job in run.passed_on(itertools.chain.from_iterable(by_load[number:])):
                        waiting.setdefault(job.network, []).append(job)
                    break


_Decoded = tuple[Job, "Future[Image.Image]"]


@dataclass(frozen=True)
class _Ready:
    """A job with all that its dream takes."""

    job: Job
    work: Work
    origin: Origin


class _Dreaming:
    """Dreams on this machine, one batch after the other."""

    def __init__(self, run: Run, decoder: ThreadPoolExecutor, encoder: ThreadPoolExecutor):
        self._run = run
        self._decoder = decoder
        self._encoder = encoder
        self._in_work: dict[tuple[str, str], Future[Task | None]] = {}
        self._writing: list[Future[Task | None]] = []

    def loaded_alike(self, job: Job) -> tuple[tuple[Target, ...], Asked]:
        """What of a network serves a job: others that say the same share what is loaded."""
        return job.targets, self._run.precision(job)

    def dream_alike(self, jobs: Sequence[Job]) -> bool:
        """Dream jobs that share network and layers; say whether the network can be had."""
        run, reference = self._run, jobs[0].network
        if reference in run.outcome.away:
            return False
        run.listener.loading(reference.label)
        try:
            network = self._load(jobs[0])
            digest = run.network_digest(jobs[0])
        except NetworkUnavailable as error:
            run.outcome.away[reference] = error
            return False
        except Stopped:
            return True
        except DreamfolioError as error:
            for job in jobs:
                run.fail(job.task, error, job.steps)
            return True
        except Exception as error:  # Whatever Keras may throw costs this network's variants only.
            for job in jobs:
                run.fail(job.task, explained(error), job.steps)
            return True
        at_work = versions_at_work(network)
        in_batches = batches(jobs, network, run.survey.portfolio.computing)
        decoded = ahead(self._decoder, run.decoded, [batch.jobs for batch in in_batches])
        for batch, pictures in zip(in_batches, decoded, strict=True):
            if run.stop():
                break
            try:
                while pictures:
                    ready, pictures = self._ready(
                        pictures, lambda job: run.origin(job, digest, at_work)
                    )
                    self._dream(ready, network, batch.filled)
            except Stopped:
                break
        self._wait_for_writing(0)
        return True

    def _load(self, job: Job) -> Network:
        def on_bytes(done: int, total: int | None) -> None:
            if self._run.stop():
                raise Stopped("the fetching was stopped")
            self._run.listener.fetching(job.network.label, done, total)

        asked = self._run.precision(job)
        network = load(job.network, job.targets, on_bytes, precision=asked)
        self._run.listener.loaded(describe_device(network.precision))
        return network

    def _ready(
        self,
        pictures: Sequence[_Decoded],
        origin_of: Callable[[Job], Origin],
    ) -> tuple[list[_Ready], list[_Decoded]]:
        """The jobs that are to be dreamed, with all that it takes; and their twins, which wait to
        see what becomes of them."""
        ready: list[_Ready] = []
        twins: list[_Decoded] = []
        for job, picture in pictures:
            with self._costing(job):
                decoded, origin = picture.result(), origin_of(job)
                made = origin.key, job.task.suffix
                if any(made == (one.origin.key, one.job.task.suffix) for one in ready):
                    twins.append((job, picture))
                    continue
                known = self._known(job.task, origin)
                if known is not None:
                    self._run.restored(job.task, known, origin)
                else:
                    ready.append(_Ready(job, self._run.work(job, decoded, origin), origin))
        return ready, twins

    def _dream(self, ready: Sequence[_Ready], network: Network, filled: int) -> None:
        """Dream a batch. Raises Stopped."""
        for one in ready:
            self._run.listener.dreaming(one.job.task, one.job.steps)
        if ready and max(len(ready), filled) > 1 and self._together(ready, network, filled):
            return
        for one in ready:
            with self._costing(one.job):
                hears = self._hears([one])
                checkpoints = self._checkpoints(one, network)
                frames = dreamed(one.work, network, hears, checkpoints)
                checkpoints.forget()
                self._write(one, frames, _MAX_WAITING)

    def _together(self, ready: Sequence[_Ready], network: Network, filled: int) -> bool:
        """Dream a batch at once; say whether that went well. Raises Stopped."""
        hears = self._hears(ready)
        try:
            dreams = dreamed_together([one.work for one in ready], network, hears, filled)
        except Stopped:
            raise
        except Exception:  # Each is tried alone, so that what is wrong with one costs but that one.
            hears.on_step(0, 0)
            return False
        number = str(max(len(ready), filled))
        for one, still in zip(ready, dreams, strict=True):
            self._checkpoints(one, network).forget()
            versions = {**one.origin.versions, "batch": number}
            self._write(
                replace(one, origin=replace(one.origin, versions=versions)), [still], len(ready)
            )
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

    def _checkpoints(self, one: _Ready, network: Network) -> FileCheckpoints:
        root = self._run.survey.portfolio.root
        return FileCheckpoints(root, one.origin.key, network.precision)

    def _write(self, one: _Ready, frames: list[Image.Image], waiting: int) -> None:
        """Have a dream encoded and kept, while at most so many others are ``waiting``."""
        task = one.job.task
        future = self._encoder.submit(self._finish, task, one.work.format, frames, one.origin)
        self._in_work[one.origin.key, task.suffix] = future
        self._writing.append(future)
        self._wait_for_writing(waiting)

    def _wait_for_writing(self, left: int) -> None:
        while len(self._writing) > left:
            self._writing.pop(0).result()

    def _known(self, task: Task, origin: Origin) -> bytes | None:
        """The task's picture, where this run made it already or the survey could not find it."""
        recorder = self._run.recorder
        twin = self._in_work.get((origin.key, task.suffix))
        if twin is not None:
            # Another source with the same pixels: its dream is this one's, too.
            made = twin.result()
            known = recorder.made(made) if made else None
            return known or recorder.cached(origin.key, task.suffix)
        # The survey could not know the key where the network was still to be fetched, nor look for
        # another network's where that one stands in.
        return recorder.cached(origin.key, task.suffix) if task.key != origin.key else None

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

    def _finish(
        self, task: Task, format: Format, frames: list[Image.Image], origin: Origin
    ) -> Task | None:
        """Encode and keep a dream; returns its task, or ``None`` where that failed."""
        try:
            picture = encoded(format, frames, origin.versions)
        except DreamfolioError as error:
            self._run.fail(task, error)
        except Exception as error:  # Raised in the encoder's thread, it would end the whole run.
            self._run.fail(task, explained(error))
        else:
            movie = self._movie(task, format, frames, origin)
            return task if self._run.keep(task, picture, origin, movie=movie) else None
        return None

    def _movie(
        self, task: Task, format: Format, frames: list[Image.Image], origin: Origin
    ) -> bytes | None:
        try:
            return encoded_movie(format, frames, origin.versions)
        except DreamfolioError as error:
            self._run.without_movie(task, error)
            return None
