"""A manifest under a name by which nobody would read it."""

from __future__ import annotations

from pathlib import Path, PurePath


def misnamed(folder: Path, wanted: str) -> Path | None:
    """The file in ``folder`` that seems to be meant for ``wanted``, if one does: of another ending,
    as an editor may add, or in a plural or capitals, where ``wanted`` itself is not there."""
    stem = PurePath(wanted).stem
    names = [f"{stem}.yml"]
    if not (folder / wanted).is_file():  # On some disks, a name in capitals is the same file.
        names += [f"{wanted}.txt", f"{stem}.yml.txt", f"{stem}s.yaml", f"{stem}s.yml"]
        names += [wanted.capitalize(), f"{stem.capitalize()}.yml", wanted.upper()]
    return next((path for name in names if (path := folder / name).is_file()), None)
