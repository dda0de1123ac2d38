"""Writing what was chosen into a collection's manifest, as variants of the picture explored."""

from __future__ import annotations

import copy
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dreamfolio.content.collection_file import CollectionFile
from dreamfolio.content.defaults import EMBEDDED_NETWORK, Defaults
from dreamfolio.content.discover import Found
from dreamfolio.content.forms import RandomLayers, VariantForm
from dreamfolio.content.inherited import as_written
from dreamfolio.content.layers import catalogue_at
from dreamfolio.content.layout import MANIFEST
from dreamfolio.content.names import title_of
from dreamfolio.content.objects import Collection
from dreamfolio.content.pieces import pieces_of
from dreamfolio.content.validate import validate
from dreamfolio.content.yaml_file import Document, load
from dreamfolio.dream.networks import names
from dreamfolio.dream.networks.catalogue import Catalogue
from dreamfolio.dream.networks.known import catalogue_of
from dreamfolio.dream.networks.reference import NetworkReference
from dreamfolio.dream.target import motif_of, motif_target
from dreamfolio.errors import ContentError, ContentErrors, Place, UsageError, reason
from dreamfolio.explore.exploration import Exploration
from dreamfolio.explore.lines import as_flow, as_lines, variant_written
from dreamfolio.explore.splice import add_items, add_key
from dreamfolio.explore.subject import lock_names
from dreamfolio.files import read_file, write_atomically

_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Written:
    """What was written to ``manifest``: the layers ``added``; ``there`` were some already, and
    ``kept`` are layers by which the picture was dreamed without naming any, as they are written.
    """

    manifest: Path
    added: tuple[str, ...]
    there: tuple[str, ...]
    kept: tuple[str, ...] = ()


def write_variants(exploration: Exploration, layers: Sequence[str]) -> Written:
    """Add ``layers``, one variant each, to the manifest of the picture's collection.

    One may be a single channel, ``mixed4:12``, or a motif, ``motif-tentacle`` or ``tentacle``.
    All else in the manifest stays as it is, byte for byte; where there is none, one is made.
    Raises ``UsageError`` for a picture in no collection, a dream and unknown layers,
    ``ContentError`` or ``ContentErrors`` where the manifest would not be valid. Nothing is written
    then.
    """
    subject = exploration.subject
    collection = subject.collection
    if collection is None:
        raise UsageError(
            "lies in no collection, so there is no manifest to write to",
            place=Place(subject.picture),
            mend="put it into collections/NAME/ of a portfolio first",
        )
    _refuse_dreams(subject.picture.name, collection)
    wanted = _canonical(exploration, layers)
    new = [layer for layer in wanted if not _is_there(exploration, layer, collection)]
    manifest = collection.folder / MANIFEST
    there = tuple(one for one in wanted if one not in new)
    if not new:
        return Written(manifest, (), there)
    text, kept = _added(_read(manifest), exploration, new)
    _validate(text, manifest, exploration, new, collection)
    _replace(manifest, text)
    return Written(manifest, tuple(new), there, tuple(kept))


def _refuse_dreams(picture: str, collection: Collection) -> None:
    """Refuse what is a dream itself: most often its render is meant, which lies beside it."""
    if any(piece.source == picture for piece in collection.pieces):
        return
    for piece in collection.pieces:
        if any(variant.file == picture for variant in piece.variants):
            raise UsageError(
                f"is a dream of {piece.source}, and no piece of its own",
                place=Place(collection.folder / picture),
                mend=f"name {piece.source}; or, to dream on from the dream, list it under pieces",
            )


def _canonical(exploration: Exploration, layers: Sequence[str]) -> list[str]:
    if not layers:
        raise UsageError(
            "no layer is named", mend="name what stands below a tile: --write stage4_3,stage5_1"
        )
    try:
        found = [_canonical_one(layer, exploration.catalogue) for layer in layers]
    except names.UnknownLayer as error:
        raise UsageError(error.message, mend=_meant(error, exploration, layers)) from None
    return list(dict.fromkeys(found))


def _meant(error: names.UnknownLayer, exploration: Exploration, layers: Sequence[str]) -> str:
    motif = motif_target(motif_of(error.name) or error.name)
    embedded = catalogue_of(EMBEDDED_NETWORK)
    if exploration.network != EMBEDDED_NETWORK and embedded and motif in embedded.by_name:
        return f"it is a motif, and motifs are written by themselves: --write {motif}"
    motifs = " --motifs" if any(motif_of(layer) == error.name for layer in layers) else ""
    return error.mend or f"{exploration.catalogue.listed_by}{motifs} lists them"


def _canonical_one(layer: str, catalogue: Catalogue) -> str:
    if layer not in catalogue.by_name and motif_target(layer) in catalogue.by_name:
        return motif_target(layer)
    return names.resolve([layer], catalogue)[0]


def _is_there(exploration: Exploration, layer: str, collection: Collection) -> bool:
    """Whether the picture is dreamed through this layer alone, by this network and recipe."""
    subject = exploration.subject
    piece = next((one for one in collection.pieces if one.source == subject.picture.name), None)
    written = VariantForm.model_validate(_written(exploration, layer))
    document = Document(collection.folder / MANIFEST, {})
    holds = subject.defaults.within(written, document, (), collection.folder)
    return any(
        variant.layers == (layer,)
        and variant.network == holds.network
        and variant.recipe.canonical() == holds.recipe.canonical()
        for variant in (piece.variants if piece else ())
    )


