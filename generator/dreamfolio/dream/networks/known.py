"""Which networks there are by name, and the catalogue of any.

The networks of ``keras.applications`` have catalogues that ship (``catalogues/*.json``, made by
``make_catalogues``), the embedded one has its card; a network in a file is listed from the config
that lies in the file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType

from dreamfolio.dream.networks.catalogue import Catalogue, LayerInfo, WeightsFile
from dreamfolio.dream.networks.reference import NetworkReference
from dreamfolio.dream.networks.saved import catalogue_of_file
from dreamfolio.dream.pocket import EMBEDDED
from dreamfolio.dream.pocket.catalogue import embedded_catalogue
from dreamfolio.errors import NetworkError
from dreamfolio.suggest import nearest


class UnknownNetwork(NetworkError):
    """No network has this name; ``suggestion`` may be the one meant."""

    def __init__(self, name: str, suggestion: str | None):
        super().__init__(
            f"there is no network {name!r}",
            mend=f"did you mean {suggestion}?"
            if suggestion
            else "dreamfolio layers lists the networks; or name a .keras or .h5 file",
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
        return embedded_catalogue() if name == EMBEDDED else _shipped(name)
    if reference.file is None:
        raise NetworkError("a network needs a name or a file")
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
