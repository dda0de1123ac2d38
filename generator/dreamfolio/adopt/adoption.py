"""What adopting a folder will do, once planned: frozen values, and nothing done yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dreamfolio.adopt.old_readme import Unplaced
from dreamfolio.content.layers import told_targets
from dreamfolio.dream.target import Target
from dreamfolio.store.lock import Entry


@dataclass(frozen=True, slots=True)
class AdoptedVariant:
    """A dream there is or, with ``present`` false, one that the old README asks for.

    ``file`` is the picture's old name, ``asked`` the layers as that spells them, ``layers`` the
    canonical ones. ``twin`` is the variant of the same layers that stands before it, if any.
    ``line`` is where the old README shows it.
    """

    file: str
    present: bool
    asked: str
    layers: tuple[str, ...]
    network: str
    alt: str = ""
    line: int | None = None
    twin: str | None = None

    @property
    def targets(self) -> tuple[Target, ...]:
        """The layers; one that the name tells twice counts twice."""
        return told_targets(self.layers)


@dataclass(frozen=True, slots=True)
class AdoptedPiece:
    """A render, the dreams made of it, and the words on it that were found."""

    source: str
    alt: str = ""
    variants: tuple[AdoptedVariant, ...] = ()


@dataclass(frozen=True, slots=True)
class AdoptedCollection:
    """A folder of pictures and the collection it becomes, in ``target``.

    ``copies`` are (from, to), none where the folder is in place already. ``manifest`` is the
    drafted text, ``None`` where the collection in place has a manifest, which is kept.
    ``entries`` are for the lock, by file name. ``shown_at`` are the first and the last line, from
    1, of the tables in which the old README shows its pictures openly.
    """

    slug: str
    folder: Path
    target: Path
    title: str
    description: str
    pieces: tuple[AdoptedPiece, ...]
    copies: tuple[tuple[Path, Path], ...]
    manifest: str | None
    entries: Mapping[str, Entry]
    unplaced: tuple[Unplaced, ...] = ()
    shown_at: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Adoption:
    """All that one ``adopt`` takes in.

    ``title`` and ``description`` are what the old README says of the portfolio as a whole.
    ``unplaced`` is what was found in ``readme`` and belongs to nothing adopted.
    """

    collections: tuple[AdoptedCollection, ...]
    readme: Path | None = None
    title: str | None = None
    description: str = ""
    unplaced: tuple[Unplaced, ...] = ()
