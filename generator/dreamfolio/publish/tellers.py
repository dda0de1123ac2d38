"""Which pictures and videos of a portfolio tell what their artist may not want to publish."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from dreamfolio.content.objects import Collection, Portfolio
from dreamfolio.errors import DreamfolioError
from dreamfolio.pictures.telling import Told
from dreamfolio.store.told import ToldMemory


@dataclass(frozen=True, slots=True)
class Teller:
    """A picture or a video and what it tells; ``new`` where it was not known before."""

    path: Path
    told: tuple[Told, ...]
    new: bool


def tellers(
    portfolio: Portfolio,
    digest_of: Callable[[Collection, str], str],
    only: Iterable[Collection] | None = None,
) -> tuple[Teller, ...]:
    """Every picture and video in the folders of ``only`` these collections that tells something:
    all lie where a repository that is pushed takes them along. One that cannot be read tells
    nothing; whoever shows it tells of that. ``digest_of`` gives the SHA-256 of a file in a
    collection's folder."""
    memory = ToldMemory(portfolio.root)
    found = []
    for collection in portfolio.collections:
        for name in (*collection.pictures, *collection.videos):
            try:
                if name in collection.astray:
                    continue
                told, new = memory.of(collection.folder, name, digest_of(collection, name))
            except (DreamfolioError, OSError):
                continue
            if told and (only is None or collection in only):
                found.append(Teller(collection.folder / name, told, new))
    memory.save()
    return tuple(found)
