"""What the build wrote into the site's folder, so that it never touches what it did not write.

How it lies on the disk, `record_file` knows.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from dreamfolio.pictures.blur import Blur
from dreamfolio.pictures.render_facts import RenderFacts


@dataclass(frozen=True, slots=True)
class Written:
    """A file as it was written: SHA-256 and size in bytes."""

    digest: str
    size: int


UNDERWAY = Written("", -1)
"""A file of ours whose writing a build announced, and may or may not have come to."""


@dataclass(slots=True)
class Record:
    """The files written, by address; ``mark``, the `fingerprint` of what the pages among them were
    made of; and of the pictures shown, by the digest of their file, the sizes in pixels, the blurs
    and what sources tell of their rendering: what would otherwise be read from every picture at
    every build."""

    files: dict[str, Written] = field(default_factory=dict)
    sizes: dict[str, tuple[int, int]] = field(default_factory=dict)
    renders: dict[str, RenderFacts] = field(default_factory=dict)
    mark: str | None = None
    blurs: dict[str, Blur | None] = field(default_factory=dict)
