"""What holds where: layers, network and recipe, inherited from the portfolio down to a variant."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from dreamfolio.content.forms import (
    Layers,
    Motifs,
    NetworkFile,
    NetworkForm,
    NetworksForm,
    NetworkWeights,
    RandomLayers,
)
from dreamfolio.content.yaml_file import Document, Path_
from dreamfolio.dream import recipe as recipes
from dreamfolio.dream.networks.known import UnknownNetwork, canonical_name, catalogue_of
from dreamfolio.dream.networks.reference import NetworkReference
from dreamfolio.dream.pocket import EMBEDDED
from dreamfolio.dream.recipe import Recipe
from dreamfolio.dream.target import motif_of, motif_target
from dreamfolio.errors import Place

DEFAULT_NETWORK = NetworkReference(name="inception_v3")
"""Where none is named: the network of the original scripts, whose layers old manifests name."""

EMBEDDED_NETWORK = NetworkReference(name=EMBEDDED)
"""Where none is named and the layers are its own, or motifs."""


class Written(NamedTuple):
    """Where a setting was written."""

    document: Document
    path: Path_

    @property
    def place(self) -> Place:
        """Its place in the file."""
        return self.document.place(self.path)


# A tuple, as is Written: of each, one is made at every variant, and a tuple is made fastest.
class Defaults(NamedTuple):
    """The layers, network and recipe that hold at one level of the content.

    ``layers_at`` and ``network_at`` say where they were written, so that an error is told there
    and not where it was noticed; ``pictures_at`` says so of the pictures that the recipe names.
    ``layers_of`` is the network that the layers were named for, written at ``layers_of_at``:
    another than ``network`` where a nearer level names that one alone.
    ``fallbacks`` are the networks after the first one, in their order. ``root`` is the portfolio's
    folder, where there is one.
    """

    layers: Layers | None = None
    layers_at: Written | None = None
    layers_of: NetworkReference | None = None
    layers_of_at: Written | None = None
    network: NetworkReference = DEFAULT_NETWORK
    network_at: Written | None = None
    fallbacks: tuple[tuple[NetworkReference, Written], ...] = ()
    recipe_base: str | None = None
    recipe_changes: Mapping[str, Any] = MappingProxyType({})
    pictures_at: Mapping[str, Written] = MappingProxyType({})
    root: Path | None = None

    @property
    def recipe(self) -> Recipe:
        """The recipe that holds: where none is named, the one that suits the network."""
        named = recipes.NAMED[self._base]
        # One value for all that are dreamed by it, where there are thousands.
        return named.model_copy(update=dict(self.recipe_changes)) if self.recipe_changes else named

    @property
    def pictures(self) -> Mapping[str, str]:
        """The pictures that the recipe names, by field."""
        # Whoever names one changes a recipe: no named recipe needs a picture.
        return self.recipe.pictures if self.recipe_changes else {}

    @property
    def recipe_asked(self) -> Any:
        """The recipe as one would write it: a name, or a name with changes."""
        return {"base": self._base, **self.recipe_changes} if self.recipe_changes else self._base

    @property
    def _base(self) -> str:
        if self.recipe_base:
            return self.recipe_base
        motifs = self.network.name == EMBEDDED and _only_motifs(self.layers)
        return recipes.default_for(self.network.name, motifs=motifs)

    def within(self, form: Any, document: Document, path: Path_, folder: Path) -> Defaults:
        """These defaults, overridden by what ``form`` (at ``path``) says of its own.

        ``form`` has ``layers``, ``motifs``, ``model`` and ``recipe``; paths in it are relative
        to ``folder``.
        """
        inner = self
        if form.layers is not None or form.motifs is not None or form.model is not None:
            inner = self._with_layers(form, document, path, folder)
        if form.recipe is not None:
            inner = _with_recipe(inner, form.recipe, Written(document, (*path, "recipe")))
        return inner

    def _with_layers(self, form: Any, document: Document, path: Path_, folder: Path) -> Defaults:
        layers, layers_at = self.layers, self.layers_at
        network, network_at, fallbacks = self.network, self.network_at, self.fallbacks
        if form.layers is not None:
            layers, layers_at = form.layers, Written(document, (*path, "layers"))
            network = network if network_at else _network_with(layers)
        if form.motifs is not None:
            layers, layers_at = _as_layers(form.motifs), Written(document, (*path, "motifs"))
            if network != EMBEDDED_NETWORK:
                network, network_at, fallbacks = EMBEDDED_NETWORK, None, ()
        if form.model is not None:
            named = _references(form.model, document, (*path, "model"), folder)
            (network, network_at), *others = named
            fallbacks = tuple(others)
        are_own = form.layers is not None or form.motifs is not None
        return self._replace(
            layers=layers,
            layers_at=layers_at,
            layers_of=network if are_own else self.layers_of,
            layers_of_at=network_at if are_own else self.layers_of_at,
            network=network,
            network_at=network_at,
            fallbacks=fallbacks,
        )

    @property
    def are_inherited(self) -> bool:
        """Whether the layers were named for another network than the one that dreams by them."""
        return bool(self.layers) and self.layers_of not in (None, self.network)


def _as_layers(motifs: Motifs) -> Layers:
    """Motifs as the targets they are."""
    if isinstance(motifs, str):
        return motif_target(motifs)
    if isinstance(motifs, dict):
        return {motif_target(name): weight for name, weight in motifs.items()}
    return tuple(motif_target(name) for name in motifs)


def _only_motifs(layers: Layers | None) -> bool:
    if layers is None or isinstance(layers, RandomLayers):
        return False
    names = [layers] if isinstance(layers, str) else list(layers)
    return bool(names) and all(motif_of(name) is not None for name in names)


def _network_with(layers: Layers) -> NetworkReference:
    """The embedded network where every layer named is its own, else the default one."""
    if isinstance(layers, RandomLayers):
        return EMBEDDED_NETWORK
    known = catalogue_of(EMBEDDED_NETWORK)
    names = [layers] if isinstance(layers, str) else list(layers)
    embedded = known is not None and names and all(map(known.layer_of, names))
    return EMBEDDED_NETWORK if embedded else DEFAULT_NETWORK


def _references(
    form: NetworksForm, document: Document, path: Path_, folder: Path
) -> list[tuple[NetworkReference, Written]]:
    """Each network of ``form``, once, with where it stands."""
    if not isinstance(form, tuple):
        return [(_reference(form, folder), Written(document, path))]
    found: dict[NetworkReference, Written] = {}
    for i, one in enumerate(form):
        found.setdefault(_reference(one, folder), Written(document, (*path, i)))
    return list(found.items())


def _reference(form: NetworkForm, folder: Path) -> NetworkReference:
    match form:
        case NetworkFile():
            return NetworkReference(file=_path(folder, form.file), preprocess=form.preprocess)
        case NetworkWeights():
            return NetworkReference(name=_canonical(form.name), weights=_path(folder, form.weights))
        case _:
            return NetworkReference(name=_canonical(form))


def _canonical(name: str) -> str:
    try:
        return canonical_name(name)
    except UnknownNetwork:
        return name  # Told, with its place, when the network's layers are looked up.


def _path(folder: Path, written: str) -> Path:
    # Not resolve(): a portfolio that is reached through a link keeps the paths it is known by.
    return Path(os.path.normpath(folder / expanded(written)))


def expanded(written: str) -> Path:
    """The path as written, with ``~`` for the user's own folder where there is such a user."""
    return Path(os.path.expanduser(written))  # noqa: PTH111  (Path.expanduser raises)


def _with_recipe(outer: Defaults, form: Any, at: Written) -> Defaults:
    """A recipe's name replaces what held; changes alone are made to it."""
    if isinstance(form, str):
        return outer._replace(recipe_base=form, recipe_changes={}, pictures_at={})
    changes = form.model_dump(exclude_unset=True)
    base = changes.pop("base", None)
    if base is None:
        base, changes = outer.recipe_base, {**outer.recipe_changes, **changes}
    named = {name: Written(at.document, (*at.path, name)) for name in form.model_fields_set}
    places = {**outer.pictures_at, **named}
    return outer._replace(recipe_base=base, recipe_changes=changes, pictures_at=places)
