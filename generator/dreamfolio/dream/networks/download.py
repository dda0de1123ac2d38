"""Fetch the weights Keras publishes, whole and checked, or say at once that it cannot be done."""

from __future__ import annotations

import hashlib
import http.client
import tempfile
import urllib.error
import urllib.request
from pathlib import Path

from dreamfolio.dream.networks.catalogue import WeightsFile
from dreamfolio.errors import NetworkUnavailable, reason

# Seconds without a byte. Keras itself waits without an end.
_PATIENCE = 10.0
_CHUNK = 1 << 20


def fetch(weights: WeightsFile, path: Path, label: str) -> None:
    """Fetch ``weights`` to ``path``, checked by Keras's hash; ``label`` is the network's name.

    Raises NetworkUnavailable, and then ``path`` is not there.
    """
    part: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:
            part = Path(file.name)
            digest = hashlib.new("sha256" if len(weights.hash or "") == 64 else "md5")
            with urllib.request.urlopen(weights.address, timeout=_PATIENCE) as answer:
                while chunk := answer.read(_CHUNK):
                    digest.update(chunk)
                    file.write(chunk)
        if weights.hash is not None and digest.hexdigest() != weights.hash:
            raise _unavailable(weights, path, label, "what came is not the file Keras publishes")
        part.chmod(0o644)  # a temporary file is its owner's alone
        part.replace(path)
    except (OSError, http.client.HTTPException) as error:
        why = error.reason if isinstance(error, urllib.error.URLError) else error
        said = reason(why) if isinstance(why, BaseException) else why
        raise _unavailable(weights, path, label, said) from error
    finally:
        if part is not None:
            part.unlink(missing_ok=True)


def _unavailable(weights: WeightsFile, path: Path, label: str, why: str) -> NetworkUnavailable:
    size = f"about {weights.size / 1e6:.0f} MB, " if weights.size else ""
    return NetworkUnavailable(
        f"the weights of {label} are not here and could not be fetched ({why})",
        mend=f"put {weights.name} ({size}from {weights.address}) into {path.parent}",
    )
