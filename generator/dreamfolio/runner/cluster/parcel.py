"""What travels between the machine that writes and those that dream. No path of either is in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from dreamfolio.dream.networks.reference import Preprocess
from dreamfolio.dream.precision import Asked
from dreamfolio.dream.target import Target
from dreamfolio.errors import DreamfolioError
from dreamfolio.runner.work import Work


@dataclass(frozen=True, slots=True)
class SentNetwork:
    """A network as another machine can load it.

    ``name`` is that of a known one, ``weights`` and ``digest`` (SHA-256) its file's; ``own`` says
    that the file is the portfolio's, and not one that Keras publishes or dreamfolio ships.
    ``content`` refers to the file's bytes in Ray's store, which are fetched only where needed.
    """

    name: str | None
    weights: str
    digest: str
    own: bool
    preprocess: Preprocess | None
    content: Any


@dataclass(frozen=True, slots=True)
class Parcel:
    """One dream to be dreamed; ``number`` tells it from the others of a run. ``ask_cache`` says
    that one which the shared cache has by now will do."""

    number: int
    work: Work
    network: SentNetwork
    targets: tuple[Target, ...]
    precision: Asked
    key: str
    ask_cache: bool


class Passing(NamedTuple):
    """How far a dream is, and what happened on its way; see ``Listener``.

    ``cache`` says why the shared cache cannot be used there.
    """

    number: int = -1
    steps: int = 0
    device: str | None = None
    tile: int | None = None
    skipped: int = 0
    cache: str | None = None


@dataclass(frozen=True, slots=True)
class Finished:
    """A dream that came back: ``picture`` is the file, and ``movie`` the MP4 of an animation, or
    ``no_movie`` why there is none. ``restored`` says that the shared cache had it, ``stored``
    that it has it now."""

    picture: bytes
    versions: dict[str, str]
    passing: Passing
    movie: bytes | None = None
    no_movie: DreamfolioError | None = None
    restored: bool = False
    stored: bool = False


@dataclass(frozen=True, slots=True)
class Failed:
    """A dream that failed, and why; ``of_network`` says that the network is to blame, ``of_node``
    that another machine might do better."""

    message: str
    mend: str | None
    passing: Passing
    of_network: bool = False
    of_node: bool = False
