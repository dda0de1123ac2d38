"""The variants of a piece: what each dreams by, under a name that no other has."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import PurePath
from typing import Any

from dreamfolio.content.beside import check_beside
from dreamfolio.content.fallbacks import fallbacks_of
from dreamfolio.content.forms import VariantForm
from dreamfolio.content.inherited import resolve_inherited
from dreamfolio.content.layers import Resolved, catalogue_at, told_targets
from dreamfolio.content.names import fold, short_digest, split_suffix, variant_file
from dreamfolio.content.objects import Variant
from dreamfolio.content.one_line import quoted
from dreamfolio.content.variant_files import check_file, is_legacy, layers_in_name, legacy_file
from dreamfolio.content.wanted import Wanted
from dreamfolio.dream.animation import Animation
from dreamfolio.dream.networks import names
from dreamfolio.dream.networks.catalogue import Catalogue
from dreamfolio.errors import ContentError
from dreamfolio.pictures.animation_names import SUFFIX, is_animation
from dreamfolio.pictures.encode import variant_suffix

Report = Callable[[ContentError], None]


def variants_of(
    source: str,
    wanted: Iterable[Wanted],
    pictures: frozenset[str],
    taken: dict[str, str],
    report: Report,
) -> tuple[Variant, ...]:
    """The variants of ``source``, named; ``pictures`` are the folder's. Problems are reported.

    ``taken`` maps file names that are spoken for, in the form of ``fold``, to what they are; the
    variants' are added.
    """
    done: list[Variant] = []
    earlier = _Dreams()
    for one in wanted:
        try:
            variant = _distinct(_variant(source, one, pictures), one, earlier, taken)
            variant = _with_animation(variant, one.form, taken)
        except ContentError as error:
            report(error)
            continue
        taken[fold(variant.file)] = f"a variant of {source}"
        if variant.animated:
            taken[fold(variant.animated.file)] = f"an animation of {source}"
        earlier.add(variant, one)
        done.append(variant)
    return tuple(done)


def _variant(source: str, wanted: Wanted, pictures: frozenset[str]) -> Variant:
    defaults = wanted.defaults
    check_beside(defaults, wanted.folder)
    catalogue = catalogue_at(defaults.network, defaults.network_at)
    form = _as_file(source, wanted.form, catalogue)
    if form.file:
        check_file(form.file, source, pictures, wanted.place)
    targets = None
    if form.file and form.layers is None:
        in_name = layers_in_name(source, form.file, catalogue)
        if in_name is None and (defaults.layers is None or form.file not in pictures):
            raise ContentError(
                f"which layers {quoted(form.file)} was dreamed by cannot be told from its name",
                place=wanted.place,
                mend="say layers: […] beside it",
            )
        targets = told_targets(in_name) if in_name is not None else None
    asked = None
    if targets is None:
        targets, asked = _resolved(wanted, catalogue)
    file = variant_file(
        source,
        [target.layer for target in targets],
        variant_suffix(split_suffix(source)[1]),
        form.name,
    )
    if form.file:
        asked = form.file
        # A name of Keras's running counters is read, never written: only a picture that has it
        # keeps it.
        if form.file in pictures or not is_legacy(source, form.file, catalogue):
            file = form.file
        if file == form.file:
            asked = None
    elif asked and not form.name:
        file = legacy_file(source, asked, pictures) or file
    if is_animation(file):
        raise ContentError(
            f"{quoted(file)} is named as an animation is",
            place=wanted.place,
            mend=f"let the picture's name end otherwise than {SUFFIX}",
        )
    return Variant(
        file=file,
        source=source,
        targets=targets,
        network=defaults.network,
        preprocess=defaults.network.preprocess or (catalogue.preprocess if catalogue else "tf"),
        recipe=defaults.recipe,
        recipe_asked=defaults.recipe_asked,
        asked=asked,
        name=form.name,
        alt=form.alt,
        fallbacks=fallbacks_of(defaults, targets, catalogue),
    )


def _as_file(source: str, form: VariantForm, catalogue: Catalogue | None) -> VariantForm:
    """A variant that is named as its file is, but without the suffix, as one named by its file."""
    written = form.layers
    if not isinstance(written, str) or form.file or catalogue is None:
        return form
    file = written + variant_suffix(PurePath(source).suffix)
    if names.split(written, catalogue) or not layers_in_name(source, file, catalogue):
        return form
    return form.model_copy(update={"layers": None, "file": file})


def _resolved(wanted: Wanted, catalogue: Catalogue | None) -> Resolved:
    resolved = resolve_inherited(wanted.defaults, catalogue)
    if not resolved.targets:
        raise ContentError(
            "this variant names no layers, and none are inherited",
            place=wanted.place,
            mend="add layers: […]",
        )
    return resolved


def _distinct(
    variant: Variant, wanted: Wanted, earlier: _Dreams, taken: Mapping[str, str]
) -> Variant:
    """The variant under a name of its own; raises ``ContentError`` for the same dream twice."""
    twin = earlier.twin_of(variant)
    if twin is not None:
        first = twin.place
        line = f" (line {first.line})" if first and first.line else ""
        raise ContentError(
            f"this variant is asked for twice{line}",
            place=wanted.place,
            mend="remove one, or let them differ in layers, recipe or model",
        )
    there = taken.get(fold(variant.file))
    if there is None:
        return variant
    if wanted.form.file or wanted.form.name:
        raise ContentError(
            f"{quoted(variant.file)} is {there} already",
            place=wanted.place,
            mend="give this one another name: …",
        )
    apart = _told_apart(variant)
    return replace(variant, file=next(name for name in apart if fold(name) not in taken))


def _with_animation(variant: Variant, form: VariantForm, taken: Mapping[str, str]) -> Variant:
    """The variant with the animation that is asked for, in a file of its own."""
    if not form.animate:
        return variant
    animation = Animation() if form.animate is True else form.animate
    named = f"{PurePath(variant.file).stem}{SUFFIX}"
    # Of a PNG and a JPEG with one stem, the second's is named in full.
    file = f"{variant.file}{SUFFIX}" if fold(named) in taken else named
    return replace(variant, animated=replace(variant, file=file, animation=animation))


def _told_apart(variant: Variant) -> Iterator[str]:
    """Names that tell a variant from others with the same layers, the simplest first."""
    suffix = variant_suffix(PurePath(variant.source).suffix)
    dream = _dream(variant)
    # Beside its own siblings the dream says enough; a render of another format may share it, and
    # so may a network of the same name from another folder.
    what = itertools.chain([dream], ([variant.source, dream, n] for n in itertools.count()))
    for told in what:
        yield variant_file(variant.source, variant.layers, suffix, short_digest(told))


class _Dreams:
    """The dreams of one source, told apart in time that does not grow with their number."""

    def __init__(self) -> None:
        # Layers most often tell them apart, and canonical recipes take a while to make.
        self._first: dict[Hashable, tuple[Variant, Wanted]] = {}
        self._others: dict[Hashable, dict[str, Wanted]] = {}

    def add(self, variant: Variant, wanted: Wanted) -> None:
        first, _ = self._first.setdefault(_layers(variant), (variant, wanted))
        if first is not variant:
            self._alike(variant)[_told(variant)] = wanted

    def twin_of(self, variant: Variant) -> Wanted | None:
        """What asked earlier for the same dream."""
        if _layers(variant) not in self._first:
            return None
        return self._alike(variant).get(_told(variant))

    def _alike(self, variant: Variant) -> dict[str, Wanted]:
        layers = _layers(variant)
        if layers not in self._others:
            first, wanted = self._first[layers]
            self._others[layers] = {_told(first): wanted}
        return self._others[layers]


def _layers(variant: Variant) -> Hashable:
    return variant.network, frozenset(variant.targets)


def _told(variant: Variant) -> str:
    return json.dumps(_dream(variant), sort_keys=True)


def _dream(variant: Variant) -> list[Any]:
    """What makes this dream another than its siblings', as a JSON value without disk paths."""
    network = variant.network
    return [
        sorted([target.layer, float(target.weight)] for target in variant.targets),
        variant.recipe.canonical(),
        network.label,
        network.weights.name if network.weights else None,
        variant.preprocess,
    ]
