"""A page that would be too long for a phone, in parts: which there are, and what is in each."""

from __future__ import annotations

import math
import posixpath
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from dreamfolio.publish.site.pages import HOME

MOST = 400
"""Pictures a page; of a thousand and some, a page has a megabyte, before any picture."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PartView:
    """One part of a long page. ``number`` counts from 1; ``addresses`` are those of all parts."""

    number: int
    addresses: tuple[str, ...]

    @property
    def address(self) -> str:
        """Its own."""
        return self.addresses[self.number - 1]

    @property
    def previous(self) -> str | None:
        """The address of the part before it; None of the first."""
        return self.addresses[self.number - 2] if self.number > 1 else None

    @property
    def next(self) -> str | None:
        """The address of the part after it; None of the last."""
        return self.addresses[self.number] if self.number < len(self.addresses) else None


def part_views(address: str, count: int) -> tuple[PartView, ...]:
    """The ``count`` parts of the page at ``address``: the first one stands at ``pieces.html``
    itself, the second at ``pieces-2.html``; that of ``fog/index.html`` at ``fog/page-2.html``."""
    folder, name = posixpath.split(address)
    stem, suffix = posixpath.splitext(name)
    if name == HOME:
        stem = "page"
    more = (f"{stem}-{number}{suffix}" for number in range(2, count + 1))
    addresses = (address, *(posixpath.join(folder, name) for name in more))
    return tuple(PartView(number, addresses) for number in range(1, count + 1))


def cut(everything: Sequence[T], most: int) -> list[Sequence[T]]:
    """``everything`` in order, in as few parts of about the same length as hold no more than
    ``most`` each; one part, which may be empty, where that is enough."""
    count = max(math.ceil(len(everything) / most), 1)
    ends = [round(len(everything) * number / count) for number in range(count + 1)]
    return [everything[begin:end] for begin, end in pairwise(ends)]
