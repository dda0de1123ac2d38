"""Import Keras and what it runs on, without the greetings they write past Python."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from dreamfolio.errors import DreamError


def import_keras() -> None:
    """Import Keras with its backend; DreamError where they are not installed."""
    if "keras" in sys.modules:
        return
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    try:
        with _standard_error_closed():
            import keras  # noqa: F401
    except ImportError as error:
        raise DreamError(
            f"nothing can be dreamed here: {error.name or error} is not installed",
            mend="pip install 'dreamfolio[dream]'",
        ) from error


@contextmanager
def _standard_error_closed() -> Iterator[None]:
    # TensorFlow's native code logs before it can be told not to, straight to the descriptor.
    sys.stderr.flush()
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(nowhere)
        os.close(kept)
