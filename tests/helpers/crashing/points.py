"""The points at which a process can be cut off: before and after each operation on a file."""

from __future__ import annotations

import builtins
import io
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

Strike = Callable[[str], None]

# What changes a folder or brings a file to the disk; the first argument is a path or a descriptor.
_OPERATIONS = (
    *("fsync", "fdatasync", "replace", "rename", "link", "symlink", "unlink", "remove"),
    *("mkdir", "rmdir", "chmod", "fchmod", "utime", "truncate", "ftruncate"),
)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_RANDOM = re.compile(r"\.dreamfolio-\d+-\w{8}\.part")


def watch(root: Path, strike: Strike) -> set[int]:
    """Call ``strike`` with a name for each point that this process comes to in ``root``, from now
    on, in whichever thread. There is no way back.

    What is written by way of Python's files counts twice more: before any of it has come to the
    disk, and when half of it has. Returns the inodes, growing and shrinking, of the files that were
    written to and not brought to the disk yet: a power cut may leave them empty.
    """
    top = f"{root.resolve()}{os.sep}"
    unsynced: set[int] = set()

    def place(what: Any) -> str | None:
        if isinstance(what, int):
            what = os.readlink(f"/proc/self/fd/{what}")  # noqa: PTH115
        path = os.path.abspath(os.fsdecode(what))  # noqa: PTH100
        return _RANDOM.sub("*.part", path[len(top) :]) if path.startswith(top) else None

    sync = os.fsync

    def synced(file: Any) -> None:
        sync(file)
        unsynced.discard(os.fstat(file if isinstance(file, int) else file.fileno()).st_ino)

    os.fsync = synced
    for name in _OPERATIONS:
        setattr(os, name, _around(name, getattr(os, name), place, strike))
    os.open = _opening(os.open, place, strike)
    builtins.open = io.open = _files(io.open, place, strike, unsynced)  # type: ignore[assignment]
    return unsynced


def _around(
    name: str, real: Callable[..., Any], place: Callable[[Any], str | None], strike: Strike
) -> Callable[..., Any]:
    # Of two names the new one tells more.
    telling = 1 if name in ("replace", "rename", "link", "symlink") else 0

    def operation(*arguments: Any, **options: Any) -> Any:
        # Within a folder that is open, as trees are removed: none of ours.
        where = place(arguments[telling]) if options.get("dir_fd") is None else None
        if where is None:
            return real(*arguments, **options)
        strike(f"before {name} {where}")
        result = real(*arguments, **options)
        strike(f"after {name} {where}")
        return result

    return operation


def _opening(
    real: Callable[..., int], place: Callable[[Any], str | None], strike: Strike
) -> Callable[..., int]:
    def opened(path: Any, flags: int, *arguments: Any, **options: Any) -> int:
        where = place(path) if flags & _WRITING else None
        if where is None:
            return real(path, flags, *arguments, **options)
        strike(f"before open {where}")
        descriptor = real(path, flags, *arguments, **options)
        strike(f"after open {where}")
        return descriptor

    return opened


def _files(
    real: Callable[..., Any],
    place: Callable[[Any], str | None],
    strike: Strike,
    unsynced: set[int],
) -> Callable[..., Any]:
    def opened(file: Any, mode: str = "r", *arguments: Any, **options: Any) -> Any:
        where = place(file) if set(mode) & set("wax") else None
        if where is None or "+" in mode:
            return real(file, mode, *arguments, **options)
        strike(f"before open {where}")
        torn = io.BufferedWriter(_Torn(file, mode.replace("b", "").replace("t", ""), where, strike))
        unsynced.add(os.fstat(torn.fileno()).st_ino)
        strike(f"after open {where}")
        return torn if "b" in mode else io.TextIOWrapper(torn, options.get("encoding", "utf-8"))

    return opened


class _Torn(io.FileIO):
    """A file whose first write comes to the disk in two halves."""

    def __init__(self, file: Any, mode: str, where: str, strike: Strike):
        super().__init__(file, mode)
        self._where, self._strike, self._whole = where, strike, True

    def write(self, data: Any) -> int:
        view = memoryview(data).cast("B")
        if not self._whole or len(view) < 2:
            return super().write(view)
        self._whole = False
        self._strike(f"before write {self._where}")
        written = super().write(view[: len(view) // 2])
        self._strike(f"amid write {self._where}")
        return written
