"""The folder of a contact sheet: a page, its tiles and one picture of it all, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

from dreamfolio.content.layout import COLLECTIONS
from dreamfolio.content.names import UNSAFE
from dreamfolio.dream.networks.catalogue import LayerInfo
from dreamfolio.errors import Place, UsageError, reason
from dreamfolio.explore.exploration import Tile
from dreamfolio.explore.subject import Subject
from dreamfolio.files import write_if_changed
from dreamfolio.local_state import keep_out_of_git

PAGE = "index.html"
SHEET = "sheet.png"
TILES = "tiles"
MARK = '<meta name="generator" content="dreamfolio explore'
"""What tells a page of ours from one that somebody made."""

_OURS = re.compile(r"\d{4,}-.*-[0-9a-f]{8}\.webp")


class Folder:
    """The sheet's folder at ``path``, made with the first file in it."""

    def __init__(self, path: Path, subject: Subject):
        """Raises ``UsageError`` for a folder that holds something else, or is a collection's."""
        self.path = path
        self._names: set[str] = set()
        _refuse_collection(path, subject)
        _refuse_others(path)

    @property
    def page(self) -> Path:
        """The page's file."""
        return self.path / PAGE

    def write(self, name: str, data: bytes) -> None:
        """Write a file of the sheet, ``name`` as ``index.html`` or ``tiles/….webp``."""
        file = self.path / name
        try:
            write_if_changed(file, data)
            keep_out_of_git(file)
        except OSError as error:
            raise UsageError(
                f"cannot be written ({reason(error)})",
                place=Place(file),
                mend="name another folder: --out",
            ) from None
        self._names.add(name)

    def tidy(self) -> None:
        """Remove tiles that an earlier sheet in this folder had and this one has not."""
        for file in (self.path / TILES).glob("*.webp"):
            if _OURS.fullmatch(file.name) and f"{TILES}/{file.name}" not in self._names:
                file.unlink(missing_ok=True)


def tile_file(tile: Tile) -> str:
    """The name of a tile's picture. Its key is in it: a browser that knows another dream of the
    same layer would go on showing that."""
    return f"{TILES}/{tile.layer.depth:04d}-{_safe(tile.layer)}-{tile.key[:8]}.webp"


def _safe(layer: LayerInfo) -> str:
    return UNSAFE.sub("-", layer.name).strip(". ")[:80]


def _refuse_collection(path: Path, subject: Subject) -> None:
    if subject.portfolio is None:
        return
    collections = subject.portfolio.root.resolve() / COLLECTIONS
    if path.resolve().is_relative_to(collections):
        raise UsageError(
            f"a sheet in {COLLECTIONS}/ would be taken for a collection",
            place=Place(path),
            mend="name another folder: --out",
        )


def _refuse_others(path: Path) -> None:
    if not path.exists():
        return
    if not path.is_dir():
        raise UsageError("is no folder", place=Place(path), mend="name another: --out")
    page = path / PAGE
    ours = page.is_file() and MARK in page.read_text("utf-8", "replace")
    if not ours and any(not one.name.startswith(".") for one in path.iterdir()):
        raise UsageError(
            "holds something else already",
            place=Place(path),
            mend="name a new or empty folder: --out",
        )
