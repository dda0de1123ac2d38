"""What an exploration tells while it goes on."""

from __future__ import annotations

from collections.abc import Sequence

from dreamfolio.dream.networks.catalogue import LayerInfo
from dreamfolio.errors import DreamfolioError
from dreamfolio.explore.exploration import Tile


class Listener:
    """Hears of an exploration's progress; this one says nothing."""

    def begin(self, layers: Sequence[LayerInfo], known: int, steps: int) -> None:
        """These layers are to be dreamed through, in at most ``steps`` steps each; ``known`` tiles
        came from the cache."""

    def loading(self, network: str) -> None:
        """The network is being loaded (and fetched, where it is not here yet)."""

    def loaded(self, device: str) -> None:
        """The network is ready; ``device`` tells what it is computed on, and how."""

    def fetching(self, network: str, done: int, total: int | None) -> None:
        """So many bytes of the network's weights are here, of ``total`` where that is known."""

    def dreaming(self, layer: LayerInfo) -> None:
        """A tile begins."""

    def step(self, layer: LayerInfo, done: int, total: int) -> None:
        """So many steps of a tile are done."""

    def finished(self, tile: Tile) -> None:
        """A tile is on the sheet, with its picture or with why there is none."""

    def warn(self, error: DreamfolioError) -> None:
        """Something went wrong that costs no tile."""
