"""A task: one variant, how it stands and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import PurePath

from dreamfolio.content.objects import Variant
from dreamfolio.pictures.animation_names import MOVIE_SUFFIX
from dreamfolio.store.lock import Entry


class State(StrEnum):
    """How a variant stands."""

    CURRENT = "current"
    MISSING = "missing"
    STALE = "stale"
    RESTORABLE = "restorable"
    RETOUCHED = "retouched"
    ADOPTED = "adopted"
    PENDING = "pending"
    ORPHAN = "orphan"


# What a build has to do something about, by dreaming or from the cache.
TO_DO = frozenset({State.MISSING, State.STALE, State.RESTORABLE, State.PENDING})


@dataclass(frozen=True, slots=True)
class Task:
    """One variant, how it stands and why.

    ``variant`` is ``None`` for an orphan. ``key`` is ``None`` where it cannot be known (the
    source cannot be read, the network was never here). ``network_digest`` is that of the weights,
    as they are here or as they once were. ``output`` is the digest of the picture on disk,
    ``movie`` that of the MP4 beside it where it is an animation, ``twin`` a picture on disk
    (collection and file) that is the same dream, ``problem`` what stands in the way of dreaming it.
    ``of_network`` is the end of the reason that is about getting the network, which only matters to
    a dream. ``alternatives`` are the tasks of those fallbacks whose dreams serve as well: of
    networks that go before all that are here.
    """

    collection: str
    file: str
    source: str
    state: State
    reason: str
    variant: Variant | None = None
    entry: Entry | None = None
    key: str | None = None
    network_digest: str | None = None
    output: str | None = None
    movie: str | None = None
    twin: tuple[str, str] | None = None
    problem: str | None = None
    of_network: str = ""
    alternatives: tuple[Task, ...] = ()

    @property
    def own_reason(self) -> str:
        """The reason less what is said of the network, which does not matter once nothing needs to
        be dreamed."""
        return self.reason.removesuffix(self.of_network)

    @property
    def suffix(self) -> str:
        """The picture's suffix, in lower case: which of a key's encodings is wanted."""
        return PurePath(self.file).suffix.lower()

    @property
    def moves(self) -> bool:
        """Whether it is an animation."""
        return self.variant is not None and self.variant.animation is not None

    @property
    def is_there(self) -> bool:
        """Whether the picture on disk is this very dream, as recorded."""
        entry = self.entry
        return entry is not None and (self.key, self.output) == (entry.key, entry.output)

    @property
    def lacks_movie(self) -> bool:
        """Whether all is well but for the MP4 that was made with it, and is gone."""
        made = self.entry.movie if self.entry else None
        return self.state is State.CURRENT and made is not None and self.movie is None

    @property
    def asks_for(self) -> str:
        """The suffix of what of it the cache is asked for."""
        return MOVIE_SUFFIX if self.lacks_movie else self.suffix


def forced(task: Task) -> Task:
    """The task as ``--force`` has it: dreamed again, though it was retouched or is current."""
    if task.variant is None or task.state is State.ADOPTED or task.state in TO_DO:
        return task
    lost = ": what was changed by hand is replaced" if task.state is State.RETOUCHED else ""
    return replace(task, state=State.STALE, reason=f"forced{lost}")
