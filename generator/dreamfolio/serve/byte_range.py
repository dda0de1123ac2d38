"""The part of a file that a browser asks for: how a video is looked into (RFC 9110, section 14)."""

from __future__ import annotations

import re

# No file has more bytes than 18 digits can count, and Python refuses to read numbers without end.
_ONE = re.compile(r"\s*bytes\s*=\s*(\d{0,18})\s*-\s*(\d{0,18})\s*", re.ASCII)


class Unsatisfiable(ValueError):
    """A range beyond the file's end."""


def byte_range(asked: str | None, size: int) -> range | None:
    """The bytes that the header ``asked`` means of a file of ``size`` bytes.

    ``None`` where all of it is to be sent: nothing was asked, or something that may be passed over,
    as several ranges at once may. Raises ``Unsatisfiable``.
    """
    match = _ONE.fullmatch(asked) if asked else None
    if match is None or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if not first:
        part = range(max(size - int(last), 0), size)
    elif last and int(last) < int(first):
        return None
    else:
        part = range(int(first), min(int(last) + 1, size) if last else size)
    if not part:
        raise Unsatisfiable(asked)
    return part
