"""The record of thumbnails: what each was made of. It is committed, one thumbnail a line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path, PurePath

from dreamfolio.errors import Place, StoreError


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


def load(path: Path) -> dict[str, Entry]:
    """What is recorded at ``path``, by the thumbnails' names; nothing where there is no record.

    Raises ``StoreError`` for one that cannot be read.
    """
    try:
        found = json.loads(path.read_text("utf-8"))
        if any(PurePath(name).name != name or "\\" in name for name in found):
            # What it names may be removed: nothing outside the folder is its to name.
            raise ValueError("a name that is none")
        return {name: Entry(**values) for name, values in found.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, AttributeError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else None
        raise StoreError(
            "the record of thumbnails cannot be read, so they stay as they are",
            place=Place(path, line),
            mend="resolve the merge conflict in it, or remove the folder to have them made anew",
        ) from error


def dump(entries: Mapping[str, Entry]) -> bytes:
    """``entries`` as the file's bytes."""
    lines = [f"{json.dumps(name)}: {json.dumps(asdict(entries[name]))}" for name in sorted(entries)]
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()
