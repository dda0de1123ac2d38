"""The same weights on every machine: sent along with their digest, used only where it agrees."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from getpass import getuser
from pathlib import Path
from typing import Any

from dreamfolio.dream.networks import weights
from dreamfolio.dream.networks.application import weights_at_hand
from dreamfolio.dream.networks.download import OnBytes
from dreamfolio.dream.networks.known import canonical_name, catalogue_of
from dreamfolio.dream.networks.reference import NetworkReference
from dreamfolio.dream.pocket import EMBEDDED
from dreamfolio.errors import NetworkError, NetworkUnavailable, Place
from dreamfolio.files import sha256, sha256_of_file, write_atomically
from dreamfolio.runner.cluster.parcel import SentNetwork


def here(reference: NetworkReference, on_bytes: OnBytes) -> Path:
    """The file of a network's weights on this machine, fetched where Keras publishes it.

    Raises NetworkUnavailable.
    """
    local = reference.file or reference.weights
    if local is None and reference.name and canonical_name(reference.name) != EMBEDDED:
        catalogue = catalogue_of(reference)
        assert catalogue is not None  # only a file's may be out of reach
        return weights_at_hand(catalogue, None, on_bytes)
    path = weights.locate(reference)
    if not path.is_file():
        raise NetworkUnavailable(
            "the network's file is not here",
            place=Place(path),
            mend="put it there, or name another",
        )
    return path


def sent(
    reference: NetworkReference, path: Path, digest: str, put: Callable[[bytes], Any]
) -> SentNetwork:
    """The network whose weights lie at ``path``, ready to travel; ``put`` hands bytes to Ray.

    Raises NetworkUnavailable where the file is another by now, OSError where it cannot be read.
    """
    content = path.read_bytes()
    if sha256(content) != digest:
        raise NetworkUnavailable(
            "was changed after the build began", place=Place(path), mend="build again"
        )
    return SentNetwork(
        name=reference.name,
        weights=path.name,
        digest=digest,
        own=(reference.file or reference.weights) is not None,
        preprocess=reference.preprocess,
        content=put(content),
    )


def arrived(network: SentNetwork, get: Callable[[Any], bytes]) -> NetworkReference:
    """The network as this machine can load it; ``get`` asks Ray for the bytes.

    Raises NetworkError where this machine's own weights are others, OSError where the disk does
    not take those that were sent.
    """
    known = NetworkReference(name=network.name, preprocess=network.preprocess)
    if not network.own:
        path = weights.locate(known)
        if path.is_file() and sha256_of_file(path) != network.digest:
            raise NetworkError(
                f"a machine of the cluster has other weights of {network.name} than this one",
                mend=f"delete {path.name} there and here, so that it is fetched again",
            )
    else:
        path = _shelf() / network.digest / network.weights
    if not path.is_file() or sha256_of_file(path) != network.digest:
        write_atomically(path, get(network.content))
    if not network.own:
        return known
    if network.name is None:
        return NetworkReference(file=path, preprocess=network.preprocess)
    return NetworkReference(name=network.name, weights=path, preprocess=network.preprocess)


def _shelf() -> Path:
    try:
        user = getuser()
    except (KeyError, OSError):
        user = "somebody"
    return Path(tempfile.gettempdir()) / f"dreamfolio-{user}" / "networks"
