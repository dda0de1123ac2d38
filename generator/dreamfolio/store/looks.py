"""How files look from outside: where their looks are the same, none of them was touched.

Only a shortcut, as `digests` is: what has not been touched need not be read again.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

# In how many nanoseconds a file may be written twice and show one time for both: two seconds is
# the coarsest tick of a file system (FAT). Parts of a millisecond come from a finer clock.
_COARSE = 2_000_000_000
_FINE = 100_000_000


@dataclass(frozen=True, slots=True)
class Look:
    """``digest``, in hex, of the names, kinds, sizes, times of change and inodes of files. Who
    touches one later than ``settled``, in nanoseconds since the epoch, gives it another look."""

    digest: str
    settled: int


def look_at(
    paths: Iterable[Path], *, inside: Path | None = None, leaving_out: Iterable[str] = ()
) -> Look:
    """The look of the files at ``paths``, and of all below those that are folders but for what is
    called as something in ``leaving_out``. What is not there has a look, too.

    Links to files are followed, and links to folders where they lead to somewhere ``inside`` that
    folder. Memory is what one file takes. Raises ``OSError`` where a folder cannot be looked into.
    """
    digest = hashlib.sha256()
    settled = 0
    links = _Links(inside)
    passed_over = frozenset(leaving_out)
    for path in paths:
        for name, status in _below(str(path), links, passed_over):
            found = _told(status)
            digest.update(f"{name}\0{found}\n".encode(errors="surrogateescape"))
            if found:
                settled = max(settled, _settled(found))
    return Look(digest.hexdigest(), settled)


_Told = tuple[int, int, int, int, int]


def _told(status: os.stat_result | None) -> _Told | None:
    if status is None:
        return None
    mode, size = status.st_mode, status.st_size
    if stat.S_ISDIR(mode):
        # Its times tell of what comes and goes in it, which its entries tell already.
        return mode, 0, 0, 0, status.st_ino
    return mode, size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def _settled(found: _Told) -> int:
    _, _, written, changed, _ = found
    tick = _FINE if changed % 1_000_000 else _COARSE
    # Whoever writes a file may give it any time, say that of a camera whose clock was ahead. The
    # time of its inode's change is this system's own; Windows has that of its creation there.
    return (max(written, changed) if sys.platform == "win32" else changed) + tick


class _Links:
    """Which links to folders are followed: each folder ``inside`` once, or a circle has no end."""

    def __init__(self, inside: Path | None):
        self._inside = os.path.join(os.path.realpath(inside), "") if inside else None  # noqa: PTH118
        self._entered: set[tuple[int, int]] = set()

    def leads_on(self, link: str, target: os.stat_result | None) -> bool:
        if self._inside is None or target is None or not stat.S_ISDIR(target.st_mode):
            return False
        folder = target.st_dev, target.st_ino
        if folder in self._entered or not os.path.realpath(link).startswith(self._inside):
            return False
        self._entered.add(folder)
        return True


def _below(
    path: str, links: _Links, passed_over: frozenset[str]
) -> Iterator[tuple[str, os.stat_result | None]]:
    """The file or folder at ``path`` and all below it, in the order in which folders hold them:
    it stays the same while nothing comes or goes, and sorted they would all be held at once."""
    status = _status(path)
    yield path, status
    if status is None or not stat.S_ISDIR(status.st_mode):
        return
    folders = [path]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.name in passed_over:
                    continue
                own = entry.stat(follow_symlinks=False)
                yield entry.path, own
                if stat.S_ISDIR(own.st_mode):
                    folders.append(entry.path)
                elif stat.S_ISLNK(own.st_mode):
                    target = _status(entry.path)
                    yield entry.path, target
                    if links.leads_on(entry.path, target):
                        folders.append(entry.path)


def _status(path: str) -> os.stat_result | None:
    try:
        return os.stat(path)  # noqa: PTH116
    except (OSError, ValueError):
        return None
