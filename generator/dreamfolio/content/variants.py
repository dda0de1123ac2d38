"""The variants a piece wants: what each dreams by, and the name of its file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import Any

from dreamfolio.content.collection_file import PieceForm
from dreamfolio.content.defaults import Defaults, Written
from dreamfolio.content.forms import VariantForm
from dreamfolio.content.layers import Resolved, catalogue_at, resolve
from dreamfolio.content.names import short_digest, variant_file
from dreamfolio.content.objects import Variant
from dreamfolio.content.yaml_file import Document, Path_
from dreamfolio.dream.networks import names
from dreamfolio.dream.networks.catalogue import Catalogue
from dreamfolio.errors import ContentError, Place
from dreamfolio.pictures.decode import SUFFIXES
from dreamfolio.pictures.encode import variant_suffix

Report = Callable[[ContentError], None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A variant as one place of the content asks for it, before it has a file name."""

    defaults: Defaults
    form: VariantForm
    place: Place | None


def wanted_by(
    piece: PieceForm, document: Document, path: Path_, folder: Path, defaults: Defaults
) -> list[Wanted]:
    """What the manifest asks of one piece; without ``variants``, the layers that hold there."""
    defaults = defaults.within(piece, document, path, folder)
    if piece.variants is None:
        return wanted_by_default(defaults, document.place((*path, "source")))
    wanted = []
    for i, written in enumerate(piece.variants):
        at = (*path, "variants", i)
        form = _from_name(written) if isinstance(written, str) else written
        inner = defaults.within(form, document, at, folder)
        if isinstance(written, str) and form.layers is not None:
            inner = replace(inner, layers_at=Written(document, at))
        wanted.append(Wanted(inner, form, document.place(at)))
    return wanted


def wanted_by_default(defaults: Defaults, place: Place | None = None) -> list[Wanted]:
    """The one variant that the inherited layers ask for, or none where there are none."""
    return [Wanted(defaults, VariantForm(), place)] if defaults.layers else []


def _from_name(written: str) -> VariantForm:
    """A variant named in one word: by its picture's file name, or by its layer."""
    if PurePath(written).suffix.lower() in SUFFIXES:
        return VariantForm(file=written)
    return VariantForm(layers=written)


def variants_of(
    source: str, wanted: Iterable[Wanted], pictures: frozenset[str], report: Report
) -> tuple[Variant, ...]:
    """The variants of ``source``, named; ``pictures`` are the folder's. Problems are reported."""
    done: list[Variant] = []
    for one in wanted:
        try:
            variant = _variant(source, one, pictures)
            done.append(_distinct(variant, one.form, done))
        except ContentError as error:
            report(error)
    return tuple(done)


def _variant(source: str, wanted: Wanted, pictures: frozenset[str]) -> Variant:
    form, defaults = wanted.form, wanted.defaults
    catalogue = catalogue_at(defaults.network, defaults.network_at)
    if form.file and form.layers is None:
        in_name = _layers_in_name(source, form.file, catalogue)
        if in_name is None and (wanted.defaults.layers is None or form.file not in pictures):
            raise ContentError(
                f'which layers "{form.file}" was dreamed by cannot be told from its name',
                place=wanted.place,
                mend="say layers: […] beside it",
            )
        if in_name is not None:
            defaults = replace(defaults, layers=in_name, layers_at=None)
    targets, asked = _resolved(defaults, catalogue, wanted.place)
    suffix = variant_suffix(PurePath(source).suffix)
    file = variant_file(source, [target.layer for target in targets], suffix, form.name)
    if form.file:
        asked = form.file
        # A name of Keras's running counters is read, never written: only a picture that has it
        # keeps it.
        if form.file in pictures or not _is_legacy(source, form.file, catalogue):
            file = form.file
        if file == form.file:
            asked = None
    return Variant(
        file=file,
        source=source,
        targets=targets,
        network=defaults.network,
        preprocess=(catalogue.preprocess if catalogue and defaults.network.name else None)
        or defaults.network.preprocess
        or "tf",
        recipe=defaults.recipe,
        recipe_asked=defaults.recipe_asked,
        asked=asked,
        name=form.name,
        alt=form.alt,
        place=wanted.place,
    )


def _resolved(defaults: Defaults, catalogue: Catalogue | None, place: Place | None) -> Resolved:
    resolved = resolve(defaults, catalogue)
    if not resolved.targets:
        raise ContentError(
            "this variant names no layers, and none are inherited",
            place=place,
            mend="add layers: […]",
        )
    return resolved


def _layers_in_name(source: str, file: str, catalogue: Catalogue | None) -> tuple[str, ...] | None:
    stem = f"{PurePath(source).stem}_"
    name = PurePath(file).stem
    if catalogue is None or not name.startswith(stem):
        return None
    return names.split(name.removeprefix(stem).partition("~")[0], catalogue)


def _is_legacy(source: str, file: str, catalogue: Catalogue | None) -> bool:
    layers = _layers_in_name(source, file, catalogue)
    return layers is not None and not file.startswith(f"{PurePath(source).stem}_{'+'.join(layers)}")


def _distinct(variant: Variant, form: VariantForm, earlier: list[Variant]) -> Variant:
    """The variant under a name of its own; raises ``ContentError`` for the same dream twice."""
    twin = next((other for other in earlier if _same_dream(variant, other)), None)
    if twin is not None:
        line = f" (line {twin.place.line})" if twin.place and twin.place.line else ""
        raise ContentError(
            f"this variant is asked for twice{line}",
            place=variant.place,
            mend="remove one, or let them differ in layers, recipe or model",
        )
    if variant.file not in {other.file for other in earlier}:
        return variant
    if form.file or form.name:
        raise ContentError(
            f'two variants are called "{variant.file}"',
            place=variant.place,
            mend="give one of them another name: …",
        )
    digest = short_digest(_dream(variant))
    stem, suffix = PurePath(variant.file).stem, PurePath(variant.file).suffix
    return replace(variant, file=f"{stem}~{digest}{suffix}")


def _same_dream(one: Variant, other: Variant) -> bool:
    return _dream(one) == _dream(other)


def _dream(variant: Variant) -> list[Any]:
    """What makes this dream another than its siblings', as a JSON value without disk paths."""
    network = variant.network
    return [
        sorted([target.layer, target.weight] for target in variant.targets),
        variant.recipe.canonical(),
        network.label,
        network.weights.name if network.weights else None,
        variant.preprocess,
    ]
