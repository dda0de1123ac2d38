"""Progress of dreams: a bar over all steps on a terminal, plain lines anywhere else."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Any, Self

from dreamfolio.cli.printable import one_line, printable
from dreamfolio.cli.show import megabytes, note, plural
from dreamfolio.errors import DreamfolioError
from dreamfolio.plan.task import Task
from dreamfolio.runner.listener import Listener

_EVERY_SECONDS = 20.0


class Progress(Listener):
    """Shows a run's progress. Use it as a context; ``close`` leaves the terminal as it was."""

    _device = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop showing; safe to call twice, and from a signal's handler."""

    def loaded(self, device: str) -> None:
        if device != self._device:
            self.say(f"computing on {device}")
            self._device = device

    def fewer(self, task: Task, count: int) -> None:
        at_a_time = "one picture" if count == 1 else f"{count} pictures"
        self.say(f"{_name(task)}: memory ran out; going on with {at_a_time} at a time")

    def smaller(self, task: Task, side: int) -> None:
        self.say(f"{_name(task)}: memory ran out; going on in tiles of {side} pixels")

    def skipped(self, task: Task, octaves: int) -> None:
        what = "the smallest octave is" if octaves == 1 else f"the {octaves} smallest octaves are"
        self.say(f"{_name(task)}: {what} too small for the network, and passed over")

    def remark(self, text: str) -> None:
        self.say(text)

    def say(self, text: str) -> None:
        """A line about the work."""
        note(text)

    def pictures(self, done: int, total: int) -> None:
        """So many of the site's pictures are made."""


def progress() -> Progress:
    """The kind that suits where stderr goes."""
    return _Bar() if sys.stderr.isatty() else _Lines()


def _name(task: Task) -> str:
    return one_line(f"{task.collection}/{task.file}")


class _Lines(Progress):
    """For logs and pipes: a line when a dream begins and ends, and now and then in between."""

    def __init__(self) -> None:
        self._total = self._done = self._dreams = self._number = 0
        self._began = self._said = time.monotonic()
        self._begun: dict[str, float] = {}
        self._networks: set[str] = set()
        self._fetch_began = self._fetch_said = 0.0

    def begin(self, dreams: int, steps: int) -> None:
        self._dreams, self._total = dreams, steps
        self._began = self._said = time.monotonic()
        note(f"dreaming {plural(dreams, 'variant')}, {plural(steps, 'step')}")

    def loading(self, network: str) -> None:
        # It is cut anew for each set of layers, which is nothing to read of in a log.
        if network not in self._networks:
            self._networks.add(network)
            note(f"loading {network}")

    def fetching(self, network: str, done: int, total: int | None) -> None:
        now = time.monotonic()
        if done == 0:
            self._fetch_began = self._fetch_said = now
            size = f" ({total / 1e6:.1f} MB)" if total else ""
            note(f"fetching {network}'s weights{size}")
        elif done == total:
            note(f"  {megabytes(done, total)}, {_duration(now - self._fetch_began)}")
            # The dreams' own time begins when there is something to dream through.
            self._began += now - self._fetch_began
        elif now - self._fetch_said >= _EVERY_SECONDS:
            self._fetch_said = now
            left = (now - self._fetch_began) / done * (total - done) if total else None
            about = f", about {_duration(left)} left" if left is not None else ""
            note(f"  {megabytes(done, total)}{about}")

    def dreaming(self, task: Task, steps: int) -> None:
        self._dreaming(task, plural(steps, "step"))

    def dreaming_on(self, task: Task, steps: int, node: str) -> None:
        self._dreaming(task, f"{plural(steps, 'step')} on {node}")

    def _dreaming(self, task: Task, what: str) -> None:
        if _name(task) not in self._begun:  # Not where it was lost and begins again.
            self._number += 1
        self._begun[_name(task)] = time.monotonic()
        note(f"[{self._number}/{self._dreams}] {_name(task)}: {what}")

    def step(self, task: Task, count: int) -> None:
        self._done += count
        now = time.monotonic()
        if self._done and now - self._said >= _EVERY_SECONDS:
            self._said = now
            left = (now - self._began) / self._done * (self._total - self._done)
            note(f"  step {self._done} of {self._total}, about {_duration(left)} left")

    def dreamed(self, task: Task) -> None:
        took = time.monotonic() - self._begun.pop(_name(task))
        note(f"  {_name(task)} is written ({_duration(took)})")

    def restored(self, task: Task) -> None:
        note(f"restored {_name(task)}")

    def failed(self, task: Task, error: DreamfolioError, steps: int) -> None:
        self._total -= steps

    def pictures(self, done: int, total: int) -> None:
        now = time.monotonic()
        if done == 0:
            self._began = self._said = now
        elif done < total and now - self._said >= _EVERY_SECONDS:
            self._said = now
            left = (now - self._began) / done * (total - done)
            note(f"  picture {done} of {total} for the site, about {_duration(left)} left")


