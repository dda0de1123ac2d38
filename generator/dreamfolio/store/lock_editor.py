"""Editing locks a line at a time: a run does so after each dream, and a lock may have thousands."""

from __future__ import annotations

from pathlib import Path

from dreamfolio.store import lock as locks
from dreamfolio.store.lock import Entry, Lock


class LockEditor:
    """Reads and writes locks as ``store.lock`` does, and knows the last one: while its file holds
    the very bytes that were read or written last, nothing in it is taken apart or put together
    again but the lines that change. Not for several threads at once."""

    def __init__(self) -> None:
        self._path: Path | None = None
        self._data = b""
        self._lock: dict[str, Entry] = {}
        self._lines: dict[str, str] = {}

    def read(self, path: Path) -> dict[str, Entry]:
        """The lock at ``path``, for the caller to change; raises as ``store.lock.read`` does."""
        data = locks.bytes_at(path)
        if data is None:
            return {}
        if path != self._path or data != self._data:
            self._know(path, data, locks.loads(data, path), {})
        return dict(self._lock)

    def write(self, path: Path, lock: Lock) -> None:
        """Write ``lock`` to ``path``, whole or not at all; raises as ``store.lock.write`` does."""
        known = self._lock if path == self._path else {}
        lines = {}
        for file, entry in sorted(lock.items()):
            same = known.get(file) is entry and file in self._lines
            lines[file] = self._lines[file] if same else locks.line(file, entry)
        text = locks.text_of(lines.values())
        locks.write_text(path, text)
        self._know(path, text.encode(), dict(lock), lines)

    def _know(self, path: Path, data: bytes, lock: dict[str, Entry], lines: dict[str, str]) -> None:
        self._path, self._data, self._lock, self._lines = path, data, lock, lines
