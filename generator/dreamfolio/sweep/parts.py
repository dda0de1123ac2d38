"""Parts of files that some command was writing when it was ended, and nobody will finish."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from dreamfolio.files import is_part
from dreamfolio.store.leftovers import files_written
from dreamfolio.sweep.waste import Found, Kind, Waste


def parts(root: Path, cache: Path | None) -> Found:
    """The parts in the portfolio at ``root`` and in its own ``cache``. Only for who works in it
    alone: another command's are being written."""
    found = Found()
    more = () if cache is None or cache.is_relative_to(root / ".dreamfolio") else (cache,)
    for file in files_written(root, *more):
        if is_part(file.name) and file.is_file(follow_symlinks=False):
            path = Path(file.path)
            drop = partial(path.unlink, missing_ok=True)
            name = path.relative_to(root).as_posix()
            found.waste.append(Waste(Kind.PART, name, file.stat().st_size, drop))
    return found
