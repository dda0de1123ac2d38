"""Fetch the weights Keras publishes, whole and checked, or say at once that it cannot be done."""

from __future__ import annotations

import hashlib
import http.client
import os
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from dreamfolio.dream.networks.catalogue import WeightsFile
from dreamfolio.errors import NetworkUnavailable, reason
from dreamfolio.files import as_part

OnBytes = Callable[[int, int | None], None]
"""Hears how many bytes are here, and of how many, where that is known. What it raises ends the
fetching."""

# Seconds without a byte. Keras itself waits without an end.
_PATIENCE = 10.0
_CHUNK = 1 << 18


# Bytes a second, on the whole, once it has gone on for so many seconds: who sends a byte now and
# then would be waited for without an end.
_SLOWEST = 1000
_PATIENCE_IN_ALL = 60.0
# Files hold more than the weights alone; of some, no size is known.
_SOME = 64_000_000
_MOST = 4_000_000_000


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follows to another address of the same server, and to no other server."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        asked, told = urlsplit(req.full_url), urlsplit(newurl)
        if (asked.scheme, asked.netloc) != (told.scheme, told.netloc):
            raise urllib.error.URLError(f"it leads to another server, {told.netloc[:80]}")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class FetchFailed(NetworkUnavailable):
    """Weights could not be fetched to ``path``; ``why`` says so in a few words."""

    def __init__(self, weights: WeightsFile, path: Path, label: str, why: str):
        size = f"about {weights.size / 1e6:.0f} MB, " if weights.size else ""
        super().__init__(
            f"the weights of {label} are not here and could not be fetched ({why})",
            mend=f"put {weights.name} ({size}from {weights.address}) into {path.parent}",
        )
        self.path = path
        self.why = why


def fetch(
    weights: WeightsFile,
    path: Path,
    label: str,
    on_bytes: OnBytes = lambda done, total: None,
) -> None:
    """Fetch ``weights`` to ``path``, checked by Keras's hash; ``label`` is the network's name.

    Raises FetchFailed, or what ``on_bytes`` raises, and then ``path`` is not there.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
        with as_part(Path(name)) as part:
            with os.fdopen(handle, "wb") as file:
                digest = _take(weights, file, on_bytes)
            if weights.hash is not None and digest != weights.hash:
                why = "what came is not the file Keras publishes"
                raise FetchFailed(weights, path, label, why)
            part.chmod(0o644)  # a temporary file is its owner's alone
            part.replace(path)
    except (OSError, http.client.HTTPException) as error:
        cause = error.reason if isinstance(error, urllib.error.URLError) else error
        said = reason(cause) if isinstance(cause, BaseException) else cause
        raise FetchFailed(weights, path, label, said) from error


def _take(weights: WeightsFile, file: IO[bytes], on_bytes: OnBytes) -> str:
    """Write what comes to ``file``; the hex digest of it, of the kind Keras knows the file by."""
    digest = hashlib.new("sha256" if len(weights.hash or "") == 64 else "md5")
    most = 2 * weights.size + _SOME if weights.size else _MOST
    opener = urllib.request.build_opener(_Stay)
    with opener.open(weights.address, timeout=_PATIENCE) as answer:
        total, done = answer.length, 0
        if total is not None and total > most:
            raise ConnectionError(f"{total / 1e6:,.0f} MB are announced, far more than it has")
        on_bytes(done, total)
        began = time.monotonic()
        # Whatever has come, rather than whole chunks: a slow line would be silent for minutes.
        while chunk := answer.read1(_CHUNK):
            digest.update(chunk)
            file.write(chunk)
            done += len(chunk)
            if done > most:
                raise ConnectionError(f"more than {most / 1e6:,.0f} MB came, far more than it has")
            on_bytes(done, total)
            waited = time.monotonic() - began
            if waited > _PATIENCE_IN_ALL and done < waited * _SLOWEST:
                raise ConnectionError(f"after {waited:.0f} s no more than {done:,} bytes were here")
    if total is not None and done < total:
        raise ConnectionError(f"the connection was cut after {done / 1e6:.1f} MB")
    return digest.hexdigest()
