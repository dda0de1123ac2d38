"""Dreams that came back, written in a thread of their own; twins of one dream all have it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from typing import Any

from dreamfolio.runner.cluster.parcel import Finished
from dreamfolio.runner.cluster.parcels import Errand
from dreamfolio.runner.cluster.twins import Twins
from dreamfolio.runner.run import Run


class Keeping:
    """The one writer of what a cluster dreams; errands that turn out to be dreamed after all go
    to ``queue``."""

    def __init__(self, run: Run, writer: ThreadPoolExecutor, queue: Callable[[Errand], None]):
        self._run = run
        self._writer = writer
        self._queue = queue
        self._twins = Twins()
        self._writing: list[Future[None]] = []

    @property
    def is_busy(self) -> bool:
        """Whether something is still being written. Raises what the writing raised."""
        self._writing = [one for one in self._writing if not _is_done(one)]
        return bool(self._writing)

    def take(self, errand: Errand) -> None:
        """An errand to be dreamed, unless a twin's dream is its own, too."""
        if self._twins.is_first(errand):
            self._queue(errand)
        elif not self._twins.waits(errand):
            self._write(self._follow, errand)

    def keep(self, errand: Errand, came: Finished) -> None:
        """Its dream came back."""
        self._write(self._keep, errand, came, self._twins.told(errand))

    def failing(self, errand: Errand) -> list[Errand]:
        """All that fail with this errand."""
        return [errand, *self._twins.told(errand)]

    def _write(self, act: Callable[..., None], *arguments: Any) -> None:
        self._writing.append(self._writer.submit(act, *arguments))

    def _follow(self, errand: Errand) -> None:
        """Keep the picture of a twin that was dreamed before."""
        origin = errand.origin
        made = self._run.recorder.made(self._twins.before(errand).job.task)
        picture = made or self._run.recorder.cached(origin.key, errand.job.task.suffix)
        if picture is None:
            self._queue(errand)
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
