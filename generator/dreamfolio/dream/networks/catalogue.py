"""What layers a network has, known without loading it or Keras.

The networks of ``keras.applications`` have catalogues that ship (``catalogues/*.json``, made by
``make_catalogues``), the embedded one has its card; a network in a file is listed from the config
that lies in the file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from types import MappingProxyType

from dreamfolio.dream.networks.reference import NetworkReference, Preprocess
from dreamfolio.dream.pocket import EMBEDDED
from dreamfolio.dream.target import parted
from dreamfolio.errors import NetworkError
from dreamfolio.suggest import nearest


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
    ``application`` is the class in ``keras.applications``, None for a file. ``motifs`` are what
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


class UnknownNetwork(NetworkError):
    """No network has this name; ``suggestion`` may be the one meant."""

    def __init__(self, name: str, suggestion: str | None):
        super().__init__(
            f"there is no network {name!r}",
            mend=f"did you mean {suggestion}?"
            if suggestion
            else f"the networks are {', '.join(known_networks())}; or name a file",
        )
        self.name = name
        self.suggestion = suggestion


@lru_cache(maxsize=1)
def named_networks() -> tuple[str, ...]:
    """The networks of ``keras.applications``, in snake case and in order."""
    shipped = (path.name for path in (files(__package__) / "catalogues").iterdir())
    return tuple(sorted(name[: -len(".json")] for name in shipped if name.endswith(".json")))


def known_networks() -> tuple[str, ...]:
    """All networks that have a name: the embedded one, then those of ``keras.applications``."""
    return (EMBEDDED, *named_networks())


def canonical_name(name: str) -> str:
    """``name`` as ``known_networks`` spells it: ``InceptionV3`` is ``inception_v3``.

    Raises UnknownNetwork.
    """
    spellings = _spellings()
    found = spellings.get(_bare(name))
    if found is None:
        close = nearest(_bare(name), spellings)
        raise UnknownNetwork(name, spellings[close] if close else None)
    return found


@lru_cache(maxsize=1)
def _spellings() -> Mapping[str, str]:
    return {_bare(known): known for known in known_networks()}


def catalogue_of(reference: NetworkReference) -> Catalogue | None:
    """A network's catalogue; None where its file is not here, or is ``.h5`` and h5py is not.

    Raises UnknownNetwork for a name that is none, and NetworkError where a file is damaged or
    is refused (see ``safe``).
    """
    if reference.name is not None:
        name = canonical_name(reference.name)
        if name == EMBEDDED:
            from dreamfolio.dream.pocket.catalogue import embedded_catalogue

            return embedded_catalogue()
        return _shipped(name)
    if reference.file is None:
        raise NetworkError("a network needs a name or a file")
    from dreamfolio.dream.networks.saved import catalogue_of_file

    return catalogue_of_file(reference.file, reference.preprocess)


@cache
def _shipped(name: str) -> Catalogue:
    data = json.loads((files(__package__) / "catalogues" / f"{name}.json").read_text("utf-8"))
    weights = data["weights"]
    return Catalogue(
        label=name,
        layers=tuple(
            LayerInfo(layer, data["kinds"][kind], depth, stride, channels, field)
            for depth, (layer, kind, stride, channels, field) in enumerate(data["layers"])
        ),
        automatic=MappingProxyType({p: (0, count) for p, count in data["automatic"].items()}),
        preprocess=data["preprocess"],
        weights=WeightsFile(
            weights["file"], weights["address"], weights["hash"], data["parameters"] * 4
        ),
        application=data["application"],
    )


def _bare(name: str) -> str:
    return name.lower().replace("_", "").replace("-", "")
