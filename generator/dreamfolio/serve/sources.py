"""What a site is made from, and which changes of it matter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dreamfolio.content.discover import passed_over
from dreamfolio.content.layout import COLLECTIONS, MANIFEST, PORTFOLIO, THEMES
from dreamfolio.pictures.decode import SUFFIXES
from dreamfolio.pictures.video import TYPES
from dreamfolio.publish.site.themes import shipped_themes
from dreamfolio.store.lock import FILE as LOCK

_SHOWN = SUFFIXES | TYPES.keys()
_MANIFESTS = {Path(MANIFEST).suffix, ".yml"}
Stamp = tuple[int, ...] | None


@dataclass(slots=True)
class Sources:
    """Of the portfolio at ``root``: its manifest, its collections, its themes beside those that
    come with dreamfolio, and what else is ``named`` in them, such as a watermark, with its stamp
    from before it was read."""

    root: Path
    named: Mapping[Path, Stamp] = field(default_factory=dict)

    @property
    def files(self) -> tuple[Path, ...]:
        """Single files, which need not exist."""
        portfolio = self.root / PORTFOLIO
        return portfolio, portfolio.with_suffix(".yml"), *self.named

    @property
    def folders(self) -> tuple[Path, ...]:
        """Folders with all that is in them; they need not exist either."""
        own = (self.root / COLLECTIONS, self.root / THEMES)
        shipped = shipped_themes()
        return own if shipped.resolve() == own[1].resolve() else (*own, shipped)

    def name(self, files: Iterable[Path]) -> None:
        """Watch ``files``, about to be read, in place of those named before. What becomes of them
        from now on is a change, however long it is until they are looked at."""
        self.named = {file: _stamp(file) for file in files}

    def stamps(self) -> dict[Path, Stamp]:
        """By what the files, and whether the folders, are known to be others than before."""
        return {
            **{file: _stamp(file) for file in self.files},
            **{folder: (inode := _stamp(folder)) and inode[:1] for folder in self.folders},
        }

    def matters(self, path: Path, *, deleted: bool) -> bool:
        """Whether a change of ``path``, which lies in one of the folders, can change the site.

        What was deleted cannot be asked any more whether it was a folder.
        """
        collections, inside = self._place(path)
        if any(part.startswith(".") or part.endswith("~") for part in inside.parts):
            return False
        if not collections:
            return True
        if any(passed_over(part) for part in inside.parent.parts):
            return False
        kind = path.suffix.lower()
        if kind in _SHOWN or kind in _MANIFESTS or path.name == LOCK:
            return True
        return (deleted or path.is_dir()) and not passed_over(path.name)

    def is_picture(self, path: Path) -> bool:
        """Whether ``path`` is named like something that takes a while to be copied."""
        return path.suffix.lower() in _SHOWN

    def shown(self, paths: Iterable[Path]) -> list[str]:
        """``paths`` as one would type them in the portfolio's folder, locks last: those change with
        a picture."""
        return [self._near(path) for path in sorted(paths, key=lambda one: (one.name == LOCK, one))]

    def _near(self, path: Path) -> str:
        for root in (self.root, self.root.resolve()):
            if path.is_relative_to(root):
                return path.relative_to(root).as_posix()
        return str(path)

    def _place(self, path: Path) -> tuple[bool, Path]:
        """Whether ``path`` is of the collections, and what it is called in there."""
        for folder in self.folders:
            # Some systems tell of changes by the folder's real path.
            for known in (folder, folder.resolve()):
                if path.is_relative_to(known):
                    return folder.name == COLLECTIONS, path.relative_to(known)
        return False, Path(path.name)


def _stamp(path: Path) -> Stamp:
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_ino, stat.st_mtime_ns, stat.st_size
