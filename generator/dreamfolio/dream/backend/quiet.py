"""Import Keras and what it runs on, without the greetings they write past Python."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from dreamfolio.errors import DreamError


def import_keras() -> None:
    """Import Keras with its backend; DreamError where they are not installed."""
    if "keras" in sys.modules:
        return
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    try:
        with _standard_error_held_back():
            import keras  # noqa: F401
    except ImportError as error:
        raise DreamError(
            f"nothing can be dreamed here: {error.name or error} is not installed",
            mend="pip install 'dreamfolio[dream]'",
        ) from error


@contextmanager
def _standard_error_held_back() -> Iterator[None]:
    """Drop what is written to file descriptor 2, or let it out where the block fails."""
    # TensorFlow's native code logs before it can be told not to, straight to the descriptor.
    try:
        kept = os.dup(2)
    except OSError:  # Standard error is closed: there is nothing to hold back.
        yield
        return
    with tempfile.TemporaryFile() as held:
        os.dup2(held.fileno(), 2)
        try:
            yield
        except BaseException:
            held.seek(0)
            os.write(kept, held.read())
            raise
        finally:
            os.dup2(kept, 2)
            os.close(kept)
