"""What is to be excited, and how much: a layer, one channel of it, or a motif by its name."""

from __future__ import annotations

from dataclasses import dataclass

PATCHWORK = "patchwork"
"""In the place of a motif's name: all of them, each in regions of its own."""

_MOTIF = "motif-"


@dataclass(frozen=True, slots=True, order=True)
class Target:
    """One term of the objective: ``weight`` × the layer's activation.

    ``layer`` is the canonical name, whatever the artist or the process called it; that of a single
    channel is ``mixed4:12``, that of a motif ``motif-tentacle``.
    """

    layer: str
    weight: float = 1.0

    @property
    def motif(self) -> str | None:
        """The motif's own name, ``tentacle``; None for a layer."""
        return motif_of(self.layer)


def parted(name: str) -> tuple[str, int | None]:
    """A target's name as layer and channel: ``mixed4:12`` → (``mixed4``, 12); without one, None."""
    layer, _, channel = name.rpartition(":")
    return (layer, int(channel)) if layer and _is_number(channel) else (name, None)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal()


def motif_target(motif: str) -> str:
    """A motif's name as a target and in a file's name: ``tentacle`` → ``motif-tentacle``."""
    return _MOTIF + motif


def motif_of(layer: str) -> str | None:
    """The motif that a target's name stands for; None where it is a layer's."""
    return layer.removeprefix(_MOTIF) if layer.startswith(_MOTIF) else None
