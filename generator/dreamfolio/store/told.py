"""What pictures were found to tell, remembered on this machine by the digest of their file."""

from __future__ import annotations

import contextlib
import json
from itertools import starmap
from pathlib import Path
from typing import Any

from dreamfolio.files import read_file, sealed, unsealed, write_if_changed
from dreamfolio.local_state import FOLDER, keep_out_of_git
from dreamfolio.pictures.telling import LOOKING, Told, telling


class ToldMemory:
    """Kept in ``<root>/.dreamfolio/told.json``; losing it costs time, and a word said twice."""

    def __init__(self, root: Path):
        self.path = root / FOLDER / "told.json"
        self._before = _load(self.path)
        self._asked: dict[str, tuple[Told, ...]] = {}

    def of(self, folder: Path, name: str, digest: str) -> tuple[tuple[Told, ...], bool]:
        """What the picture ``name`` in ``folder``, of this ``digest``, tells, and whether nobody
        asked for it before. Raises as ``telling`` does."""
        known = self._before.get(digest)
        told = self._asked.get(digest) if known is None else known
        if told is None:
            told = telling(folder / name)
        self._asked[digest] = told
        return told, known is None

    def save(self) -> None:
        """Keep what was asked for this time; where the folder cannot be written to, nothing."""
        if self._asked == self._before:
            return
        found = {
            digest: [[one.kind, one.where, one.text] for one in told]
            for digest, told in self._asked.items()
        }
        text = json.dumps({"looking": LOOKING, "told": found}, sort_keys=True)
        with contextlib.suppress(OSError):
            if write_if_changed(self.path, sealed(text)):
                keep_out_of_git(self.path)


def _told(kind: Any, where: Any, text: Any) -> Told:
    return Told(kind, str(where), str(text))


def _load(path: Path) -> dict[str, tuple[Told, ...]]:
    try:
        form: Any = json.loads(unsealed(read_file(path)))
        if form["looking"] != LOOKING:
            return {}
        return {digest: tuple(starmap(_told, told)) for digest, told in form["told"].items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}