class _Bar(Progress):
    """For a terminal: one bar over all steps with the time left."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
        )

        from dreamfolio.cli.amount import Amount

        self._bar = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=None),
            Amount(),
            TimeRemainingColumn(elapsed_when_finished=True),
            console=Console(stderr=True),
            transient=True,
        )
        self._all: Any = None
        self._fetch: Any = None
        self._pictures: Any = None
        self._total = self._dreams = self._number = 0
        self._begun: set[str] = set()

    def close(self) -> None:
        self._bar.stop()

    def say(self, text: str) -> None:
        self._bar.console.print(printable(text), highlight=False, markup=False)

    def begin(self, dreams: int, steps: int) -> None:
        self._dreams, self._total = dreams, steps
        self._bar.start()
        self._all = self._bar.add_task(plural(dreams, "dream"), total=steps)

    def loading(self, network: str) -> None:
        self._end_fetching()
        self._describe(f"loading {network}")

    def fetching(self, network: str, done: int, total: int | None) -> None:
        if self._fetch is None:
            said = f"fetching {network}'s weights"
            self._fetch = self._bar.add_task(said, total=total, bytes=True)
        self._bar.update(self._fetch, completed=done)
        if done == total:
            self._end_fetching()

    def dreaming(self, task: Task, steps: int) -> None:
        self._end_fetching()
        self._number += 1
        self._describe(f"{self._number}/{self._dreams} {one_line(task.file)}")

    def dreaming_on(self, task: Task, steps: int, node: str) -> None:
        self._end_fetching()
        if _name(task) not in self._begun:  # Not where it was lost and begins again.
            self._begun.add(_name(task))
            self._number += 1
        self._describe(f"{self._number}/{self._dreams} {one_line(task.file)} on {node}")

    def step(self, task: Task, count: int) -> None:
        self._bar.advance(self._all, count)

    def dreamed(self, task: Task) -> None:
        self.say(f"dreamed  {_name(task)}")

    def restored(self, task: Task) -> None:
        self.say(f"restored {_name(task)}")

    def failed(self, task: Task, error: DreamfolioError, steps: int) -> None:
        self._end_fetching()
        self._total -= steps
        if self._all is not None:
            self._bar.update(self._all, total=self._total)

    def pictures(self, done: int, total: int) -> None:
        if self._pictures is None:
            if self._all is not None:  # The dreams are done.
                self._bar.remove_task(self._all)
                self._all = None
            self._bar.start()
            self._pictures = self._bar.add_task("pictures for the site", total=total)
        self._bar.update(self._pictures, completed=done, total=total)

    def _end_fetching(self) -> None:
        if self._fetch is not None:
            self._bar.remove_task(self._fetch)
            self._fetch = None

    def _describe(self, text: str) -> None:
        if self._all is not None:
            self._bar.update(self._all, description=text)


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    if seconds < 5400:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h"
