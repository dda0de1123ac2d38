"""``.dreamfolio/``: what this machine remembers of a portfolio, and nobody commits."""

from __future__ import annotations

from pathlib import Path

FOLDER = ".dreamfolio"


def keep_out_of_git(path: Path) -> None:
    """Where ``path`` lies in a ``.dreamfolio`` folder, see that git ignores that folder.

    Elsewhere, and where a ``.gitignore`` that says something stands already, nothing happens.
    Raises ``OSError``.
    """
    for folder in path.parents:
        if folder.name == FOLDER:
            ignoring = folder / ".gitignore"
            # An empty one is what a process leaves that was killed here; a pipe has no size either.
            if not ignoring.exists() or (ignoring.is_file() and ignoring.stat().st_size == 0):
                ignoring.write_text("*\n", encoding="utf-8")
            return
