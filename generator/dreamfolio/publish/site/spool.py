"""Pages between their making and their writing: on the disk, for they may be many."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

_IN_MEMORY = 4 << 20


class Spool(Mapping[str, bytes]):
    """Files by address, in the order of their addresses. Raises ``OSError`` where ``file``, which
    holds them one behind the other, cannot."""

    def __init__(self, file: IO[bytes]):
        self._file = file
        self._places: dict[str, tuple[int, int]] = {}

    def add(self, files: Iterable[tuple[str, bytes | Iterator[bytes]]]) -> None:
        """Take these in, whole or part by part, in place of what was there by the same address."""
        for address, data in files:
            begin = self._file.seek(0, 2)
            self._file.writelines([data] if isinstance(data, bytes) else data)
            self._places[address] = (begin, self._file.tell() - begin)

    def __getitem__(self, address: str) -> bytes:
        begin, length = self._places[address]
        self._file.seek(begin)
        data: bytes = self._file.read(length)
        return data

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._places))

    def __len__(self) -> int:
        return len(self._places)


@contextmanager
def spool(folder: Path) -> Iterator[Spool]:
    """A spool for files that are all to be made before any is written into ``folder``, so that a
    mistake in a template leaves the last good site as it stands.

    Beyond a few megabytes it lies in that folder, where there must be room for them anyway, and is
    gone with the process: a system's own folder for such files often is in memory.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.SpooledTemporaryFile(
        _IN_MEMORY, dir=str(folder), prefix=".dreamfolio-", suffix=".part"
    ) as file:
        yield Spool(file)
