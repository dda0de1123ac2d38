"""Where the cache's entries lie: a flat space of names, each holding bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit


class Shelf(Protocol):
    """Names are relative paths with ``/`` between. Any exception may escape from any method."""

    def read(self, name: str) -> bytes | None:
        """All bytes of the entry, None where there is none."""
        ...

    def read_end(self, name: str, count: int) -> bytes | None:
        """The last ``count`` bytes of the entry, or all where it has fewer."""
        ...

    def write(self, name: str, data: bytes) -> None:
        """Put ``data`` in place of whatever the entry held."""
        ...

    def remove(self, name: str) -> None:
        """Take the entry away; nothing happens where there is none."""
        ...

    def names(self) -> Iterator[str]:
        """The names of all entries, and of whatever else lies there."""
        ...

    def about(self, name: str) -> tuple[int, float | None]:
        """The entry's size in bytes, and when it was written, in seconds since the epoch, where
        that can be told."""
        ...


def open_shelf(url: str) -> Shelf:
    """The shelf at ``url``: a folder's path, a ``file:`` URL, or any URL that fsspec opens."""
    if folder := folder_at(url):
        from dreamfolio.store.folder_shelf import FolderShelf

        return FolderShelf(folder)
    from dreamfolio.store.remote_shelf import RemoteShelf

    return RemoteShelf(url)


def is_folder(url: str) -> bool:
    """Whether ``url`` leads to a folder on this machine."""
    return folder_at(url) is not None


def folder_at(url: str) -> Path | None:
    """The folder on this machine that ``url`` leads to, if it is one."""
    # fsspec takes a tenth of a second to import, too long for ``status``; a folder needs none
    # of it.
    if not re.match(r"[A-Za-z][A-Za-z0-9+.-]+:", url):  # ``C:\`` is a folder, too.
        return Path(url).expanduser()
    if re.match(r"(?i)file://(localhost)?/", url):
        return Path(unquote(urlsplit(url).path))
    return None
