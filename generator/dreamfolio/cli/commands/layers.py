"""``dreamfolio layers``: a network's layers by depth, or the networks there are."""

from __future__ import annotations

import json
from pathlib import Path

from dreamfolio.cli.show import note, say
from dreamfolio.cli.table import table
from dreamfolio.dream.networks.catalogue import (
    Catalogue,
    UnknownNetwork,
    catalogue_of,
    named_networks,
)
from dreamfolio.dream.networks.reference import NetworkReference
from dreamfolio.dream.networks.weights import locate
from dreamfolio.errors import NetworkError, Place, UsageError


def layers(model: str | None, *, as_json: bool) -> None:
    """List the layers of ``model``; without one, the networks."""
    if model is None:
        _networks(as_json)
        return
    catalogue = _catalogue(model)
    if as_json:
        say(json.dumps(_as_data(catalogue), indent=1))
        return
    last = max(len(catalogue.layers) - 1, 1)
    rows = [
        (
            f"{100 * layer.depth // last:3d} %",
            layer.name,
            layer.kind,
            "" if layer.stride is None else str(layer.stride),
            "" if layer.channels is None else str(layer.channels),
            _gives(layer.depth / last),
        )
        for layer in catalogue.layers
    ]
    say(table(("DEPTH", "LAYER", "KIND", "STRIDE", "CHANNELS", "GIVES"), rows))
    note(f"\n{len(rows)} layers. In a manifest: layers: [{catalogue.layers[last // 2].name}]")


def _catalogue(model: str) -> Catalogue:
    path = Path(model).expanduser()
    if path.suffix.lower() in {".keras", ".h5", ".hdf5"}:
        listed = catalogue_of(NetworkReference(file=path.absolute()))
        if listed is None:
            if path.exists():
                raise NetworkError(
                    "listing an .h5 file takes h5py", place=Place(path), mend="pip install h5py"
                )
            raise UsageError("is not there", place=Place(path))
        return listed
    try:
        listed = catalogue_of(NetworkReference(name=model))
    except UnknownNetwork as error:
        raise UsageError(error.message, mend=error.mend) from None
    assert listed is not None  # Only a file may be absent.
    return listed


def _gives(depth: float) -> str:
    """What dreams of this depth look like, in a word; 0 is the first layer, 1 the last."""
    if depth < 0.12:
        return "strokes, grain, edges"
    if depth < 0.35:
        return "textures and patterns"
    if depth < 0.65:
        return "motifs: eyes, coils, scales"
    return "forms and objects"


def _as_data(catalogue: Catalogue) -> dict[str, object]:
    return {
        "network": catalogue.label,
        "layers": [
            {
                "name": layer.name,
                "kind": layer.kind,
                "depth": layer.depth,
                "stride": layer.stride,
                "channels": layer.channels,
            }
            for layer in catalogue.layers
        ],
    }


def _networks(as_json: bool) -> None:
    listed = [catalogue_of(NetworkReference(name=name)) for name in named_networks()]
    known = [catalogue for catalogue in listed if catalogue]
    if as_json:
        say(json.dumps([catalogue.label for catalogue in known], indent=1))
        return
    rows = [
        (
            catalogue.label,
            str(len(catalogue.layers)),
            f"{size / 1e6:.0f} MB"
            if catalogue.weights and (size := catalogue.weights.size)
            else "",
            "here" if locate(NetworkReference(name=catalogue.label)).exists() else "to be fetched",
        )
        for catalogue in known
    ]
    say(table(("NETWORK", "LAYERS", "WEIGHTS", ""), rows))
    note("\nA .keras or .h5 file will do, too: model: {file: networks/mine.keras, preprocess: tf}")
