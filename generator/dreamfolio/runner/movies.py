"""The MP4 beside an animation: brought up to date, or left as somebody made it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from dreamfolio.files import read_file, sha256, write_atomically


def bring_up_to_date(
    path: Path, movie: bytes | None, recorded: str | None, put_aside: Callable[[bytes], None]
) -> None:
    """See that ``movie`` stands at ``path``, or nothing where there is none.

    What stands there and is not ``recorded`` (SHA-256) is an artist's own, and stays. What was
    written by dreamfolio is ``put_aside`` first: of another dream, it must not pass for this one's.
    Raises ``OSError``.
    """
    old = read_file(path) if path.exists() else None
    if old is not None and old != movie:
        if sha256(old) != recorded:
            return
        put_aside(old)
        if movie is None:
            path.unlink()
    if movie is not None and old != movie:
        write_atomically(path, movie)
