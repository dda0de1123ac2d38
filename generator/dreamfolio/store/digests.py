"""Digests of files and pixels, remembered on this machine so that nothing is read twice.

Only a shortcut: what it says is what reading and decoding would say again. Losing it costs time.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import stat
import sys
import time
from pathlib import Path
from typing import Any

from dreamfolio.files import read_file, sealed, sha256_of_file, unsealed, write_if_changed
from dreamfolio.local_state import keep_out_of_git

VERSION = 1
"""Raised when a picture decodes to other pixels than before, or the file's form changes."""

# A file written twice within one tick of the file system's clock shows the same time for both.
# Two seconds is the coarsest tick in use (FAT).
_TICK_NS = 2_000_000_000

Stamp = tuple[int, ...]


class DigestMemory:
    """Digests of the files below a portfolio's root, kept in ``<root>/.dreamfolio/digests.json``.

    Not for several threads at once. Two processes may share the file: the last to save wins.
    """

    def __init__(self, path: Path):
        self.path = path
        self.root = path.parent.parent
        self._inside = f"{self.root}{os.sep}"
        self._files, self._pixels = _load(path)
        self._seen: set[str] = set()
        self._changed = False

    def file(self, path: Path | str) -> str:
        """SHA-256 of the bytes of the file at ``path``, in hex; raises ``OSError``.

        Not read again while its size, its times of change and its inode are those remembered.
        """
        name = self._name(path)
        before = _stamp(path)
        known = self._files.get(name)
        if known is not None and known[0] == before:
            self._seen.add(known[1])
            return known[1]
        asked = time.time_ns()
        digest = sha256_of_file(Path(path))
        self._seen.add(digest)
        settled = asked - max(before[1], before[2]) >= _TICK_NS
        if settled and _stamp(path) == before:
            self._files[name] = (before, digest)
            self._changed = True
        elif known is not None:
            del self._files[name]
            self._changed = True
        return digest

    def pixels(self, path: Path | str, file: str | None = None) -> str:
        """Digest of the decoded pixels of the picture at ``path`` (see ``pictures.digest``), whose
        own digest is ``file`` where it was asked for just now.

        Remembered by the digest of its file: a copy or a renamed picture is not decoded again.
        Raises ``PictureError`` or, where the file cannot be read at all, ``OSError``.
        """
        file = file or self.file(path)
        if file not in self._pixels:
            from dreamfolio.pictures.decode import decode
            from dreamfolio.pictures.digest import pixels_digest

            self._pixels[file] = pixels_digest(decode(Path(path)))
            self._changed = True
        return self._pixels[file]

    def seed(self, file_digest: str, pixels_digest: str) -> None:
        """Take from a lock that a file of ``file_digest`` decodes to ``pixels_digest``.

        The lock's word goes before this machine's: another version of a decoder may round
        otherwise, and that is no reason to dream again. An empty digest says nothing.
        """
        if file_digest and pixels_digest and self._pixels.get(file_digest) != pixels_digest:
            self._pixels[file_digest] = pixels_digest
            self._changed = True

    def save(self) -> None:
        """Keep what was learned, less what is about files that are gone.

        Nothing is written where nothing was learned, nor where the folder cannot be written to.
        """
        if not self._changed:
            return
        files, pixels = self._needed()
        form = {"version": VERSION, "files": files, "pixels": pixels}
        with contextlib.suppress(OSError):
            write_if_changed(self.path, sealed(json.dumps(form, sort_keys=True, indent=0)))
            keep_out_of_git(self.path)
        self._changed = False

    def forgettable(self) -> int:
        """How many lines are about files that are gone."""
        files, pixels = self._needed()
        return len(self._files) - len(files) + len(self._pixels) - len(pixels)

    def forget(self) -> None:
        """``save`` without what is about files that are gone, though nothing was learned."""
        self._changed = self._changed or bool(self.forgettable())
        self.save()

    def _needed(self) -> tuple[dict[str, tuple[Stamp, str]], dict[str, str]]:
        files = {
            name: (stamp, digest)
            for name, (stamp, digest) in self._files.items()
            if os.path.exists(self.root / name)  # noqa: PTH110  (never an error)
        }
        here = {digest for _, digest in files.values()} | self._seen
        return files, {file: digest for file, digest in self._pixels.items() if file in here}

    def _name(self, path: Path | str) -> str:
        text = str(path)
        # As `relative_to` would have it, which is slow where there are thousands.
        if text.startswith(self._inside):
            return text[len(self._inside) :].replace(os.sep, "/")
        try:
            return Path(path).relative_to(self.root).as_posix()
        except ValueError:
            return Path(path).absolute().as_posix()


def _stamp(path: Path | str) -> Stamp:
    # The time of the inode's change is what gives an edit away whose author set the
    # modification time back.
    status = os.stat(path)  # noqa: PTH116
    if stat.S_ISFIFO(status.st_mode) or stat.S_ISCHR(status.st_mode):
        raise OSError(errno.EINVAL, "it is no file", str(path))  # Reading it could take for ever.
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def _load(path: Path) -> tuple[dict[str, tuple[Stamp, str]], dict[str, str]]:
    try:
        form: Any = json.loads(unsealed(read_file(path)))
        if form["version"] != VERSION:
            return {}, {}
        files = {
            name: (tuple(stamp), sys.intern(digest))
            for name, (stamp, digest) in form["files"].items()
        }
        # Interned, since locks and the site's record hold the very same digests.
        pixels = {sys.intern(file): sys.intern(digest) for file, digest in form["pixels"].items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}, {}
    return files, pixels
