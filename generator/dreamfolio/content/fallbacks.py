"""What may dream a variant where its network cannot be had."""

from __future__ import annotations

from collections.abc import Sequence

from dreamfolio.content.defaults import Defaults
from dreamfolio.content.layers import catalogue_at, resolve
from dreamfolio.content.objects import Fallback
from dreamfolio.dream.networks.at_depth import at_depth
from dreamfolio.dream.networks.catalogue import Catalogue
from dreamfolio.dream.target import Target


def fallbacks_of(
    defaults: Defaults, targets: Sequence[Target], catalogue: Catalogue | None
) -> tuple[Fallback, ...]:
    """The fallbacks that hold for a variant of ``targets``, each with layers of its own.

    ``catalogue`` is that of the network asked for. A fallback in which nothing answers to the
    targets is passed over. Raises ``ContentError`` for one that does not exist.
    """
    found = []
    for network, at in defaults.fallbacks:
        own = catalogue_at(network, at)
        preprocess = network.preprocess or (own.preprocess if own else "tf")
        answering: Sequence[Target] | None = ()
        if own and network == defaults.layers_of:
            # By way of another network and back, they might come to lie elsewhere.
            answering = resolve(defaults._replace(network=network), own).targets
        elif own:
            answering = at_depth(targets, catalogue, own)
        if answering is not None:
            found.append(Fallback(network, tuple(answering), preprocess))
    return tuple(found)


def check_fallbacks(defaults: Defaults) -> None:
    """Raise ``ContentError`` for a fallback that does not exist."""
    for network, at in defaults.fallbacks:
        catalogue_at(network, at)
