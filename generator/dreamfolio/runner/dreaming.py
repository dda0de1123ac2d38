"""Dreaming a list of variants: decode, dream and encode overlapped, one failure costing one.

TensorFlow and numpy come in with the first dream, not before.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from dreamfolio import __version__
from dreamfolio.dream.counting import Stopped
from dreamfolio.dream.device import describe_device, versions
from dreamfolio.dream.engine import dream
from dreamfolio.dream.look import LOOK
from dreamfolio.dream.motion import animate, steps_of
from dreamfolio.dream.networks import weights
from dreamfolio.dream.networks.load import load
from dreamfolio.dream.precision import Asked, asked_for
from dreamfolio.dream.target import Target
from dreamfolio.errors import (
    DreamError,
    DreamfolioError,
    NetworkUnavailable,
    PictureError,
    Place,
    reason,
    reason_with_type,
)
from dreamfolio.files import sha256_of_file
from dreamfolio.pictures.animation import encode_animation
from dreamfolio.pictures.decode import decode, size
from dreamfolio.pictures.encode import encode
from dreamfolio.plan import SourceFacts, Task
from dreamfolio.runner.checkpoints import FileCheckpoints
from dreamfolio.runner.jobs import Job, ahead, groups
from dreamfolio.runner.listener import Listener
from dreamfolio.runner.origin import Origin, provenance
from dreamfolio.runner.outcome import Outcome
from dreamfolio.runner.recorder import Recorder
from dreamfolio.store.key import variant_key
from dreamfolio.survey import Survey

if TYPE_CHECKING:
    from PIL import Image

    from dreamfolio.dream.networks.network import Network

Stop = Callable[[], bool]

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
    run = _Run(survey, recorder, outcome, listener, stop)
    jobs = list(run.countable(tasks))
    if not jobs:
        return
    listener.begin(len(jobs), sum(job.steps for job in jobs))
    # One thread each: a source is decoded while the one before it dreams, and a dream is encoded
    # while the next one goes on.
    with ThreadPoolExecutor(1, "decode") as decoder, ThreadPoolExecutor(1, "encode") as encoder:
        waiting = {alike[0].network: alike for alike in groups(jobs, lambda job: job.network)}
        while waiting:
            network = next(iter(waiting))
            by_load = groups(waiting.pop(network), run.loaded_alike)
            for number, alike in enumerate(by_load):
                if stop():
                    return
                if not run.dream_alike(alike, decoder, encoder):
                    for job in run.passed_on(itertools.chain.from_iterable(by_load[number:])):
                        waiting.setdefault(job.network, []).append(job)
                    break


class _Run:
    """What the dreams of one run share."""

    def __init__(
        self,
        survey: Survey,
        recorder: Recorder,
        outcome: Outcome,
        listener: Listener,
        stop: Stop,
    ):
        self.survey = survey
        self.recorder = recorder
        self.outcome = outcome
        self.listener = listener
        self.stop = stop
        self._guard = threading.Lock()
        self._in_work: dict[tuple[str, str], Future[Task | None]] = {}

    def loaded_alike(self, job: Job) -> tuple[tuple[Target, ...], Asked]:
        """What of a network serves a job: others that say the same share what is loaded."""
        return job.targets, self._precision(job)

    def countable(self, tasks: Iterable[Task]) -> Iterator[Job]:
        """The tasks whose source can be read, with their steps counted."""
        for task in tasks:
            if task.variant is None:
                continue
            if task.problem:
                self._fail(
                    task, PictureError(task.problem, place=Place(self.recorder.source(task)))
                )
                continue
            try:
                width, height = size(self.recorder.source(task))
            except DreamfolioError as error:
                self._fail(task, error)
            else:
                # One that a fallback dreamed and that is forced is tried from the first again.
                variant = task.variant.wanted if task.variant.instead_of else task.variant
                steps = steps_of(variant.recipe, height, width, variant.animation)
                yield Job(replace(task, variant=variant), variant, steps)

    def dream_alike(
        self, jobs: Sequence[Job], decoder: ThreadPoolExecutor, encoder: ThreadPoolExecutor
    ) -> bool:
        """Dream jobs that share network and layers; say whether the network can be had."""
        reference = jobs[0].network
        if reference in self.outcome.away:
            return False
        pictures = ahead(decoder, self._decode, jobs)
        self.listener.loading(reference.label)
        try:
            network, origin = self._load(jobs[0])
        except NetworkUnavailable as error:
            self.outcome.away[reference] = error
            return False
        except Stopped:
            return True
        except DreamfolioError as error:
            for job in jobs:
                self._fail(job.task, error, job.steps)
            return True
        except Exception as error:  # Whatever Keras may throw costs this network's variants only.
            for job in jobs:
                self._fail(job.task, _explained(error), job.steps)
            return True
        writing: list[Future[Task | None]] = []
        for job, picture in pictures:
            if self.stop():
                break
            try:
                self._dream(job, picture.result(), network, origin, encoder, writing)
            except Stopped:
                break
            except DreamfolioError as error:
                self._fail(job.task, error, job.steps)
            except Exception as error:  # Whatever a backend may throw costs this variant only.
                self._fail(job.task, _explained(error), job.steps)
        for written in writing:
            written.result()
        return True

    def passed_on(self, jobs: Iterable[Job]) -> Iterator[Job]:
        """The jobs of a network that cannot be had, for the next one each; those that have none
        are pending."""
        for job in jobs:
            following = job.by_next()
            if following is not None:
                yield following
                continue
            error = self.outcome.away[job.wanted]
            with self._guard:
                self.outcome.pending.append((job.task, error))
            self.listener.failed(job.task, error, job.steps)

    def _load(self, job: Job) -> tuple[Network, Callable[[Task], Origin]]:
        """The network, and what tells where a task's picture came from."""

        def on_bytes(done: int, total: int | None) -> None:
            if self.stop():
                raise Stopped("the fetching was stopped")
            self.listener.fetching(job.network.label, done, total)

        network = load(job.network, job.targets, on_bytes, precision=self._precision(job))
        self.listener.loaded(describe_device(network.precision))
        at_work = {"dreamfolio": __version__, "look": str(LOOK), **versions()}
        at_work["precision"] = network.precision
        path = weights.locate(job.network)
        try:
            digest = self.survey.memory.file(path)
        except OSError as error:
            word = f"cannot be read ({reason(error)})"
            raise NetworkUnavailable(word, place=Place(path)) from None

        def origin(task: Task) -> Origin:
            source = self._source(task)
            assert task.variant is not None
            key_as = partial(
                variant_key,
                pixels=source.pixels or "",
                recipe=task.variant.recipe,
                targets=task.variant.targets,
                preprocess=task.variant.preprocess,
                network=digest,
            )
            key = key_as(animation=task.variant.animation)
            return Origin(key, digest, at_work, seed=int(key_as()[:16], 16))

        return network, origin

    def _precision(self, job: Job) -> Asked:
        return asked_for(job.variant.recipe, self.survey.portfolio.computing.precision)

    def _decode(self, job: Job) -> Image.Image:
        return self._as_surveyed(job.task, job.task.source)

    def _as_surveyed(self, task: Task, name: str) -> Image.Image:
        path = self.recorder.beside(task, name)
        picture = decode(path)
        # An export that an artist redoes during a long build must not pass for the one surveyed.
        if sha256_of_file(path) != self.survey.facts.sources[task.collection, name].file:
            raise PictureError(
                "was changed after the build began", place=Place(path), mend="build again"
            )
        return picture

    def _source(self, task: Task) -> SourceFacts:
        return self.survey.facts.sources[task.collection, task.source]

    def _dream(
        self,
        job: Job,
        picture: Image.Image,
        network: Network,
        origin_of: Callable[[Task], Origin],
        encoder: ThreadPoolExecutor,
        writing: list[Future[Task | None]],
    ) -> None:
        task, origin = job.task, origin_of(job.task)
        known = self._known(task, origin)
        if known is not None:
            self.recorder.keep(task, known, replace(origin, versions={}))
            self._note(self.outcome.restored, task)
            self.listener.restored(task)
            return
        self.listener.dreaming(task, job.steps)
        dreamed = self._dreamed(job, picture, network, origin)
        icc = picture.info.get("icc_profile")
        future = encoder.submit(self._finish, job, dreamed, icc, origin)
        self._in_work[origin.key, task.suffix] = future
        writing.append(future)
        if len(writing) > _MAX_WAITING:
            writing.pop(0).result()

    def _known(self, task: Task, origin: Origin) -> bytes | None:
        """The task's picture, where this run made it already or the survey could not find it."""
        twin = self._in_work.get((origin.key, task.suffix))
        if twin is not None:
            # Another source with the same pixels: its dream is this one's, too.
            made = twin.result()
            known = self.recorder.made(made) if made else None
            return known or self.recorder.cached(origin.key, task.suffix)
        # The survey could not know the key where the network was still to be fetched, nor look for
        # another network's where that one stands in.
        return self.recorder.cached(origin.key, task.suffix) if task.key != origin.key else None

    def _dreamed(
        self, job: Job, picture: Image.Image, network: Network, origin: Origin
    ) -> list[Image.Image]:
        """The dream, or the frames of its animation."""
        import numpy as np
        from PIL import Image

        taken = 0

        def on_step(done: int, total: int) -> None:
            nonlocal taken
            self.listener.step(job.task, done - taken)
            taken = done

        common: dict[str, Any] = {
            "pictures": {
                field: np.asarray(self._as_surveyed(job.task, name))
                for field, name in job.variant.recipe.pictures.items()
            },
            "on_step": on_step,
            "stop": self.stop,
            "tile": self.survey.portfolio.computing.tile,
            "on_tile": lambda side: self.listener.smaller(job.task, side),
            "on_skip": lambda octaves: self.listener.skipped(job.task, octaves),
        }
        source, recipe, animation = np.asarray(picture), job.variant.recipe, job.variant.animation
        if animation is not None:
            frames = animate(source, recipe, network, origin.seed, animation, **common)
            return [Image.fromarray(frame) for frame in frames]
        checkpoints = FileCheckpoints(self.survey.portfolio.root, origin.key, network.precision)
        pixels = dream(source, recipe, network, seed=origin.seed, checkpoints=checkpoints, **common)
        checkpoints.forget()
        return [Image.fromarray(pixels)]

    def _finish(
        self,
        job: Job,
        dreamed: list[Image.Image],
        icc: bytes | None,
        origin: Origin,
    ) -> Task | None:
        """Encode and keep a dream; returns its task, or ``None`` where that failed."""
        try:
            self.recorder.keep(job.task, _encoded(job, dreamed, icc, origin), origin)
        except DreamfolioError as error:
            self._fail(job.task, error)
        except Exception as error:  # Raised in the encoder's thread, it would end the whole run.
            self._fail(job.task, _explained(error))
        else:
            self._note(self.outcome.dreamed, job.task)
            self.listener.dreamed(job.task)
            return job.task
        return None

    def _note(self, done: list[Task], task: Task) -> None:
        with self._guard:
            done.append(task)

    def _fail(self, task: Task, error: DreamfolioError, steps: int = 0) -> None:
        with self._guard:
            self.outcome.failed.append((task, error))
        self.listener.failed(task, error, steps)


def _encoded(job: Job, dreamed: list[Image.Image], icc: bytes | None, origin: Origin) -> bytes:
    told = provenance(job.variant, origin)
    animation = job.variant.animation
    if animation is None:
        return encode(dreamed[0], job.task.suffix, told, icc)
    return encode_animation(dreamed, animation.durations(), told, icc)


def _explained(error: Exception) -> DreamError:
    explained = DreamError(
        f"the dream failed: {reason_with_type(error)}",
        mend="try a smaller picture (recipe: {max_size: 1600}) if memory was short",
    )
    explained.__cause__ = error
    return explained
