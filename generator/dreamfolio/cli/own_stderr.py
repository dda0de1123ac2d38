"""A standard error of our own, apart from the one that native libraries write to.

File descriptor 2 is turned away for moments, while TensorFlow is loaded or a damaged TIFF is read.
Neither a progress bar nor the last words after Ctrl-C may go with it.
"""

from __future__ import annotations

import contextlib
import os
import sys


def take_own_stderr() -> None:
    """Let Python's ``sys.stderr`` go where file descriptor 2 goes now, and stay there."""
    # Where there is none, or somebody has put something in its place, it is left alone.
    with contextlib.suppress(OSError, ValueError, AttributeError):
        if sys.stderr.fileno() == 2:
            own = os.dup(2)
            sys.stderr.flush()
            sys.stderr = open(  # noqa: SIM115, PTH123  (for as long as the process lives)
                own, "w", buffering=1, encoding=sys.stderr.encoding, errors="backslashreplace"
            )
