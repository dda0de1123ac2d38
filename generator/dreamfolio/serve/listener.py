"""What is told while a site is served."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext

from dreamfolio.errors import DreamfolioError
from dreamfolio.plan.task import Task
from dreamfolio.runner.listener import Listener as DreamListener
from dreamfolio.runner.outcome import Outcome
from dreamfolio.serve.rebuilding import Rebuilt
from dreamfolio.store.alone import Worker


class Listener:
    """Hears of it; this one says nothing. Called from several threads."""

    def picture(self, done: int, total: int) -> None:
        """So many of the pictures of the first build are made."""

    def rebuilt(self, rebuilt: Rebuilt, changed: Sequence[str]) -> None:
        """The site was built, for the first time or after these files ``changed``."""

    def waiting(self, worker: Worker | None) -> None:
        """Another command is at work in the portfolio: nothing is built until it ends."""

    def polling(self, why: str) -> None:
        """Changes are looked for from time to time: the system does not tell of them."""

    def dreams(self) -> AbstractContextManager[DreamListener]:
        """Somebody who hears of the dreams that begin now, for as long as they go on."""
        return nullcontext(DreamListener())

    def dreamed(self, outcome: Outcome, tasks: Sequence[Task]) -> None:
        """The dreaming of ``tasks`` is over, with that outcome."""

    def fault(self, error: DreamfolioError) -> None:
        """Something went wrong that costs no more than it says."""
