"""What is to change in a README and its thumbnails, as a value and in words."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from pathlib import Path

from dreamfolio.errors import ContentError, DreamfolioError
from dreamfolio.publish.readme.thumbs import Change


@dataclass(frozen=True)
class ReadmeResult:
    """The README as it is (``old``, ``None`` where there is none) and as it should be.

    ``changes`` are those in the collections' ``thumbs/``; ``thumbs_written`` and
    ``copies_written`` count the thumbnails and clean copies among them. ``problems`` cost a
    picture its cell, or a collection its words.
    ``by_hand`` are thumbnails and copies that were changed by hand, and kept. ``together`` is how
    many bytes the README would have in one where it is split, 0 where it is not; its collections'
    pages are among the ``changes``, too. ``passed_over`` are files that stand where such a page
    would, each with the page in its stead. ``too_large`` are those that are larger than GitHub
    shows.
    ``hint`` tells how to add the markers to a README that has none, and is then left alone.
    """

    path: Path
    old: bytes | None
    new: bytes
    problems: tuple[DreamfolioError, ...] = ()
    thumbs_written: int = 0
    copies_written: int = 0
    changes: tuple[Change, ...] = ()
    hint: ContentError | None = None
    by_hand: tuple[Path, ...] = ()
    together: int = 0
    passed_over: tuple[tuple[Path, Path], ...] = ()
    too_large: tuple[Path, ...] = ()

    @property
    def outdated(self) -> bool:
        """Whether ``write`` has anything to do."""
        return self.old != self.new or bool(self.changes)


def diff(result: ReadmeResult) -> str:
    """What ``write`` would change, for people: a unified diff of the README, then a line for
    each file in ``thumbs/``; empty where nothing is out of date."""
    name = result.path.name
    old, new = (
        re.findall(r"[^\n]*\n|[^\n]+", (data or b"").decode()) for data in (result.old, result.new)
    )
    before = name if result.old is not None else "/dev/null"
    lines = [
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
        for line in difflib.unified_diff(old, new, before, name)
    ]
    for change in result.changes:
        path = change.path.relative_to(result.path.parent).as_posix()
        lines.append(f"{path}: {change.reason}\n")
    return "".join(lines)
