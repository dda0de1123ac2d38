"""Progress of an exploration: a bar on a terminal, plain lines anywhere else."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from types import TracebackType
from typing import Any, Self

from dreamfolio.cli.printable import printable
from dreamfolio.cli.show import megabytes, note, plural, warn
from dreamfolio.dream.networks.catalogue import LayerInfo
from dreamfolio.dream.target import motif_of
from dreamfolio.errors import DreamfolioError
from dreamfolio.explore.exploration import Tile
from dreamfolio.explore.listener import Listener

_EVERY_SECONDS = 20.0


class Progress(Listener):
    """Shows how far an exploration has come. Use it as a context."""

    def __init__(self) -> None:
        self._layers: Sequence[LayerInfo] = ()
        self._work = Work(())
        self._number = 0
        self._device = ""

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

    def begin(self, layers: Sequence[LayerInfo], known: int, steps: int) -> None:
        self._layers = layers
        self._work = Work(layers)
        if known:
            note(f"{plural(known, 'tile')} dreamed before")

    def loaded(self, device: str) -> None:
        if device != self._device:
            self.say(f"computing on {device}")
            self._device = device

    def say(self, text: str) -> None:
        """A line about the work."""
        note(text)

    def warn(self, error: DreamfolioError) -> None:
        warn(error)


class Work:
    """How much of the work is done. A step toward a deep layer passes more of the network, so a
    layer's share grows with its depth: counted in tiles, the time left would be told too short.
    A motif takes all of the network."""

    def __init__(self, layers: Sequence[LayerInfo]):
        deepest = max((one.depth for one in layers if motif_of(one.name) is None), default=0) or 1
        self._share = {one.name: 0.25 + min(one.depth / deepest, 1.0) for one in layers}
        self._done: dict[str, float] = {}

    @property
    def total(self) -> float:
        """All of it."""
        return sum(self._share.values())

    @property
    def done(self) -> float:
        """As much as is done, failed tiles included."""
        return sum(self._share[name] * part for name, part in self._done.items())

    def reach(self, layer: LayerInfo, part: float) -> None:
        """``part`` of the layer's tile, 0 to 1, is done."""
        self._done[layer.name] = part


def progress() -> Progress:
    """The kind that suits where stderr goes."""
    return _Bar() if sys.stderr.isatty() else _Lines()


class _Lines(Progress):
    """For logs and pipes: a line for each tile with the time left."""

    def __init__(self) -> None:
        super().__init__()
        self._began = self._said = time.monotonic()

    def begin(self, layers: Sequence[LayerInfo], known: int, steps: int) -> None:
        super().begin(layers, known, steps)
        self._began = time.monotonic()
        if layers:
            note(f"dreaming {plural(len(layers), 'tile')} of up to {plural(steps, 'step')}")

    def loading(self, network: str) -> None:
        note(f"loading {network}")

    def fetching(self, network: str, done: int, total: int | None) -> None:
        now = time.monotonic()
        if done == 0 or done == total or now - self._said >= _EVERY_SECONDS:
            self._said = now
            note(f"  its weights: {megabytes(done, total)}")

    def step(self, layer: LayerInfo, done: int, total: int) -> None:
        if self._number == 0 and done == 0:
            self._began = time.monotonic()  # Loading is no measure of the tiles to come.

    def finished(self, tile: Tile) -> None:
        self._number += 1
        self._work.reach(tile.layer, 1.0)
        what = tile.layer.name + (" cannot be dreamed" if tile.problem else "")
        spent = time.monotonic() - self._began
        left = spent / self._work.done * (self._work.total - self._work.done)
        about = f", about {left:.0f} s left" if self._number < len(self._layers) else ""
        note(f"[{self._number}/{len(self._layers)}] {what}{about}")


class _Bar(Progress):
    """For a terminal: one bar over all tiles with the time left."""

    def __init__(self) -> None:
        super().__init__()
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        self._bar = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=None),
            TimeRemainingColumn(elapsed_when_finished=True),
            console=Console(stderr=True),
            transient=True,
        )
        self._all: Any = None
        self._fetch: Any = None

    def close(self) -> None:
        self._bar.stop()

    def begin(self, layers: Sequence[LayerInfo], known: int, steps: int) -> None:
        super().begin(layers, known, steps)
        if layers:
            self._bar.start()
            self._all = self._bar.add_task(plural(len(layers), "tile"), total=self._work.total)

    def loading(self, network: str) -> None:
        self._describe(f"loading {network}")

    def fetching(self, network: str, done: int, total: int | None) -> None:
        said = f"{network}'s weights, {megabytes(done, total)}"
        if self._fetch is None:
            self._bar.start()
            self._fetch = self._bar.add_task(said, total=total)
        self._bar.update(self._fetch, description=said, completed=done)

    def dreaming(self, layer: LayerInfo) -> None:
        self._number += 1
        if self._fetch is not None:
            self._bar.remove_task(self._fetch)
            self._fetch = None

    def step(self, layer: LayerInfo, done: int, total: int) -> None:
        if done == 0:
            self._describe(f"{self._number}/{len(self._layers)} {layer.name}")
        self._reach(layer, done / max(total, 1))

    def finished(self, tile: Tile) -> None:
        self._reach(tile.layer, 1.0)

    def warn(self, error: DreamfolioError) -> None:
        self.say(f"note: {error}")

    def say(self, text: str) -> None:
        self._bar.console.print(printable(text), highlight=False, markup=False)

    def _describe(self, text: str) -> None:
        if self._all is not None:
            self._bar.update(self._all, description=text)

    def _reach(self, layer: LayerInfo, part: float) -> None:
        self._work.reach(layer, part)
        self._bar.update(self._all, completed=self._work.done)
