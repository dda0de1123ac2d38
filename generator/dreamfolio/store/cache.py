"""The cache: every dream by its key, so that none is dreamed twice.

An entry is the encoded picture with a line behind its last byte that says the picture's SHA-256
and the entry's key: an entry torn, altered anywhere or put in another's place betrays itself, and
it is still one file, written in one go, that an image viewer opens.
"""

from __future__ import annotations

import contextlib
import errno
import re
from collections.abc import Callable, Iterator
from typing import TypeVar

from dreamfolio.errors import StoreError, reason
from dreamfolio.files import sha256
from dreamfolio.store.shelf import open_shelf

# The first entries do not say their key.
_SEAL = re.compile(rb"\ndreamfolio-sha256 ([0-9a-f]{64})(?: of ([0-9a-f]{64}))?\n\Z")
_SEAL_LENGTH = len("\ndreamfolio-sha256  of \n") + 2 * 64
_NAME = re.compile(r"([0-9a-f]{2})/((?:\1)[0-9a-f]{62})(\.[a-z0-9]+)")
_KEY = re.compile(r"[0-9a-f]{64}")
_SUFFIX = re.compile(r"\.[a-z0-9]+")

T = TypeVar("T")


class Cache:
    """Encoded pictures by key and suffix (``.png``), in a folder or behind any fsspec URL.

    Keys are 64 lower-case hex digits; suffixes count in lower case. Nothing is opened or made
    before it is needed. Any method raises ``StoreError`` where the place cannot be reached: that
    costs the caller the cache, and nothing else. Several machines may write at once; writers of
    one key write the same dream, and either's will do.
    """

    def __init__(self, url: str):
        if not url:
            raise ValueError("a cache needs a folder or a URL")
        self.url = url
        self.damaged: list[str] = []
        """The entries that were found damaged so far, by their names."""
        self._shelf = open_shelf(url)

    def get(self, key: str, suffix: str) -> bytes | None:
        """The picture's bytes; None where there is none, or a damaged one, which is removed."""
        name = _name(key, suffix)
        sealed = self._reach("read", lambda: self._shelf.read(name))
        if sealed is None:
            return None
        seal = _seal(sealed, key)
        if seal is not None:
            data = sealed[: -len(seal[0])]
            if sha256(data) == seal[1].decode():
                return data
        self.damaged.append(name)
        with contextlib.suppress(Exception):  # It is worthless, but may be read-only.
            self._shelf.remove(name)
        return None

    def put(self, key: str, suffix: str, data: bytes) -> None:
        """Keep ``data`` under the key, in place of what was there."""
        name = _name(key, suffix)
        seal = f"\ndreamfolio-sha256 {sha256(data)} of {key}\n".encode()
        self._reach("written to", lambda: self._shelf.write(name, data + seal))

    def digest(self, key: str, suffix: str) -> str | None:
        """The SHA-256 of the picture's bytes as recorded in the entry, None where there is none.

        Reads the end of the entry only: it notices one cut short, but not one altered within.
        """
        name = _name(key, suffix)
        end = self._reach("read", lambda: self._shelf.read_end(name, _SEAL_LENGTH))
        if end is None:
            return None
        seal = _seal(end, key)
        if seal is None:
            self.damaged.append(name)
            return None
        return seal[1].decode()

    def keys(self) -> Iterator[tuple[str, str]]:
        """Key and suffix of every entry, sorted; whatever else lies there is passed over."""
        for name in self._reach("read", lambda: list(self._shelf.names())):
            if match := _NAME.fullmatch(name):
                yield match[2], match[3]

    def about(self, key: str, suffix: str) -> tuple[int, float | None]:
        """An entry's size in bytes and when it was kept, in seconds since the epoch; ``None`` where
        that cannot be told."""
        name = _name(key, suffix)
        return self._reach("read", lambda: self._shelf.about(name))

    def remove(self, key: str, suffix: str) -> None:
        """Forget an entry; nothing happens where there is none."""
        name = _name(key, suffix)
        self._reach("written to", lambda: self._shelf.remove(name))

    def _reach(self, done: str, act: Callable[[], T]) -> T:
        try:
            return act()
        except Exception as error:  # Each of fsspec's file systems has errors of its own.
            is_full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
            what = "make room on that disk" if is_full else "see whether that place can be reached"
            raise StoreError(
                f"the cache at {self.url} cannot be {done} ({reason(error)})",
                mend=f"{what}, or name another: see `cache:` in portfolio.yaml",
            ) from error


def _name(key: str, suffix: str) -> str:
    suffix = suffix.lower()
    if not _KEY.fullmatch(key) or not _SUFFIX.fullmatch(suffix):
        raise ValueError(f"{key!r} with {suffix!r} names no entry of a cache")
    return f"{key[:2]}/{key}{suffix}"


def _seal(sealed: bytes, key: str) -> re.Match[bytes] | None:
    """The seal at the end of an entry, if it is this key's."""
    match = _SEAL.search(sealed[-_SEAL_LENGTH:])
    return match if match and match[2] in (None, key.encode()) else None
