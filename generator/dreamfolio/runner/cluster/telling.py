"""What a run tells of dreams on other machines: each only what is new of it."""

from __future__ import annotations

from dreamfolio.errors import StoreError
from dreamfolio.plan.task import Task
from dreamfolio.runner.cluster.parcel import Passing
from dreamfolio.runner.run import Run


class Telling:
    """Hands on to the run's listener how far dreams are."""

    def __init__(self, run: Run):
        self._run = run
        self._devices: set[str] = set()

    def tell(self, task: Task, node: str, told: Passing, now: Passing) -> Passing:
        """Tell what is new since ``told`` of a dream on ``node``; returns what is told by then."""
        listener = self._run.listener
        if now.number != told.number:
            return told
        device = f"{node}: {now.device}"
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
        return now

    def untell(self, task: Task, told: Passing) -> None:
        """The steps of a dream are lost."""
        if told.steps:
            self._run.listener.step(task, -told.steps)