def _written(exploration: Exploration, layer: str) -> dict[str, Any]:
    subject = exploration.subject
    return variant_written(
        layer,
        exploration.network,
        subject.defaults.network,
        subject.picture.parent,
        exploration.written,
    )


def _read(manifest: Path) -> str | None:
    """The manifest's text, None where there is none."""
    try:
        return read_file(manifest).decode("utf-8")
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise ContentError(f"cannot be read ({reason(error)})", place=Place(manifest)) from None


def _added(
    text: str | None, exploration: Exploration, layers: Sequence[str]
) -> tuple[str, Sequence[str]]:
    """The manifest's new text, whose additions, read again, are just what was to be added; and
    the layers named in it that held without being named."""
    subject = exploration.subject
    source = subject.picture.name
    variants = [_written(exploration, layer) for layer in layers]
    # Without a line of their own, the layers that hold here would be given up without a word.
    inherited = _inherited(subject.defaults)
    kept = [as_flow(one["layers"]) for one in inherited]
    if text is None:
        piece = {"source": source, "variants": [*inherited, *variants]}
        title = title_of(subject.picture.parent.name)
        return as_lines({"title": title, "pieces": [piece]}), kept
    bom, ends = text.startswith(_BOM), "\r\n" in text
    plain = text.removeprefix(_BOM).replace("\r\n", "\n")
    data = _parsed(plain, subject.picture.parent / MANIFEST).data
    wanted = copy.deepcopy(data)
    pieces = data.get("pieces") or []
    index = next((i for i, one in enumerate(pieces) if one["source"] == source), None)
    try:
        if index is None:
            piece = {"source": source, "variants": [*inherited, *variants]}
            wanted["pieces"] = [*pieces, piece]
            new = _with_piece(plain, data, piece)
        elif pieces[index].get("variants") is None:
            variants = [*inherited, *variants]
            wanted["pieces"][index]["variants"] = variants
            new = _with_variants(plain, pieces[index], index, variants)
        else:
            kept = []
            wanted["pieces"][index]["variants"] += variants
            new = add_items(plain, ("pieces", index, "variants"), variants)
        if _parsed(new, subject.picture.parent / MANIFEST).data != wanted:
            raise ValueError("another meaning")
    except (ValueError, LookupError, StopIteration, AttributeError, ContentError):
        raise ContentError(
            "is written in a way that nothing can be added to safely",
            place=Place(subject.picture.parent / MANIFEST),
            mend=f"add to the variants of {source} yourself: "
            + as_lines(variants).strip().replace("\n", " "),
        ) from None
    return (_BOM if bom else "") + (new.replace("\n", "\r\n") if ends else new), kept


def _with_piece(text: str, data: dict[str, Any], piece: dict[str, Any]) -> str:
    if "pieces" in data:
        return add_items(text, ("pieces",), [piece])
    return add_key(text, (), "pieces", [piece])


def _with_variants(text: str, piece: dict[str, Any], index: int, variants: list[Any]) -> str:
    if "variants" in piece:
        return add_items(text, ("pieces", index, "variants"), variants)
    return add_key(text, ("pieces", index), "variants", variants)


def _inherited(defaults: Defaults) -> list[dict[str, Any]]:
    """The variant that the piece has without naming any, by the layers that hold for it."""
    match as_written(defaults, catalogue_at(defaults.network, defaults.network_at)):
        case None | ():
            return []
        case RandomLayers() as layers:
            return [{"layers": layers.model_dump()}]
        case str() as layer:
            return [{"layers": [layer]}]
        case tuple() as layers:
            return [{"layers": [str(layer) for layer in layers]}]
        case layers:
            return [{"layers": {str(name): float(weight) for name, weight in layers.items()}}]


def _replace(manifest: Path, text: str) -> None:
    try:
        write_atomically(manifest, text.encode())
    except OSError as error:
        raise ContentError(
            f"cannot be written ({reason(error)})",
            place=Place(manifest),
            mend="make the folder writable",
        ) from None


def _validate(
    text: str,
    manifest: Path,
    exploration: Exploration,
    layers: Sequence[str],
    collection: Collection,
) -> None:
    """Raise ``ContentErrors`` for a manifest that a build would refuse, or understand otherwise."""
    subject = exploration.subject
    document = _parsed(text.removeprefix(_BOM), manifest)
    checked = validate(document, CollectionFile)
    problems: list[ContentError] = list(checked.problems)
    meant: set[tuple[str, NetworkReference]] = set()
    if checked.form is not None and not problems:
        found = Found(
            collection.slug, collection.folder, manifest, collection.pictures, collection.videos
        )
        defaults = subject.outer.within(checked.form, document, (), collection.folder)
        recorded = lock_names(collection.folder)
        for piece in pieces_of(
            found, checked.form.pieces, document, defaults, recorded, problems.append
        ):
            if piece.source == subject.picture.name:
                meant = {(one.layers[0], one.network) for one in piece.variants}
    if not problems and any((layer, exploration.network) not in meant for layer in layers):
        problems.append(
            ContentError(
                f"would not be read as {', '.join(layers)} of {exploration.network.label}",
                place=Place(manifest),
                mend="add the variants yourself",
            )
        )
    if problems:
        raise ContentErrors(problems)


def _parsed(text: str, manifest: Path) -> Document:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / MANIFEST
        file.write_bytes(text.encode())
        return load(file, manifest)
