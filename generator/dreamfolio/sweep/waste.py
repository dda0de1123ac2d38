"""What can be dropped: of which kind it is, what it is called, and how it goes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """Why it was written once."""

    ORPHAN = "orphaned dreams"
    CACHED = "cached dreams"
    CHECKPOINT = "dreams half done"
    THUMB = "thumbnails and copies"
    PART = "unfinished files"
    MEMORY = "remembered digests"


@dataclass(frozen=True, slots=True)
class Waste:
    """A file that nothing needs, ``name`` as people know it, with its ``size`` in bytes. ``drop``
    takes it away; it raises ``OSError`` or ``DreamfolioError`` where it cannot."""

    kind: Kind
    name: str
    size: int
    drop: Callable[[], None]


@dataclass(slots=True)
class Found:
    """What nothing needs, and in ``kept`` a line each on what might be dropped and is not."""

    waste: list[Waste] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)

    def add(self, other: Found) -> None:
        """Take in what another look found."""
        self.waste += other.waste
        self.kept += other.kept


def total(waste: Iterable[Waste]) -> int:
    """The size of all of it, in bytes."""
    return sum(one.size for one in waste)
