"""Dreams half done that are done, or that nobody wants to end: as large as pictures can be."""

from __future__ import annotations

import re
import shutil
from functools import partial
from pathlib import Path

from dreamfolio.local_state import FOLDER
from dreamfolio.sweep.needed import Needed
from dreamfolio.sweep.waste import Found, Kind, Waste

_NAME = re.compile(r"([0-9a-f]{64})-[a-z0-9]+(\.npz)?")


def checkpoints(root: Path, needed: Needed) -> Found:
    """The checkpoints below ``root`` of dreams that no variant waits for."""
    found = Found()
    folder = root / FOLDER / "dreaming"
    if needed.unsure or folder.is_symlink() or not folder.is_dir():
        return found
    for path in sorted(folder.iterdir()):
        match = _NAME.fullmatch(path.name)
        if not match or match[1] in needed.to_dream or path.is_symlink():
            continue
        name = f"{match[1][:12]}…{match[2] or ''}"
        if match[2] and path.is_file():
            drop = partial(path.unlink, missing_ok=True)
            found.waste.append(Waste(Kind.CHECKPOINT, name, path.stat().st_size, drop))
        elif not match[2] and path.is_dir():
            size = sum(one.stat().st_size for one in path.iterdir())
            found.waste.append(Waste(Kind.CHECKPOINT, name, size, partial(shutil.rmtree, path)))
    return found
