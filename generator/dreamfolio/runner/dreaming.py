"""Dreaming a list of variants: decode, dream and encode overlapped, one failure costing one.

TensorFlow and numpy come in with the first dream, not before.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

from dreamfolio import __version__
from dreamfolio.dream.counting import Stopped
from dreamfolio.dream.device import describe_device, versions
from dreamfolio.dream.look import LOOK
from dreamfolio.dream.networks.load import load
from dreamfolio.dream.precision import Asked
from dreamfolio.dream.target import Target
from dreamfolio.errors import DreamfolioError, NetworkUnavailable
from dreamfolio.plan import Task
from dreamfolio.runner.checkpoints import FileCheckpoints
from dreamfolio.runner.jobs import Job, ahead, groups
from dreamfolio.runner.listener import Listener
from dreamfolio.runner.origin import Origin
from dreamfolio.runner.outcome import Outcome
from dreamfolio.runner.recorder import Recorder
from dreamfolio.runner.run import Run, Stop
from dreamfolio.runner.work import Format, Hears, dreamed, encoded, explained
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


class _Dreaming:
    """Dreams on this machine, one after the other."""

    def __init__(self, run: Run, decoder: ThreadPoolExecutor, encoder: ThreadPoolExecutor):
        self._run = run
        self._decoder = decoder
        self._encoder = encoder
        self._in_work: dict[tuple[str, str], Future[Task | None]] = {}

    def loaded_alike(self, job: Job) -> tuple[tuple[Target, ...], Asked]:
        """What of a network serves a job: others that say the same share what is loaded."""
        return job.targets, self._run.precision(job)

    def dream_alike(self, jobs: Sequence[Job]) -> bool:
        """Dream jobs that share network and layers; say whether the network can be had."""
        run, reference = self._run, jobs[0].network
        if reference in run.outcome.away:
            return False
        pictures = ahead(self._decoder, run.decoded, jobs)
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
        at_work = {"dreamfolio": __version__, "look": str(LOOK), **versions()}
        at_work["precision"] = network.precision
        writing: list[Future[Task | None]] = []
        for job, picture in pictures:
            if run.stop():
                break
            try:
                origin = run.origin(job, digest, at_work)
                self._dream(job, picture.result(), network, origin, writing)
            except Stopped:
                break
            except DreamfolioError as error:
                run.fail(job.task, error, job.steps)
            except Exception as error:  # Whatever a backend may throw costs this variant only.
                run.fail(job.task, explained(error), job.steps)
        for written in writing:
            written.result()
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

    def _dream(
        self,
        job: Job,
        picture: Image.Image,
        network: Network,
        origin: Origin,
        writing: list[Future[Task | None]],
    ) -> None:
        task = job.task
        known = self._known(task, origin)
        if known is not None:
            self._run.restore(task, known, origin)
            return
        self._run.listener.dreaming(task, job.steps)
        work = self._run.work(job, picture, origin)
        checkpoints = FileCheckpoints(
            self._run.survey.portfolio.root, origin.key, network.precision
        )
        frames = dreamed(work, network, self._hears(task), checkpoints)
        checkpoints.forget()
        future = self._encoder.submit(self._finish, task, work.format, frames, origin)
        self._in_work[origin.key, task.suffix] = future
        writing.append(future)
        if len(writing) > _MAX_WAITING:
            writing.pop(0).result()

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

    def _hears(self, task: Task) -> Hears:
        listener, taken = self._run.listener, 0

        def on_step(done: int, total: int) -> None:
            nonlocal taken
            listener.step(task, done - taken)
            taken = done

        return Hears(
            on_step=on_step,
            stop=self._run.stop,
            on_tile=lambda side: listener.smaller(task, side),
            on_skip=lambda octaves: listener.skipped(task, octaves),
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
            return task if self._run.keep(task, picture, origin) else None
        return None
