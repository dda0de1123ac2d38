"""Single channels on a sheet: those of each layer that the picture itself excites most."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from dreamfolio.dream.networks.catalogue import Catalogue, LayerInfo
from dreamfolio.files import read_file, sealed, sha256, unsealed, write_if_changed
from dreamfolio.local_state import keep_out_of_git

MOST = 32
"""How many channels of a layer can be looked at, at most."""

_VERSION = 1
# Some 200 bytes each. The oldest are forgotten first.
_REMEMBERED = 5_000


def with_channels(
    layers: Iterable[LayerInfo], loudest: Mapping[str, Sequence[int]], count: int
) -> tuple[LayerInfo, ...]:
    """``layers``, each followed by its ``count`` loudest channels; the name of such a one is that
    of a target, ``mixed4:12``, and all else its layer's."""
    return tuple(
        one
        for layer in layers
        for one in (
            layer,
            *(
                replace(layer, name=f"{layer.name}:{channel}")
                for channel in loudest.get(layer.name, ())[:count]
            ),
        )
    )


def has_channels(layer: LayerInfo, catalogue: Catalogue) -> bool:
    """Whether single channels of it are something else than it is: not so of a motif, nor of a
    layer of one channel."""
    return layer not in catalogue.motifs and layer.channels != 1


class ChannelMemory:
    """The loudest channels once found, so that a sheet made again needs no network for them, and
    asks for the same ones even where a machine's floats would put them in another order.

    Only a shortcut: losing it costs one look through the network. Two processes may share the
    file: the last to save wins.
    """

    def __init__(self, path: Path):
        self.path = path
        self._found = _load(path)

    def get(self, key: str) -> tuple[int, ...] | None:
        """The channels under a key of ``channels_key``; None where they were never looked for."""
        return self._found.get(key)

    def put(self, found: Mapping[str, Sequence[int]]) -> None:
        """Keep the channels, the loudest first, by their keys. Where the folder cannot be written
        to, they are forgotten when the process ends."""
        self._found.update({key: tuple(channels[:MOST]) for key, channels in found.items()})
        kept = dict(list(self._found.items())[-_REMEMBERED:])
        text = json.dumps({"version": _VERSION, "loudest": kept}, indent=0)
        with contextlib.suppress(OSError):
            write_if_changed(self.path, sealed(text))
            keep_out_of_git(self.path)


def channels_key(
    *, pixels: str, size: tuple[int, int], layer: str, preprocess: str, network: str
) -> str:
    """SHA-256, in hex, over all that decides which channels are the loudest: the source's pixel
    digest and the size it is looked at, the layer, and the network's input range and digest."""
    return sha256(json.dumps([pixels, size, layer, preprocess, network]).encode())


def _load(path: Path) -> dict[str, tuple[int, ...]]:
    try:
        form: Any = json.loads(unsealed(read_file(path)))
        if form["version"] != _VERSION:
            return {}
        return {
            str(key): tuple(int(channel) for channel in channels)
            for key, channels in form["loudest"].items()
        }
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}
