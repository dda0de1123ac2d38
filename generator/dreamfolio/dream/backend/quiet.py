"""Import Keras and what it runs on, without the greetings they write past Python."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from dreamfolio.dream.backend.choice import BACKENDS, chosen, is_installed
from dreamfolio.errors import NetworkUnavailable, reason_with_type


def require_keras() -> None:
    """See that Keras and a backend are installed, without the seconds that importing takes.

    Raises NetworkUnavailable: no network can be had where they are not.
    """
    if not is_installed("keras"):
        raise NetworkUnavailable(
            "nothing can be dreamed here: keras is not installed",
            mend="pip install 'dreamfolio[dream]'",
        )
    chosen()


def import_keras() -> None:
    """Import Keras with its backend; NetworkUnavailable where that cannot be done."""
    if "keras" in sys.modules:
        return
    require_keras()
    backend = os.environ["KERAS_BACKEND"] = chosen()
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    try:
        with _standard_error_held_back():
            import keras  # noqa: F401
    except Exception as error:  # A half-installed TensorFlow fails in a hundred ways.
        raise NetworkUnavailable(
            f"the engine cannot start: {reason_with_type(error)}",
            mend=f"pip install --force-reinstall 'dreamfolio[{BACKENDS[backend]}]', "
            "in a fresh environment",
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
