"""Text that others wrote, such as the names of files, as a terminal may be given it."""

from __future__ import annotations

import re

# What moves a cursor, colours or clears a screen, ends a line, or turns the writing round, so that
# `gpj.exe` reads as `exe.jpg`. Joiners stay: letters and emoji are written with them.
_STEERING = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
    "|\r(?!\n)"
)


def printable(text: str) -> str:
    """``text`` with a ``?`` for each character that would steer the terminal, but for line ends and
    tabs."""
    return _STEERING.sub("?", text)


def escaped(text: str) -> str:
    """``text``, JSON, with each such character by its number: it says the same."""
    return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def one_line(text: str) -> str:
    """The same on one line."""
    if text.isprintable():  # As most are, and nothing that steers is.
        return text
    return re.sub(r"\r\n|[\n\t]", " ", printable(text))
