"""How large a picture may be: a small file that claims more would eat the memory."""

from __future__ import annotations

MAX_PIXELS = 16_384 * 16_384
"""The most pixels a picture may have, unless a portfolio says otherwise: more than 16K has."""

# One for the process, as a portfolio is: it is asked for wherever a picture is opened, in threads
# and in the processes that encode.
_most = MAX_PIXELS


def allow(pixels: int) -> None:
    """From now on take pictures of up to so many ``pixels``, in this process."""
    global _most
    _most = pixels


def most_pixels() -> int:
    """The most pixels a picture may have."""
    return _most
