"""Layers where another network dreams by them than they were named for."""

from __future__ import annotations

import contextlib

from dreamfolio.content.defaults import Defaults
from dreamfolio.content.forms import Layers, RandomLayers
from dreamfolio.content.layers import Resolved, catalogue_at, resolve
from dreamfolio.content.one_line import one_line
from dreamfolio.dream.networks.at_depth import at_depth
from dreamfolio.dream.networks.catalogue import Catalogue
from dreamfolio.dream.networks.recommended import recommended
from dreamfolio.errors import ContentError


def resolve_inherited(defaults: Defaults, catalogue: Catalogue | None) -> Resolved:
    """The targets that ``defaults.layers`` name in the network that holds.

    Where a nearer level names another network and no layers of its own, the inherited ones are
    taken as that network has them, else at the same share of its depth, as ``at_depth`` does.
    Not so where one of the two is in a file: which layers those are, and what a variant is called
    by them, nobody could tell where the file is not. Raises ``ContentError``: at the layers' place
    for layers that their own network does not have, at the network's where nothing in it is taken.
    """
    if catalogue is None or not defaults.are_inherited or isinstance(defaults.layers, RandomLayers):
        return resolve(defaults, catalogue)
    assert defaults.layers_of is not None  # Inherited layers were named for some network.
    own = catalogue_at(defaults.layers_of, defaults.layers_of_at)
    named = resolve(defaults._replace(network=defaults.layers_of), own)
    if all(catalogue.layer_of(target.layer) for target in named.targets):
        with contextlib.suppress(ContentError):  # It may have fewer channels there.
            return resolve(defaults, catalogue)
    return _by_depth(defaults, named, own, catalogue)


def as_written(defaults: Defaults, catalogue: Catalogue | None) -> Layers | None:
    """The layers that hold, as a manifest names them beside the network that holds."""
    if catalogue is None or not defaults.are_inherited or isinstance(defaults.layers, RandomLayers):
        return defaults.layers
    targets = resolve_inherited(defaults, catalogue).targets
    if all(target.weight == 1 for target in targets):
        return tuple(target.layer for target in targets)
    return {target.layer: target.weight for target in targets}


def _by_depth(
    defaults: Defaults, named: Resolved, own: Catalogue | None, catalogue: Catalogue
) -> Resolved:
    assert defaults.layers_of is not None
    targets = at_depth(named.targets, own, catalogue)
    told = f"{named.asked or ', '.join(one.layer for one in named.targets)} of " + one_line(
        defaults.layers_of.label
    )
    if targets is not None and not (defaults.network.file or defaults.layers_of.file):
        return Resolved(targets, told)
    at = defaults.network_at
    as_deep = [target.layer for target in targets or ()] or [recommended(catalogue).name]
    raise ContentError(
        f"{one_line(catalogue.label)} does not have the layers that hold here, {told}",
        place=at.place if at else None,
        mend=f"name its own beside it, such as layers: [{', '.join(as_deep)}]; "
        f"{catalogue.listed_by} lists them",
    )
