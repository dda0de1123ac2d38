"""Knowing which dream is being dreamed."""

from __future__ import annotations

from dreamfolio.plan.task import Task
from dreamfolio.runner.listener import Listener


class Following(Listener):
    """Passes on to ``listener`` all it hears, and knows the ``task`` that is in work."""

    def __init__(self, listener: Listener):
        self.task: Task | None = None
        self._listener = listener
        # By name, so that what listeners come to hear one day is passed on as well.
        for name in vars(Listener).keys() - vars(Following).keys():
            if not name.startswith("_"):
                setattr(self, name, getattr(listener, name))

    def dreaming(self, task: Task, steps: int) -> None:
        """A dream begins."""
        self.task = task
        self._listener.dreaming(task, steps)
