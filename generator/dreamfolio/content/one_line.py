"""Texts of any length and kind, as a message of one line can quote them."""

from __future__ import annotations

LONGEST = 60


def one_line(text: str, longest: int = LONGEST) -> str:
    """``text`` on one line, without what cannot be printed, cut where it is long."""
    # Cut before it is looked at, too: there may be megabytes of it.
    line = " ".join("".join(c if c.isprintable() else " " for c in text[: 10 * longest]).split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def quoted(text: str) -> str:
    """``text`` on one line, in quotes."""
    return f'"{one_line(text)}"'
