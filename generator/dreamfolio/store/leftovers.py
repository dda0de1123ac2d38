"""Parts of files that a killed process was writing, and nobody will finish."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from dreamfolio.files import part_name
from dreamfolio.local_state import FOLDER

# Where commands write below a portfolio's root.
_FOLDERS = ("collections", "site", FOLDER)


def remove_leftovers(root: Path, process: int) -> int:
    """Remove the parts that the dead ``process`` left in the portfolio at ``root``; return how
    many there were. One that cannot be removed stays.

    Linked folders are passed over: others may be at work in them.
    """
    prefix, suffix = part_name("|", process).split("|")
    count = 0
    for file in files_written(root):
        is_part = file.name.startswith(prefix) and file.name.endswith(suffix)
        if is_part and file.is_file(follow_symlinks=False):
            with contextlib.suppress(OSError):
                Path(file.path).unlink()
                count += 1
    return count


def files_written(root: Path, *more: Path) -> Iterator[os.DirEntry[str]]:
    """The root's own files, and all those in the folders that commands write to, ``more`` among
    them; none that is reached by a link."""
    places = dict.fromkeys((*(root / name for name in _FOLDERS), *more))
    folders = [folder for folder in places if not folder.is_symlink()]
    waiting = [str(folder) for folder in folders if folder.is_dir()]
    yield from _listed(str(root))
    while waiting:
        for entry in _listed(waiting.pop()):
            if entry.is_dir(follow_symlinks=False):
                waiting.append(entry.path)
            else:
                yield entry


def _listed(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []
