"""Operations on files that fail on demand, as a disk, a system or another program makes them.

Every call of Python's that opens, reads, writes, looks at or changes a file below a folder is an
operation with a name of its own, so that the same one can be found again in the next run, whatever
threads do in the meantime: ``replace collections/a/dreams.lock #2`` is the second renaming to it.
"""

from __future__ import annotations

import builtins
import contextlib
import errno
import io
import os
import re
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

WRITES = frozenset(
    {"open-w", "write", "fsync", "replace", "unlink", "mkdir", "rmdir", "utime", "mkstemp", "chmod"}
)
READS = frozenset({"open", "read", "stat", "scandir"})

TAKE_ROOM = frozenset({"open-w", "write", "fsync", "mkdir", "mkstemp"})
_PART = re.compile(r"\.dreamfolio-[^/]*\.part")


@dataclass(frozen=True, slots=True, order=True)
class Point:
    """The ``number``-th operation of its kind on ``file``, a path relative to the folder."""

    operation: str
    file: str
    number: int

    @property
    def writes(self) -> bool:
        """Whether the operation is to change something."""
        return self.operation in WRITES

    def __str__(self) -> str:
        return f"{self.operation} {self.file} #{self.number}"


@dataclass(frozen=True, slots=True)
class Fault:
    """``point`` fails with ``error``, an ``errno``. Where it ``stays``, so does all from then on
    that takes room: the disk is full."""

    point: Point
    error: int
    stays: bool = False

    def __str__(self) -> str:
        return f"{errno.errorcode[self.error]}{' from' if self.stays else ' at'} {self.point}"


class Disk:
    """What is done to the files below ``root`` while ``watched``."""

    def __init__(self, root: Path, fault: Fault | None = None):
        self.root = f"{os.path.abspath(root)}{os.sep}"  # noqa: PTH100
        self.fault = fault
        self.points: list[Point] = []
        self.struck: Point | None = None
        self._counts: Counter[tuple[str, str]] = Counter()
        self._guard = threading.Lock()
        self._names: dict[int, str] = {}

    @contextlib.contextmanager
    def watched(self) -> Iterator[Disk]:
        """Watch this process, and let the fault strike."""
        opens = self._opening(io.open)
        with contextlib.ExitStack() as stack:
            for owner, name, replacement in (
                (builtins, "open", opens),
                (io, "open", opens),
                (os, "open", self._os_opening(os.open)),
                (os, "fsync", self._on_handle("fsync", os.fsync)),
                *(
                    (os, name, self._on_path(kind, getattr(os, name)))
                    for name, kind in _ON_PATHS.items()
                ),
                *((os, name, self._on_second("replace", getattr(os, name))) for name in _RENAMES),
            ):
                stack.enter_context(mock.patch.object(owner, name, replacement))
            yield self

    def happens(self, operation: str, path: Any) -> None:
        """An operation is about to be carried out; raises the fault's error where it is the one."""
        try:
            file = os.path.abspath(os.fsdecode(path))  # noqa: PTH100
        except TypeError:
            return
        if not file.startswith(self.root):
            return
        name = _PART.sub(".dreamfolio-*.part", file[len(self.root) :].replace(os.sep, "/"))
        with self._guard:
            self._counts[operation, name] += 1
            point = Point(operation, name, self._counts[operation, name])
            self.points.append(point)
            if self.fault is None:
                return
            again = self.fault.stays and self.struck is not None and operation in TAKE_ROOM
            if point != self.fault.point and not again:
                return
            self.struck = self.struck or point
            error = self.fault.error
        if operation in ("write", "read", "fsync"):  # The system names no file then.
            raise OSError(error, os.strerror(error))
        raise OSError(error, os.strerror(error), os.fsdecode(path))

    def _opening(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def opens(
            file: Any,
            mode: str = "r",
            buffering: int = -1,
            encoding: str | None = None,
            errors: str | None = None,
            newline: str | None = None,
            closefd: bool = True,
            opener: Any = None,
        ) -> Any:
            given = (file, mode, buffering, encoding, errors, newline, closefd, opener)
            path = self._names.get(file) if isinstance(file, int) else file
            try:
                inside = path is not None and os.path.abspath(  # noqa: PTH100
                    os.fsdecode(path)
                ).startswith(self.root)
            except TypeError:
                inside = False
            if not inside or buffering == 0:
                return real(*given)
            writes = any(letter in mode for letter in "wax+")
            if not isinstance(file, int):
                self.happens("open-w" if writes else "open", path)
            raw = _Raw(self, path, file, mode.replace("b", "").replace("t", ""), closefd, opener)
            self._names[raw.fileno()] = os.fsdecode(path)  # type: ignore[arg-type]
            buffered: Any = (
                io.BufferedRandom(raw)
                if "+" in mode
                else io.BufferedWriter(raw)
                if writes
                else io.BufferedReader(raw)
            )
            if "b" in mode:
                return buffered
            return io.TextIOWrapper(buffered, encoding or "utf-8", errors, newline)

        return opens

    def _os_opening(self, real: Callable[..., int]) -> Callable[..., int]:
        def opens(path: Any, flags: int, *more: Any, **named: Any) -> int:
            writes = flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
            self.happens("mkstemp" if flags & os.O_EXCL else "open-w" if writes else "open", path)
            handle = real(path, flags, *more, **named)
            self._names[handle] = os.fsdecode(path)
            return handle

        return opens

    def _on_handle(self, operation: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def acts(handle: int) -> Any:
            if handle in self._names:
                self.happens(operation, self._names[handle])
            return real(handle)

        return acts

    def _on_path(self, operation: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def acts(path: Any = ".", *more: Any, **named: Any) -> Any:
            if not isinstance(path, int):
                self.happens(operation, path)
            return real(path, *more, **named)

        return acts

    def _on_second(self, operation: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def acts(source: Any, target: Any, **named: Any) -> Any:
            self.happens(operation, target)
            return real(source, target, **named)

        return acts


_ON_PATHS = {
    "stat": "stat",
    "lstat": "stat",
    "scandir": "scandir",
    "listdir": "scandir",
    "mkdir": "mkdir",
    "rmdir": "rmdir",
    "unlink": "unlink",
    "remove": "unlink",
    "utime": "utime",
    "chmod": "chmod",
}
_RENAMES = ("rename", "replace")


class _Raw(io.FileIO):
    """A file whose reading and writing are operations, too."""

    def __init__(
        self, disk: Disk, path: Any, file: Any, mode: str, closefd: bool, opener: Any
    ) -> None:
        self._disk, self._path = disk, path
        super().__init__(file, mode, closefd, opener)

    def write(self, data: Any) -> int:
        try:
            self._disk.happens("write", self._path)
        except OSError:
            # A full disk takes a part of it first.
            with contextlib.suppress(OSError):
                super().write(memoryview(data)[: len(data) // 2])
            raise
        return super().write(data) or 0

    def readinto(self, buffer: Any) -> Any:
        self._disk.happens("read", self._path)
        return super().readinto(buffer)

    def readall(self) -> Any:
        self._disk.happens("read", self._path)
        return super().readall()
