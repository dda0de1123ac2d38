"""Where tiles are kept so that none is dreamed twice, and where a sheet is put by default."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from dreamfolio import local_state
from dreamfolio.explore.channels import ChannelMemory
from dreamfolio.explore.exploration import Exploration
from dreamfolio.explore.subject import Subject
from dreamfolio.store.cache import Cache
from dreamfolio.store.digests import DigestMemory

_FOLDER = "explore"


def cache_of(subject: Subject) -> Cache:
    """The portfolio's cache, which its builds share, or the user's own outside of one."""
    if subject.portfolio is not None:
        return Cache(subject.portfolio.cache)
    return Cache(str(user_folder() / "dreams"))


def memory_of(subject: Subject) -> DigestMemory:
    """What is remembered of the digests of files."""
    if subject.portfolio is not None:
        return DigestMemory(subject.portfolio.root / local_state.FOLDER / "digests.json")
    return DigestMemory(user_folder() / "digests.json")


def channels_of(subject: Subject) -> ChannelMemory:
    """What is remembered of the channels that pictures excite."""
    return ChannelMemory(memory_of(subject).path.with_name("channels.json"))


def user_folder() -> Path:
    """The user's own folder for what can be made again, as this system has it."""
    home = Path.home()
    if sys.platform == "darwin":
        base = home / "Library" / "Caches"
    elif sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    else:
        given = os.environ.get("XDG_CACHE_HOME")
        base = Path(given) if given and Path(given).is_absolute() else home / ".cache"
    return base / "dreamfolio"


def default_folder(exploration: Exploration, here: Path) -> Path:
    """Where a sheet goes that was given no place: among what the machine remembers of the
    portfolio, else a folder of its own in ``here``."""
    subject = exploration.subject
    name = f"{subject.picture.stem}-{exploration.network.label}"
    if subject.portfolio is None:
        return here / f"{name}-{_FOLDER}"
    place = subject.portfolio.root / local_state.FOLDER / _FOLDER
    return place / subject.collection.slug / name if subject.collection else place / name
