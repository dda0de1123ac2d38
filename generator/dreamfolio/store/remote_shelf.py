"""A shelf behind any URL that fsspec opens: a bucket, a server, another machine's disk."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import UTC
from typing import Any


class RemoteShelf:
    """Entries as files below ``url``. Opened on first use, so that nothing waits for a network
    that is not asked."""

    def __init__(self, url: str):
        self.url = url
        self._opened: tuple[Any, str] | None = None

    def read(self, name: str) -> bytes | None:
        """See ``Shelf``."""
        files, path = self._at(name)
        try:
            return bytes(files.cat_file(path))
        except FileNotFoundError:
            return None

    def read_end(self, name: str, count: int) -> bytes | None:
        """See ``Shelf``."""
        files, path = self._at(name)
        try:
            with files.open(path, "rb") as file:
                file.seek(0, 2)
                file.seek(max(0, file.tell() - count))
                return bytes(file.read(count))
        except FileNotFoundError:
            return None

    def write(self, name: str, data: bytes) -> None:
        """See ``Shelf``."""
        files, path = self._at(name)
        try:
            files.pipe_file(path, data)
        except OSError:
            # Buckets need no folders, and asking after them may not be allowed; servers do.
            files.makedirs(path.rpartition("/")[0], exist_ok=True)
            files.pipe_file(path, data)

    def remove(self, name: str) -> None:
        """See ``Shelf``."""
        files, path = self._at(name)
        with contextlib.suppress(FileNotFoundError):
            files.rm_file(path)

    def names(self) -> Iterator[str]:
        """See ``Shelf``."""
        files, top = self._at("")
        start = len(top.rstrip("/")) + 1
        try:
            found = files.find(top)
        except FileNotFoundError:
            return
        for path in sorted(found):
            yield str(path)[start:]

    def about(self, name: str) -> tuple[int, float | None]:
        """See ``Shelf``."""
        files, path = self._at(name)
        size = int(files.info(path).get("size") or 0)
        try:
            at = files.modified(path)
        except NotImplementedError:
            return size, None
        # Some tell it in their own zone, which is Greenwich's.
        return size, (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()

    def _at(self, name: str) -> tuple[Any, str]:
        if self._opened is None:
            from fsspec.core import url_to_fs

            # Another machine may write there at any time: no listing is remembered.
            self._opened = url_to_fs(self.url, use_listings_cache=False)
        files, top = self._opened
        return files, f"{top.rstrip('/')}/{name}" if name else top
