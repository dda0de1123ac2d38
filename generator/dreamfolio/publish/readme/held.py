"""Files between their making and their writing: on the disk, for they may be more than memory."""

from __future__ import annotations

import tempfile
import threading
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dreamfolio.errors import Place, StoreError, mend_of, reason
from dreamfolio.local_state import FOLDER

_IN_MEMORY = 4 << 20


@dataclass(frozen=True, slots=True)
class Held:
    """The bytes of one file, as they wait."""

    held_in: Holding
    begin: int
    length: int

    def read(self) -> bytes:
        """The bytes; raises ``OSError``."""
        return self.held_in.bytes_at(self.begin, self.length)


Hold = Callable[[bytes], bytes | Held]
"""What keeps the bytes of a file until they are written."""


def as_it_is(data: bytes) -> bytes:
    """For a few files: each is kept as the bytes that it is."""
    return data


def bytes_of(data: bytes | Held) -> bytes:
    """The bytes that were kept; raises ``OSError``."""
    return data.read() if isinstance(data, Held) else data


class Holding:
    """Holds bytes, for several threads at once. What does not fit into a few megabytes lies in a
    file without a name in ``root``, or its state folder; both go with the last who knows them."""

    def __init__(self, root: Path):
        state = root / FOLDER
        self._folder = state if state.is_dir() else root
        self._guard = threading.Lock()
        self._file = tempfile.SpooledTemporaryFile(  # noqa: SIM115  (closed with the last reader)
            _IN_MEMORY,
            dir=str(self._folder),
            prefix=".dreamfolio-",
            suffix=".part",
        )
        weakref.finalize(self, self._file.close)

    def hold(self, data: bytes) -> Held:
        """Keep ``data``; raises ``StoreError`` where there is no room."""
        try:
            with self._guard:
                begin = self._file.seek(0, 2)
                self._file.write(data)
        except OSError as error:
            word = f"what is made cannot be kept until it is written ({reason(error)})"
            raise StoreError(word, place=Place(self._folder), mend=mend_of(error)) from error
        return Held(self, begin, len(data))

    def bytes_at(self, begin: int, length: int) -> bytes:
        """The ``length`` bytes from ``begin`` on."""
        with self._guard:
            self._file.seek(begin)
            return self._file.read(length)
