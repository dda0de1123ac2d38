"""Starting the engine: TensorFlow comes in with the first dream, and without talking.

Before it has read how much it is to say, its native part reports every instruction set and every
driver that it does or does not find, straight to file descriptor 2.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from dreamfolio.errors import NetworkUnavailable

_HEARD_BY_TENSORFLOW = "TF_CPP_MIN_LOG_LEVEL"
_ERRORS_THAT_END_IT = "3"


def start() -> dict[str, str]:
    """Import Keras and its backend; returns the versions that pixels may depend on.

    Raises ``NetworkUnavailable`` where they are not installed or cannot start: no network can be
    had then. What they said is shown in that case only.
    """
    os.environ.setdefault(_HEARD_BY_TENSORFLOW, _ERRORS_THAT_END_IT)
    try:
        with _held_back():
            from dreamfolio.dream.device import versions

            return versions()
    except ImportError as error:
        raise NetworkUnavailable(
            f"the engine cannot start: {_first_line(error)}", mend="pip install 'dreamfolio[dream]'"
        ) from error
    except Exception as error:  # A half-installed TensorFlow fails in a hundred ways.
        raise NetworkUnavailable(
            f"the engine cannot start: {type(error).__name__}: {_first_line(error)}",
            mend="pip install --force-reinstall 'dreamfolio[dream]', in a fresh environment",
        ) from error


@contextmanager
def _held_back() -> Iterator[None]:
    """Hold back what is written to file descriptor 2; let it out if the block fails."""
    if "keras" in sys.modules:
        yield
        return
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


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
