"""What the dreams of one run share, wherever they are dreamed: jobs, sources, and what becomes
of each."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from dreamfolio.dream.motion import steps_of
from dreamfolio.dream.networks import weights
from dreamfolio.dream.precision import Asked, asked_for
from dreamfolio.errors import (
    DreamError,
    DreamfolioError,
    NetworkUnavailable,
    PictureError,
    Place,
    mend_of,
    reason,
)
from dreamfolio.files import may_be_written, sha256_of_file
from dreamfolio.pictures.decode import decode, size
from dreamfolio.plan.facts import SourceFacts
from dreamfolio.plan.task import Task
from dreamfolio.runner.jobs import Job
from dreamfolio.runner.listener import Listener
from dreamfolio.runner.origin import Origin, told
from dreamfolio.runner.outcome import Outcome
from dreamfolio.runner.recorder import Recorder
from dreamfolio.runner.work import Format, Work, explained
from dreamfolio.store.key import variant_key
from dreamfolio.survey import Survey

if TYPE_CHECKING:
    from PIL import Image

Stop = Callable[[], bool]


class Decoded(NamedTuple):
    """A job's source, and the pictures that its recipe names, by its field."""

    source: Image.Image
    beside: Mapping[str, Image.Image]


class Run:
    """Jobs from tasks, sources as they were surveyed, and a note of what becomes of each task.
    Safe to call from several threads."""

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

    def countable(self, tasks: Iterable[Task]) -> Iterator[Job]:
        """The tasks whose source can be read and whose place be written, their steps counted."""
        for task in tasks:
            if task.variant is None:
                continue
            if task.problem:
                self.fail(task, self._problem(task, task.problem))
                continue
            folder = self.recorder.path(task).parent
            if not may_be_written(folder):  # Found out afterwards, it would have cost a dream.
                self.fail(task, _not_writable(folder))
                continue
            try:
                width, height = size(self.recorder.source(task))
            except DreamfolioError as error:
                self.fail(task, error)
            else:
                # One that a fallback dreamed and that is forced is tried from the first again.
                variant = task.variant.wanted if task.variant.instead_of else task.variant
                steps = steps_of(variant.recipe, height, width, variant.animation)
                yield Job(replace(task, variant=variant), variant, steps, (height, width))

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

    def precision(self, job: Job) -> Asked:
        """What a job is to be computed in, as it was asked for."""
        return asked_for(job.variant.recipe, self.survey.portfolio.computing.precision)

    def network_digest(self, job: Job) -> str:
        """The digest of the weights that lie here; NetworkUnavailable where they cannot be read."""
        path = weights.locate(job.network)
        try:
            return self.survey.memory.file(path)
        except OSError as error:
            word = f"cannot be read ({reason(error)})"
            raise NetworkUnavailable(word, place=Place(path), mend=mend_of(error)) from None

    def origin(self, job: Job, network_digest: str, versions: Mapping[str, str]) -> Origin:
        """Where a job's picture comes from, dreamed with these."""
        source, variant = self._source(job.task), job.variant
        key_as = partial(
            variant_key,
            pixels=source.pixels or "",
            recipe=variant.recipe,
            targets=variant.targets,
            preprocess=variant.preprocess,
            network=network_digest,
        )
        key = key_as(animation=variant.animation)
        return Origin(key, network_digest, versions, seed=int(key_as()[:16], 16))

    def decoded(self, job: Job) -> Decoded:
        """All pictures that a job's dream takes; raises PictureError."""
        return Decoded(
            source=self._as_surveyed(job.task, job.task.source),
            beside={
                field: self._as_surveyed(job.task, name)
                for field, name in job.variant.recipe.pictures.items()
            },
        )

    def work(self, job: Job, decoded: Decoded, origin: Origin) -> Work:
        """All that is to be done for a job whose pictures are ``decoded``."""
        variant, animation = job.variant, job.variant.animation
        return Work(
            picture=decoded.source,
            pictures=decoded.beside,
            recipe=variant.recipe,
            animation=animation,
            seed=origin.seed,
            format=Format(
                suffix=job.task.suffix,
                told=told(variant, origin.key),
                icc=decoded.source.info.get("icc_profile"),
                durations=animation.durations() if animation else None,
            ),
            tile=self.survey.portfolio.computing.tile,
        )

    def keep(
        self,
        task: Task,
        picture: bytes,
        origin: Origin,
        *,
        stored: bool = False,
        movie: bytes | None = None,
    ) -> bool:
        """Keep a dream that was just made, an animation with its ``movie``; say whether that went
        well. ``stored`` says that the cache has it already."""
        return self._kept(task, picture, origin, stored, self.outcome.dreamed, movie)

    def restored(self, task: Task, picture: bytes, origin: Origin, *, stored: bool = False) -> bool:
        """The same of a dream that was made before, whose ``versions`` it tells itself."""
        origin = replace(origin, versions={})
        return self._kept(task, picture, origin, stored, self.outcome.restored)

    def without_movie(self, task: Task, error: DreamfolioError) -> None:
        """Note why there is no MP4 of an animation, which is kept without it."""
        error.place = Place(self.recorder.path(task))
        with self._guard:
            self.outcome.warnings.append(error)

    def _kept(
        self,
        task: Task,
        picture: bytes,
        origin: Origin,
        stored: bool,
        done: list[Task],
        movie: bytes | None = None,
    ) -> bool:
        try:
            self.recorder.keep(task, picture, origin, stored=stored, movie=movie)
        except DreamfolioError as error:
            self.fail(task, error)
            return False
        except Exception as error:  # Raised in a writer's thread, it would end the whole run.
            self.fail(task, explained(error))
            return False
        with self._guard:
            done.append(task)
        tell = self.listener.dreamed if done is self.outcome.dreamed else self.listener.restored
        tell(task)
        return True

    def fail(self, task: Task, error: DreamfolioError, steps: int = 0) -> None:
        """Note what stands in a task's way; ``steps`` of the total will not be taken."""
        with self._guard:
            self.outcome.failed.append((task, error))
        self.listener.failed(task, error, steps)

    def _problem(self, task: Task, what: str) -> DreamfolioError:
        place = Place(self.recorder.source(task))
        if what == self._source(task).problem:
            return PictureError(what, place=place)
        return DreamError(what, place=place)  # The source itself is well, and others dream of it.

    def _source(self, task: Task) -> SourceFacts:
        return self.survey.facts.sources[task.collection, task.source]

    def _as_surveyed(self, task: Task, name: str) -> Image.Image:
        path = self.recorder.beside(task, name)
        picture = decode(path)
        # An export that an artist redoes during a long build must not pass for the one surveyed.
        if sha256_of_file(path) != self.survey.facts.sources[task.collection, name].file:
            raise PictureError(
                "was changed after the build began", place=Place(path), mend="build again"
            )
        return picture


def _not_writable(folder: Path) -> DreamError:
    return DreamError(
        "cannot be written to, so nothing is dreamed for it",
        place=Place(folder),
        mend="see that you may write there, and try again",
    )
