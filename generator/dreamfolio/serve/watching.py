"""Waiting for changes, a burst of them at a time."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from watchfiles import Change, watch

from dreamfolio.errors import reason
from dreamfolio.serve.sources import Sources

# A burst of edits is over after so long without another. All in milliseconds.
_STEP = 50
_LONGEST_STEP = 1500
# How often it is looked whether there is something to do beside; and how long it has to be quiet
# before pictures, which are copied in pieces, are taken to be whole.
_TICK = 300
# A long copying is shown as it goes on. In seconds.
_LONGEST_BURST = 5.0


def bursts(
    sources: Sources, stop: Callable[[], bool], on_polling: Callable[[str], None]
) -> Iterator[frozenset[Path]]:
    """What of ``sources`` has changed, burst by burst; nothing every so often in between, for the
    first time as soon as it is watched. Ends soon after ``stop`` says so.

    Where the system has no means left to tell of changes, ``on_polling`` hears why, and it is
    looked for them.
    """
    burst = _Burst(sources)
    polling = False
    while not stop():
        stamps = sources.stamps()
        burst.add_stamps(stamps)
        folders = [folder for folder in sources.folders if folder.is_dir()]
        try:
            for changes in _watched(folders, stop, polling=polling):
                told = {Path(path): kind for kind, path in changes}
                burst.add(told)
                now = sources.stamps()
                burst.add_stamps(now)
                # Made anew, a folder may well get the number of the one that it replaces.
                deleted = any(told.get(folder) is Change.deleted for folder in folders)
                if deleted or any(now.get(one) != stamps.get(one) for one in sources.folders):
                    # Told once the new ones are watched: what comes into them till then counts.
                    break
                if burst.is_over:
                    yield burst.take()
        except FileNotFoundError:  # A folder went away just now.
            time.sleep(_TICK / 1000)
        except (OSError, RuntimeError) as error:
            if polling:
                raise
            polling = True
            on_polling(reason(error))


def _watched(
    folders: list[Path], stop: Callable[[], bool], *, polling: bool
) -> Iterator[set[tuple[Change, str]]]:
    if not folders:
        while not stop():
            time.sleep(_TICK / 1000)
            yield set()
    yield from watch(
        *folders,
        watch_filter=None,
        debounce=_LONGEST_STEP,
        step=_STEP,
        rust_timeout=_TICK,
        yield_on_timeout=True,
        stop_event=_StopEvent(stop),
        force_polling=polling or None,
        ignore_permission_denied=True,
    )


@dataclass(frozen=True, slots=True)
class _StopEvent:
    is_set: Callable[[], bool]


class _Burst:
    """Changes that belong together."""

    def __init__(self, sources: Sources):
        self._sources = sources
        self._stamps = sources.stamps()
        self._changed: set[Path] = set()
        self._began = 0.0
        self._quiet = True

    def add(self, changes: dict[Path, Change]) -> None:
        """Take in what changed since the last time, if anything did."""
        matter = {
            path
            for path, kind in changes.items()
            if self._sources.matters(path, deleted=kind is Change.deleted)
        }
        self._grow(matter)
        self._quiet = not matter

    def add_stamps(self, stamps: dict[Path, tuple[int, ...] | None]) -> None:
        """Take in the files and folders that are others than they were, or than they were when
        they were named."""
        before = {**self._sources.named, **self._stamps}
        both = stamps.keys() & before.keys()
        self._grow({path for path in both if stamps[path] != before[path]})
        self._stamps = stamps

    @property
    def is_over(self) -> bool:
        """Whether all that belongs to it is there, as far as one can tell."""
        pictures = any(self._sources.is_picture(path) for path in self._changed)
        return self._quiet or not pictures or time.monotonic() - self._began > _LONGEST_BURST

    def take(self) -> frozenset[Path]:
        """What changed; the next burst begins."""
        changed, self._changed = frozenset(self._changed), set()
        return changed

    def _grow(self, changed: set[Path]) -> None:
        if changed and not self._changed:
            self._began = time.monotonic()
        self._changed |= changed
