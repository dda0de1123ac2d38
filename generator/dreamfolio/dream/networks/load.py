"""From a reference and the layers to excite, a network that is ready to dream."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from dreamfolio.dream.backend.quiet import import_keras, require_keras
from dreamfolio.dream.networks.application import build_application, weights_at_hand
from dreamfolio.dream.networks.catalogue import Catalogue
from dreamfolio.dream.networks.cut import cut
from dreamfolio.dream.networks.download import OnBytes
from dreamfolio.dream.networks.feeds import operations
from dreamfolio.dream.networks.file import load_file
from dreamfolio.dream.networks.known import catalogue_of
from dreamfolio.dream.networks.names import canonical_names, resolve
from dreamfolio.dream.networks.network import Network, smallest_multiple
from dreamfolio.dream.networks.reference import NetworkReference
from dreamfolio.dream.networks.weights import locate
from dreamfolio.dream.pocket import EMBEDDED
from dreamfolio.dream.pocket.architecture import HEAD
from dreamfolio.dream.precision import Asked, resolved
from dreamfolio.dream.target import PATCHWORK, Target, parted
from dreamfolio.errors import NetworkError, NetworkUnavailable, Place


def load(
    reference: NetworkReference,
    targets: tuple[Target, ...],
    on_bytes: OnBytes = lambda done, total: None,
    *,
    precision: Asked = "float32",
) -> Network:
    """Load a network for dreaming toward ``targets``, whose layers may have legacy names, to
    compute in ``precision``.

    Weights that Keras publishes are fetched where they are missing, of which ``on_bytes`` hears;
    Keras is imported once they are here. Raises NetworkUnavailable where a file is neither here
    nor to be fetched or Keras is not installed, UnknownLayer for a layer it has not, and
    NetworkError where it is damaged, refused, or cannot take pictures of any size.
    """
    require_keras()
    catalogue = catalogue_of(reference)
    if catalogue is None:
        raise _not_here(reference)
    targets = _canonical(targets, catalogue)
    if catalogue.application is not None:
        weights_at_hand(catalogue, reference.weights, on_bytes)
    model = _whole(reference, _stamp(reference))
    layers = _by_canonical_name(model, catalogue)
    try:
        chosen = [layers[HEAD if target.motif else parted(target.layer)[0]] for target in targets]
    except KeyError as missing:
        raise NetworkError(
            f"{catalogue.label} lost its layer {missing} when this version of Keras loaded it",
            mend="update Keras, or choose another layer",
        ) from None
    channels = [_channel(target, catalogue) for target in targets]
    computed = resolved(precision)
    part = cut(model, chosen, channels, catalogue.label, computed)
    return Network(
        label=catalogue.label,
        model=part,
        targets=targets,
        preprocess=catalogue.preprocess,
        multiple=smallest_multiple(part),
        precision=computed,
    )


@lru_cache(maxsize=1)
def _whole(reference: NetworkReference, stamp: object) -> Any:
    """The network before it is cut, kept for the next targets of the same one."""
    if reference.file is not None:
        return load_file(reference.file)
    catalogue = catalogue_of(reference)
    assert catalogue is not None  # only a file's may be out of reach
    if catalogue.label == EMBEDDED:
        from dreamfolio.dream.pocket.weights import load as load_pocket

        import_keras()
        return load_pocket(locate(reference), len(catalogue.motifs) - 1)
    return build_application(catalogue, reference.weights)


def _stamp(reference: NetworkReference) -> tuple[int, int] | None:
    """What changes when other weights are put in the place of the loaded ones."""
    try:
        status = locate(reference).stat()
    except (OSError, NetworkError):
        return None
    return status.st_size, status.st_mtime_ns


def _canonical(targets: tuple[Target, ...], catalogue: Catalogue) -> tuple[Target, ...]:
    """The targets by canonical name, each layer once, in the order of depth.

    The order decides in which order floats are summed, so it must not depend on how an artist
    listed them.
    """
    if not targets:
        raise NetworkError("a dream needs a layer to excite")
    names = resolve([target.layer for target in targets], catalogue)
    weights: dict[str, float] = defaultdict(float)
    for name, target in zip(names, targets, strict=True):
        weights[name] += target.weight
    ordered = sorted(weights, key=lambda name: (_depth(name, catalogue), name))
    return tuple(Target(name, weights[name]) for name in ordered)


def _depth(target: str, catalogue: Catalogue) -> int:
    layer = catalogue.layer_of(target)
    return layer.depth if layer else 0


def _channel(target: Target, catalogue: Catalogue) -> int | None:
    """The one channel of the head that tells a motif; None for a layer, and where all count."""
    if target.motif in (None, PATCHWORK):
        return None
    return [one.name for one in catalogue.motifs].index(target.layer)


def _by_canonical_name(model: Any, catalogue: Catalogue) -> Mapping[str, Any]:
    """The model's layers by the names the catalogue knows them by; mere operations, such as a sum
    written ``x + y``, are among them."""
    layers = operations(model)
    names = canonical_names([layer.name for layer in layers], catalogue)
    return dict(zip(names, layers, strict=True))


def _not_here(reference: NetworkReference) -> NetworkUnavailable:
    place = Place(reference.file) if reference.file is not None else None
    if reference.file is not None and reference.file.exists():
        return NetworkUnavailable(
            "the network cannot be read without h5py", place=place, mend="install dreamfolio[dream]"
        )
    return NetworkUnavailable(
        "the network's file is not here", place=place, mend="put it there, or name another"
    )
