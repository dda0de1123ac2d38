"""What is to be excited, and how much: a layer, channels of it, or a motif by its name."""

from __future__ import annotations

import re
from dataclasses import dataclass

PATCHWORK = "patchwork"
"""In the place of a motif's name: all of them, each in regions of its own."""

_MOTIF = "motif-"
_CHANNELS = re.compile(r"\[\s*(\d+(?:\s*,\s*\d+)*)\s*\]|(\d+(?:\s*,\s*\d+)*)", re.ASCII)
_STRONGEST = re.compile(r"strongest\(\s*(\d+)\s*\)", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Target:
    """One term of the objective: ``weight`` × the layer's activation.

    ``layer`` is the canonical name, whatever the artist or the process called it; that of a single
    channel is ``mixed4:12``, of several ``mixed4:3,17``, of those that the source excites most
    ``mixed4:strongest(8)``; that of a motif ``motif-tentacle``.
    """

    layer: str
    weight: float = 1.0

    @property
    def motif(self) -> str | None:
        """The motif's own name, ``tentacle``; None for a layer."""
        return motif_of(self.layer)

    @property
    def channels(self) -> Channels:
        """Which of the layer's channels count; None where all do, and for a motif."""
        return None if self.motif else parted(self.layer)[1]


@dataclass(frozen=True, slots=True)
class Strongest:
    """The ``count`` channels of a layer that the source excites most before any dream."""

    count: int


Channels = tuple[int, ...] | Strongest | None


def parted(name: str) -> tuple[str, Channels]:
    """A target's name as layer and channels: ``mixed4:12`` → (``mixed4``, (12,)); all are None.

    ``mixed4:[3, 17]`` and ``mixed4:3,17`` are several, in their own order and each once.
    """
    layer, _, asked = name.rpartition(":")
    if layer and (several := _CHANNELS.fullmatch(asked)):
        numbers = (several[1] or several[2]).split(",")
        return layer, tuple(sorted({int(number) for number in numbers}))
    if layer and (strongest := _STRONGEST.fullmatch(asked)):
        return layer, Strongest(int(strongest[1]))
    return name, None


def channel_target(layer: str, channels: Channels) -> str:
    """The canonical name of a target: the inverse of ``parted``."""
    if channels is None:
        return layer
    if isinstance(channels, Strongest):
        return f"{layer}:strongest({channels.count})"
    return f"{layer}:{','.join(map(str, channels))}"


def in_file_name(target: str) -> str:
    """A target as a file's name tells it, in signs that no shell takes for its own:
    ``mixed4-3-17``, ``mixed4-strongest8``."""
    layer, channels = parted(target)
    if channels is None:
        return target
    if isinstance(channels, Strongest):
        return f"{layer}-strongest{channels.count}"
    return "-".join([layer, *map(str, channels)])


def motif_target(motif: str) -> str:
    """A motif's name as a target and in a file's name: ``tentacle`` → ``motif-tentacle``."""
    return _MOTIF + motif


def motif_of(layer: str) -> str | None:
    """The motif that a target's name stands for; None where it is a layer's."""
    return layer.removeprefix(_MOTIF) if layer.startswith(_MOTIF) else None
