"""Carrying an exploration out: tiles made one by one, and the page written after each."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dreamfolio.dream.backend.quiet import require_keras
from dreamfolio.dream.networks.catalogue import LayerInfo
from dreamfolio.explore.contact_sheet import contact_sheet, encoded
from dreamfolio.explore.dreaming import Stop, Tiles, shown
from dreamfolio.explore.exploration import Exploration, Stage, Tile
from dreamfolio.explore.folder import SHEET, TILES, Folder, tile_file
from dreamfolio.explore.keeping import cache_of, channels_of, memory_of
from dreamfolio.explore.listener import Listener
from dreamfolio.explore.page import page
from dreamfolio.pictures.web import encode_web

_SOURCE = f"{TILES}/source.webp"
# Finer than a site's pictures: here a layer is judged.
_QUALITY = 90


@dataclass(frozen=True, slots=True)
class Result:
    """What came of an exploration: its tiles by depth."""

    tiles: tuple[Tile, ...]

    @property
    def shown(self) -> int:
        """How many tiles have a picture."""
        return sum(tile.picture is not None for tile in self.tiles)

    @property
    def failed(self) -> tuple[Tile, ...]:
        """The tiles that could not be dreamed."""
        return tuple(tile for tile in self.tiles if tile.problem is not None)


class Explorer:
    """Explores into a folder. ``stopped`` may be called from another thread than ``explore``."""

    def __init__(self, exploration: Exploration, folder: Folder, listener: Listener):
        self._exploration = exploration
        self._folder = folder
        self._listener = listener
        self._tiles: Sequence[Tile] = [Tile(layer) for layer in exploration.layers]
        self._size: tuple[int, int] | None = None
        self._stage = Stage.RUNNING
        self._shown = 0
        self._guard = threading.Lock()

    def explore(self, stop: Stop, on_page: Callable[[], None] = lambda: None) -> Result:
        """Fill the sheet; ``on_page`` hears of the page once it is there, with nothing on it yet.

        Raises ``PictureError``, ``NetworkUnavailable``, ``NetworkError`` and ``UsageError`` where
        there can be no sheet at all, ``Stopped`` where ``stop`` says so.
        """
        require_keras()
        subject = self._exploration.subject
        tiles = Tiles(
            self._exploration,
            cache_of(subject),
            memory_of(subject),
            channels_of(subject),
            self._listener,
        )
        source = tiles.source
        self._size = source.size
        # The page first: by it the folder is known for a sheet's, whenever the work is cut off.
        self._write_page()
        self._folder.write(_SOURCE, encode_web(source, "webp", _QUALITY))
        on_page()
        try:
            tiles.make(self._take, self._lay, stop)
        except BaseException:
            self.stopped()
            raise
        self._folder.write(SHEET, encoded(contact_sheet(self._exploration, self._tiles, source)))
        self._write_page(Stage.WHOLE)
        self._folder.tidy()
        return Result(tuple(self._tiles))

    def stopped(self) -> int:
        """Write the page for the last time, so that it waits for no more; say how many tiles it
        shows."""
        self._write_page(Stage.STOPPED)
        return self._shown

    def _lay(self, layers: Sequence[LayerInfo]) -> None:
        """Make room for tiles that were not known of before."""
        there = {tile.layer.name: tile for tile in self._tiles}
        self._tiles = [there.get(layer.name) or Tile(layer) for layer in layers]
        self._write_page()

    def _take(self, tile: Tile) -> None:
        if tile.picture is not None:
            picture = encode_web(shown(tile.picture), "webp", _QUALITY)
            self._folder.write(tile_file(tile), picture)
        self._tiles = [tile if one.layer == tile.layer else one for one in self._tiles]
        self._write_page()

    def _write_page(self, stage: Stage | None = None) -> None:
        with self._guard:
            if self._size is None or self._stage is not Stage.RUNNING:
                return
            self._stage = stage or self._stage
            self._shown = sum(tile.picture is not None for tile in self._tiles)
            self._folder.write(
                "index.html",
                page(self._exploration, self._tiles, self._stage, _SOURCE, self._size),
            )
