"""What a run tells while it goes on."""

from __future__ import annotations

from dreamfolio.errors import DreamfolioError
from dreamfolio.plan.task import Task


class Listener:
    """Hears of a run's progress; this one says nothing. Called from the run's threads."""

    def begin(self, dreams: int, steps: int) -> None:
        """So many variants are to be dreamed, in so many steps altogether."""

    def loading(self, network: str) -> None:
        """A network is being loaded (and fetched, where it is not here yet)."""

    def loaded(self, device: str) -> None:
        """A network is ready; ``device`` tells what it is computed on, and how."""

    def fetching(self, network: str, done: int, total: int | None) -> None:
        """So many bytes of a network's weights are here, of ``total`` where that is known."""

    def dreaming(self, task: Task, steps: int) -> None:
        """A dream of ``steps`` steps begins."""

    def dreaming_on(self, task: Task, steps: int, node: str) -> None:
        """The same, on another machine of that name."""
        self.dreaming(task, steps)

    def step(self, task: Task, count: int) -> None:
        """``count`` more steps of a dream are done; fewer than 0 where they were lost."""

    def fewer(self, task: Task, count: int) -> None:
        """Memory ran out: the batch that the dream is in goes on with ``count`` at a time."""

    def smaller(self, task: Task, side: int) -> None:
        """Memory ran out: the dream goes on in tiles of ``side`` pixels."""

    def skipped(self, task: Task, octaves: int) -> None:
        """So many of the smallest octaves are too small for the network, and passed over."""

    def remark(self, text: str) -> None:
        """Something that a user should know, in a line."""

    def dreamed(self, task: Task) -> None:
        """A dream is finished, written and recorded."""

    def restored(self, task: Task) -> None:
        """A picture came back without dreaming."""

    def failed(self, task: Task, error: DreamfolioError, steps: int) -> None:
        """A variant could not be made; ``steps`` of the total will not be taken."""
