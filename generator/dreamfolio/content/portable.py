"""Names that some system cannot hold: Windows, or one that takes names for one that differ only in
case or in how their accents are written."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from dreamfolio.content.names import UNSAFE, fold
from dreamfolio.content.objects import Portfolio

RESERVED = re.compile(
    r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$) *(?:\..*)?", re.IGNORECASE
)
"""What Windows takes for a device, with whatever suffix."""


@dataclass(frozen=True, slots=True)
class Unportable:
    """A name in a portfolio, its path from the root, and what is in its way elsewhere."""

    name: str
    why: str


def unportable(portfolio: Portfolio) -> Iterator[Unportable]:
    """The folders, pictures and videos of ``portfolio`` that not every system can hold."""
    seen: set[str] = set()
    for collection in portfolio.collections:
        folder = portfolio.relative(collection.folder)
        above = [*itertools.accumulate(folder.split("/"), "{}/{}".format)]
        for path in above:
            if path not in seen:
                seen.add(path)
                yield from _alone(path)
        twins: dict[str, str] = {}
        for name in (*collection.pictures, *collection.videos):
            yield from _alone(f"{folder}/{name}")
            twin = twins.setdefault(fold(name), name)
            if twin != name:
                how = "in case alone" if twin.isascii() or name.isascii() else "in case or accents"
                yield Unportable(f"{folder}/{name}", f"differs from {twin} {how}")


def _alone(path: str) -> Iterator[Unportable]:
    name = path.rpartition("/")[2]
    if RESERVED.fullmatch(name):
        yield Unportable(path, "is the name of a device on Windows")
    elif found := UNSAFE.search(name):
        yield Unportable(path, f"has {found[0]!r} in it, which Windows refuses")
    elif name != name.rstrip(". "):
        yield Unportable(path, "ends in a dot or a space, which Windows drops")
