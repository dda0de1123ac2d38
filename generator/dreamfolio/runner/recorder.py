"""The one writer of a run: pictures, cache entries and lock lines, in an order that is safe.

A picture goes into the cache, then to its place, then into the lock. Whatever moment a run is cut
off at, the next one finds a finished dream again: by its place, or by its key.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from dreamfolio.content.model_asked import model_asked
from dreamfolio.content.objects import Variant
from dreamfolio.errors import DreamError, PictureError, Place, StoreError, mend_of, reason
from dreamfolio.files import read_file, sha256, write_atomically
from dreamfolio.pictures.animation_names import MOVIE_SUFFIX, movie_of
from dreamfolio.pictures.provenance import read_provenance
from dreamfolio.plan.facts import SourceFacts
from dreamfolio.plan.task import State, Task
from dreamfolio.runner.movies import bring_up_to_date
from dreamfolio.runner.origin import Origin, adopted_entry, dreamed_entry
from dreamfolio.runner.outcome import Outcome
from dreamfolio.store import lock as locks
from dreamfolio.store.lock import Entry, Lock
from dreamfolio.store.lock_editor import LockEditor
from dreamfolio.survey import Survey


class Recorder:
    """Writes what a run makes. Safe to call from several threads."""

    def __init__(self, survey: Survey, outcome: Outcome):
        self._survey = survey
        self._outcome = outcome
        self._folders = {one.slug: one.folder for one in survey.portfolio.collections}
        self._made: dict[tuple[str, str], str] = {}
        self._known: dict[str, Lock] = dict(survey.facts.locks)
        self._editor = LockEditor()
        self._guard = threading.Lock()
        # Where the survey could not reach it, that is told already.
        self._cache_reads = self._cache_writes = not survey.problems

    def path(self, task: Task) -> Path:
        """Where the task's picture belongs."""
        return self._folders[task.collection] / task.file

    def source(self, task: Task) -> Path:
        """Where the task's source lies."""
        return self._folders[task.collection] / task.source

    def beside(self, task: Task, name: str) -> Path:
        """Where a picture lies that is named by its path from the task's source."""
        return self._folders[task.collection] / name

    def cached(self, key: str, suffix: str) -> bytes | None:
        """The picture of ``key`` in the cache; ``None`` also where the cache is out of reach."""
        if not self._cache_reads:
            return None
        try:
            return self._survey.cache.get(key, suffix)
        except StoreError as error:
            # Once is enough: an unreachable bucket would cost a time-out for every picture.
            self._cache_reads = self._cache_writes = False
            self._outcome.warnings.append(error)
            return None

    def made(self, task: Task) -> bytes | None:
        """The picture of a task that was kept, as recorded; ``None`` where it is another now."""
        try:
            picture = read_file(self.path(task))
        except OSError:
            return None
        with self._guard:
            digest = self._made.get((task.collection, task.file))
        return picture if digest == sha256(picture) else None

    def keep(
        self,
        task: Task,
        picture: bytes,
        origin: Origin,
        *,
        stored: bool = False,
        movie: bytes | None = None,
    ) -> None:
        """Write a finished picture and record it; ``stored`` says that the cache has it already.

        With an animation goes its ``movie``, the MP4: where none is given, that in the cache.
        Raises ``DreamError`` where it must not or cannot be written (it is in the cache then),
        ``StoreError`` or ``PictureError`` where it cannot be recorded.
        """
        with self._guard:
            # The movie first: an animation in the cache stands for all of its dream.
            if movie is not None and not stored:
                self._store(origin.key, MOVIE_SUFFIX, movie)
            if not stored:
                self._store(origin.key, task.suffix, picture)
            if movie is None and task.moves:
                movie = self.cached(origin.key, MOVIE_SUFFIX)
            self._place(task, picture)
            if task.moves:
                self._place_movie(task, movie)
            versions = origin.versions or self._versions_inside(task)
            entry = self._entry(task, sha256(picture), replace(origin, versions=versions))
            self._record(task, _with(movie, entry))

    def take_note(self, tasks: Iterable[Task]) -> None:
        """Record pictures that stand in their place but not in the lock: adopted ones, and those
        whose run was cut off before it recorded them."""
        with self._guard:
            lines: dict[str, dict[str, Entry | None]] = {}
            for task in tasks:
                try:
                    entry = self._noted(task)
                except (PictureError, DreamError) as error:  # The next run notes it.
                    self._outcome.problems.append(error)
                    continue
                if entry:
                    lines.setdefault(task.collection, {})[task.file] = entry
            for slug in sorted(lines):
                self._try_to_write(slug, lines[slug])

    def _noted(self, task: Task) -> Entry | None:
        if task.output is None or task.variant is None or task.problem:
            return None
        if task.key is None or task.state is State.ADOPTED:
            return adopted_entry(
                task,
                task.variant,
                self._source_facts(task),
                self._model(task.variant),
                task.output,
            )
        movie = self.cached(task.key, MOVIE_SUFFIX) if task.moves else None
        if task.moves:  # The run may have been cut off between the two.
            self._place_movie(task, movie)
        origin = Origin(task.key, task.network_digest or "", self._versions_inside(task))
        return _with(movie, self._entry(task, task.output, origin))

    def forget_vanished(self) -> None:
        """Drop the lock lines of pictures that are neither wanted nor there any more."""
        wanted: dict[str, set[str]] = {}
        for task in self._survey.tasks:
            wanted.setdefault(task.collection, set()).add(task.file)
        with self._guard:
            for slug, lock in self._survey.facts.locks.items():
                vanished: dict[str, Entry | None] = {
                    file: None
                    for file, entry in lock.items()
                    if file not in wanted.get(slug, ()) and self._is_gone(slug, file, entry)
                }
                if vanished:
                    self._try_to_write(slug, vanished)

    def _is_gone(self, slug: str, file: str, entry: Entry) -> bool:
        """Whether the picture is, and the MP4 that was made with it."""
        movie = self._survey.facts.outputs.get((slug, movie_of(file)))
        has_movie = entry.movie is not None and movie == entry.movie
        names = (file, movie_of(file)) if has_movie else (file,)
        return all(_is_gone(self._folders[slug] / name) for name in names)

    def _store(self, key: str, suffix: str, picture: bytes) -> None:
        if not self._cache_writes:
            return
        try:
            self._survey.cache.put(key, suffix, picture)
        except StoreError as error:
            # It may be full, or another's to write: what lies there still comes back.
            self._cache_writes = False
            self._outcome.warnings.append(error)

    def _put_aside(self, key: str | None, suffix: str, picture: bytes) -> None:
        """See that a dream which is about to be written over can come back. In a fresh clone it
        is nowhere but on disk, and another variant may want it yet."""
        if key is not None and self.cached(key, suffix) is None:
            self._store(key, suffix, picture)

    def _place(self, task: Task, picture: bytes) -> None:
        path = self.path(task)
        try:
            old = read_file(path) if path.exists() else None
            there = sha256(old) if old is not None else None
            if there == sha256(picture):
                return
            if there != task.output:
                raise DreamError(
                    "was changed while its dream went on, and is kept as it is",
                    place=Place(path),
                    mend="the dream is in the cache; move the picture away and build again",
                )
            if old is not None and task.entry and task.entry.output == there:
                self._put_aside(task.entry.key, task.suffix, old)
            write_atomically(path, picture)
        except OSError as error:
            raise DreamError(
                f"cannot be written ({reason(error)})",
                place=Place(path),
                mend=mend_of(error),
            ) from None

    def _place_movie(self, task: Task, movie: bytes | None) -> None:
        entry, path = task.entry, self.path(task).with_name(movie_of(task.file))
        try:
            bring_up_to_date(
                path,
                movie,
                entry.movie if entry else None,
                lambda old: self._put_aside(entry.key if entry else None, MOVIE_SUFFIX, old),
            )
        except OSError as error:
            raise DreamError(
                f"cannot be written ({reason(error)})", place=Place(path), mend=mend_of(error)
            ) from None

    def _record(self, task: Task, entry: Entry) -> None:
        self._made[task.collection, task.file] = entry.output
        self._write(task.collection, {task.file: entry})

    def _try_to_write(self, slug: str, lines: Mapping[str, Entry | None]) -> None:
        """Write lines that no picture waits for: one that cannot be written costs only itself."""
        try:
            self._write(slug, lines)
        except StoreError as error:
            self._outcome.problems.append(error)

    def _write(self, slug: str, lines: Mapping[str, Entry | None]) -> None:
        """Put these lines into a lock, or take those that are ``None`` out of it."""
        path = self._folders[slug] / locks.FILE
        # Read anew: another run, or a pull in the middle of a long build, may have added lines. One
        # that is not there at this moment, as while git writes it anew, is still the lock we know.
        lock = self._editor.read(path) or dict(self._known.get(slug, {}))
        for file, entry in lines.items():
            if entry is None:
                lock.pop(file, None)
            elif not entry.adopted or file not in lock:  # Which says more than that it was there.
                lock[file] = entry
        self._editor.write(path, lock)
        self._known[slug] = lock

    def _entry(self, task: Task, output: str, origin: Origin) -> Entry:
        assert task.variant is not None
        return dreamed_entry(
            task, task.variant, self._source_facts(task), self._model(task.variant), output, origin
        )

    def _source_facts(self, task: Task) -> SourceFacts:
        return self._survey.facts.sources[task.collection, task.source]

    def _model(self, variant: Variant) -> Any:
        return model_asked(variant.network, self._survey.portfolio.root)

    def _versions_inside(self, task: Task) -> dict[str, str]:
        """The versions by which the picture says it was dreamed; raises ``PictureError``."""
        versions = (read_provenance(self.path(task)) or {}).get("versions")
        if not isinstance(versions, dict):
            return {}
        return {str(name): str(version) for name, version in versions.items()}


def _with(movie: bytes | None, entry: Entry) -> Entry:
    return replace(entry, movie=sha256(movie) if movie is not None else None)


def _is_gone(path: Path) -> bool:
    """Whether nothing stands there; not so where that cannot be told just now."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False
