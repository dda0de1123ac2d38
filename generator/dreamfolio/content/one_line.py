"""Texts of any length and kind, as a message of one line can quote them."""

from __future__ import annotations

LONGEST = 60


def one_line(text: str) -> str:
    """``text`` on one line, without what cannot be printed, cut where it is long."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def quoted(text: str) -> str:
    """``text`` on one line, in quotes."""
    return f'"{one_line(text)}"'
