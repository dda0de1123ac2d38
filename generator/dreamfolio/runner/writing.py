"""Finished dreams encoded and kept, in a thread of their own, while the next one goes on."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

from dreamfolio.errors import DreamfolioError
from dreamfolio.plan.task import Task
from dreamfolio.runner.origin import Origin
from dreamfolio.runner.run import Run
from dreamfolio.runner.work import Format, encoded, encoded_movie, explained

if TYPE_CHECKING:
    from PIL import Image

# Finished dreams that may wait for their encoding, each a picture in memory.
_MAX_WAITING = 2


class Writing:
    """What a run has made, and is still to be written."""

    def __init__(self, run: Run, encoder: ThreadPoolExecutor):
        self._run = run
        self._encoder = encoder
        self._in_work: dict[tuple[str, str], Future[Task | None]] = {}
        self._waiting: list[Future[Task | None]] = []

    def write(
        self,
        task: Task,
        format: Format,
        frames: list[Image.Image],
        origin: Origin,
        waiting: int = _MAX_WAITING,
        forget: Callable[[], None] = lambda: None,
    ) -> None:
        """Have a dream encoded and kept, once there are at most so many others ``waiting``.

        Its checkpoints are there to ``forget`` only then: a long animation takes minutes to encode.
        """
        future = self._encoder.submit(self._finish, task, format, frames, origin)
        future.add_done_callback(lambda _: forget())
        self._in_work[origin.key, task.suffix] = future
        self._waiting.append(future)
        self.wait(waiting)

    def wait(self, left: int = 0) -> None:
        """Until no more than so many are ``left`` to be written."""
        while len(self._waiting) > left:
            self._waiting.pop(0).result()

    def known(self, task: Task, origin: Origin) -> bytes | None:
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
