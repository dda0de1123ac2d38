"""``dreamfolio layers``: a network's layers by depth, or the networks there are."""

from __future__ import annotations

from pathlib import Path

from dreamfolio.cli import options
from dreamfolio.cli.layer_table import layer_table
from dreamfolio.cli.show import note, say_data, say_table
from dreamfolio.cli.table import table
from dreamfolio.content.layout import COLLECTIONS, MANIFEST
from dreamfolio.dream.networks.catalogue import Catalogue
from dreamfolio.dream.networks.known import UnknownNetwork, catalogue_of, known_networks
from dreamfolio.dream.networks.recommended import recommended
from dreamfolio.dream.networks.reference import NetworkReference
from dreamfolio.dream.networks.weights import locate
from dreamfolio.dream.pocket import EMBEDDED
from dreamfolio.errors import NetworkError, Place, UsageError
from dreamfolio.explore.lines import as_lines, variant_written


def layers(
    model: str | None,
    root: Path | None,
    *,
    motifs: bool,
    out: Path | None,
    open_page: bool,
    as_json: bool,
) -> None:
    """List the layers of ``model``, or its ``motifs``; without either, the networks."""
    if motifs:
        from dreamfolio.cli.commands.motifs import list_motifs

        list_motifs(model, root, out=out, open_page=open_page, as_json=as_json)
        return
    if out is not None:
        raise UsageError("--out is for the page of motifs", mend="add --motifs")
    if model is None:
        _networks(as_json)
        return
    catalogue = _catalogue(model)
    if as_json:
        say_data(_as_data(catalogue))
        return
    say_table(layer_table(catalogue.layers))
    note(f"\n{len(catalogue.layers)} layers. To dream by one, write in a {MANIFEST}:")
    note(as_lines(_as_written(catalogue, root), indent=2).rstrip())
    if catalogue.file is not None:
        note("and beside the file what its input takes: preprocess: tf, unit, torch, caffe or none")
    note("STRIDE and FIELD in pixels of the input: how far apart positions lie, how much one sees")
    if catalogue.motifs:
        note(f"It knows motifs by name, too: dreamfolio layers {catalogue.label} --motifs")


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


def _as_written(catalogue: Catalogue, root: Path | None) -> dict[str, object]:
    """A manifest's lines for the layer to begin with; in a portfolio, as a collection has them."""
    network = NetworkReference(file=catalogue.file)
    if catalogue.file is None:
        network = NetworkReference(name=catalogue.label)
    try:
        folder = options.root_of(root) / COLLECTIONS / "NAME"
    except UsageError:
        folder = None
    return variant_written(recommended(catalogue).name, network, None, folder, None)


def _as_data(catalogue: Catalogue) -> dict[str, object]:
    return {
        "network": catalogue.label,
        "recommended": recommended(catalogue).name,
        "layers": [
            {
                "name": layer.name,
                "kind": layer.kind,
                "depth": layer.depth,
                "stride": layer.stride,
                "field": layer.field,
                "channels": layer.channels,
                **({"called": layer.called} if layer.called else {}),
                **({"likes": layer.likes} if layer.likes else {}),
            }
            for layer in catalogue.layers
        ],
    }


def _networks(as_json: bool) -> None:
    if as_json:
        say_data(known_networks())
        return
    rows = []
    for name in known_networks():
        network = NetworkReference(name=name)
        listed, weights = catalogue_of(network), locate(network)
        assert listed is not None  # Only a file may be absent.
        there = weights.exists()
        size = weights.stat().st_size if there else listed.weights and listed.weights.size
        state = "in the box" if name == EMBEDDED else "here" if there else "to be fetched"
        megabytes = f"{size / 1e6:.0f} MB" if size else ""
        rows.append((name, str(len(listed.layers)), megabytes, state))
    say_table(table(("NETWORK", "LAYERS", "WEIGHTS", ""), rows))
    note("\nA .keras or .h5 file will do, too: model: {file: networks/mine.keras, preprocess: tf}")
