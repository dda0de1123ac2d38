"""Records of what a README's pictures were made of. They are committed, one picture a line."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path, PurePath
from typing import Any, TypeVar

from dreamfolio.errors import Place, StoreError, mend_of, reason
from dreamfolio.files import read_file


@dataclass(frozen=True, slots=True)
class Entry:
    """What a thumbnail was made of, and the digest of what came out (SHA-256, both)."""

    source: str
    width: int
    quality: int
    output: str

    def made_of(self, source: str, width: int, quality: int) -> bool:
        """Whether the same picture at the same settings was its origin."""
        return (self.source, self.width, self.quality) == (source, width, quality)


E = TypeVar("E")


def load(path: Path, kind: type[E], what: str) -> dict[str, E]:
    """The entries, of ``kind``, that are recorded at ``path``, by the pictures' names; nothing
    where there is no record.

    Raises ``StoreError`` for one that cannot be read: ``what`` then says whose it is, and what
    comes of that.
    """
    try:
        text = read_file(path).decode()
    except FileNotFoundError:
        return {}
    except OSError as error:
        word = f"the record of {what} ({reason(error)})"
        raise StoreError(word, place=Place(path), mend=mend_of(error)) from error
    except ValueError as error:
        raise _damaged(path, what, None) from error
    try:
        found = json.loads(text)
        if any(PurePath(name).name != name or "\\" in name for name in found):
            # What it names may be removed: nothing outside the folder is its to name.
            raise ValueError("a name that is none")
        return {name: kind(**values) for name, values in found.items()}
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else None
        raise _damaged(path, what, line) from error


def _damaged(path: Path, what: str, line: int | None) -> StoreError:
    return StoreError(
        f"the record of {what}",
        place=Place(path, line),
        mend="resolve the merge conflict in it, or remove the folder to have them made anew",
    )


UNREAD = ""
"""The digest of a file that is there, but cannot be read."""


def digest_there(path: Path, digest_of: Callable[[Path], str]) -> str | None:
    """The digest of the file at ``path``; ``None`` where there is none, ``UNREAD`` where nobody
    can tell whose it is."""
    try:
        return digest_of(path) if stat.S_ISREG(path.stat().st_mode) else None
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:
        return UNREAD


def dump(entries: Mapping[str, Any]) -> bytes:
    """``entries``, dataclasses all, as the file's bytes."""
    lines = [f"{json.dumps(name)}: {json.dumps(asdict(entries[name]))}" for name in sorted(entries)]
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()
