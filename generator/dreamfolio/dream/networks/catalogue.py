"""What is known of a network without loading it or Keras: its layers, its weights' file.

Where that is known from, see ``known``.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from dreamfolio.dream.networks.reference import Preprocess
from dreamfolio.dream.target import parted


@dataclass(frozen=True)
class LayerInfo:
    """A layer that can be dreamed: its output is a batch of pictures, (N, height, width, channels).

    ``depth`` is its place in the network's own order, from 0; ``stride`` how many pixels of the
    input one of its own spans, ``field`` how many, along the longer side, one of its positions sees
    (its receptive field, by geometry); both None for a global or an unknown one. ``likes`` are the
    motifs its channels were measured to respond to most, ``called`` what it may be named as well.
    """

    name: str
    kind: str
    depth: int
    stride: int | None
    channels: int | None
    field: int | None = None
    likes: tuple[str, ...] = ()
    called: str | None = None


def percent_deep(depth: int, layers: int) -> int:
    """How deep the layer at ``depth``, from 0, lies among so many ``layers``: 0 is the first, 100
    the last."""
    return round(100 * depth / max(layers - 1, 1))


@dataclass(frozen=True)
class WeightsFile:
    """The file Keras keeps a network's weights in, and where it fetches it from.

    ``hash`` is Keras's own (MD5 or SHA-256, in hex). ``size`` is in bytes, as its parameters
    tell it: the file is about that large, a little larger for its frame.
    """

    name: str
    address: str
    hash: str | None
    size: int | None


@dataclass(frozen=True)
class Catalogue:
    """A network's dreamable layers, in its own order and by their canonical names.

    ``automatic`` maps the prefix of Keras's automatic names to (first number, how many a build
    adds): ``conv2d`` → (0, 94) stands for ``conv2d``, ``conv2d_1`` … ``conv2d_93``.
    ``application`` is the class in ``keras.applications``, None for a ``file``. ``motifs`` are what
    the network can be asked for by name, as targets (see ``target.motif_target``); they come after
    all layers in depth, and are no layers.
    """

    label: str
    layers: tuple[LayerInfo, ...]
    automatic: Mapping[str, tuple[int, int]]
    preprocess: Preprocess
    weights: WeightsFile | None = None
    application: str | None = None
    motifs: tuple[LayerInfo, ...] = ()
    file: Path | None = None

    @property
    def listed_by(self) -> str:
        """The command that lists the layers."""
        return f"dreamfolio layers {shlex.quote(str(self.file)) if self.file else self.label}"

    @cached_property
    def by_name(self) -> Mapping[str, LayerInfo]:
        """The layers by their canonical names, and the motifs by those of their targets."""
        return MappingProxyType({one.name: one for one in (*self.layers, *self.motifs)})

    @cached_property
    def by_start(self) -> Mapping[str, tuple[str, ...]]:
        """The names in ``by_name`` by their first two characters."""
        starts: dict[str, list[str]] = {}
        for name in self.by_name:
            starts.setdefault(name[:2], []).append(name)
        return MappingProxyType({start: tuple(names) for start, names in starts.items()})

    @cached_property
    def called(self) -> Mapping[str, str]:
        """The layers' canonical names by what else they may be named."""
        return MappingProxyType({one.called: one.name for one in self.layers if one.called})

    def layer_of(self, target: str) -> LayerInfo | None:
        """The layer or motif that a target's name is of, ``mixed4`` for ``mixed4:12``."""
        layer, _ = parted(target)
        return self.by_name.get(target) or self.by_name.get(self.called.get(layer, layer))
