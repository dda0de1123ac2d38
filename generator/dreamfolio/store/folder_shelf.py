"""A shelf that is a folder on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from dreamfolio.files import opened, read_file, write_atomically
from dreamfolio.local_state import keep_out_of_git


class FolderShelf:
    """Entries as files below ``folder``, which is made on the first write."""

    def __init__(self, folder: Path):
        self.folder = folder

    def read(self, name: str) -> bytes | None:
        """See ``Shelf``."""
        try:
            return read_file(self.folder / name)
        except FileNotFoundError:
            return None

    def read_end(self, name: str, count: int) -> bytes | None:
        """See ``Shelf``."""
        try:
            with opened(self.folder / name) as file:
                end = file.seek(0, 2)
                file.seek(max(0, end - count))
                return file.read(count)
        except FileNotFoundError:
            return None

    def write(self, name: str, data: bytes) -> None:
        """See ``Shelf``."""
        path = self.folder / name
        write_atomically(path, data)
        keep_out_of_git(path)

    def remove(self, name: str) -> None:
        """See ``Shelf``."""
        (self.folder / name).unlink(missing_ok=True)

    def names(self) -> Iterator[str]:
        """See ``Shelf``."""
        for path in sorted(self.folder.glob("*/*")):
            yield path.relative_to(self.folder).as_posix()

    def about(self, name: str) -> tuple[int, float | None]:
        """See ``Shelf``."""
        status = (self.folder / name).stat()
        return status.st_size, status.st_mtime
