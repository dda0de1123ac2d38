"""Knowing which dream is being dreamed."""

from __future__ import annotations

from dreamfolio.errors import DreamfolioError
from dreamfolio.plan import Task
from dreamfolio.runner.listener import Listener


class Following(Listener):
    """Passes on to ``listener`` all it hears, and knows the ``task`` that is in work."""

    def __init__(self, listener: Listener):
        self.task: Task | None = None
        self._listener = listener

    def begin(self, dreams: int, steps: int) -> None:
        self._listener.begin(dreams, steps)

    def loading(self, network: str) -> None:
        self._listener.loading(network)

    def fetching(self, network: str, done: int, total: int | None) -> None:
        self._listener.fetching(network, done, total)

    def dreaming(self, task: Task, steps: int) -> None:
        self.task = task
        self._listener.dreaming(task, steps)

    def step(self, task: Task, count: int) -> None:
        self._listener.step(task, count)

    def dreamed(self, task: Task) -> None:
        self._listener.dreamed(task)

    def restored(self, task: Task) -> None:
        self._listener.restored(task)

    def failed(self, task: Task, error: DreamfolioError, steps: int) -> None:
        self._listener.failed(task, error, steps)
