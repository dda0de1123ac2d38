"""``.dreamfolio/``: what this machine remembers of a portfolio, and nobody commits."""

from __future__ import annotations

from pathlib import Path

FOLDER = ".dreamfolio"


def keep_out_of_git(path: Path) -> None:
    """Where ``path`` lies in a ``.dreamfolio`` folder, see that git ignores that folder.

    Elsewhere, and where a ``.gitignore`` stands already, nothing happens. Raises ``OSError``.
    """
    for folder in path.parents:
        if folder.name == FOLDER:
            try:
                with (folder / ".gitignore").open("x", encoding="utf-8") as file:
                    file.write("*\n")
            except FileExistsError:
                pass
            return
