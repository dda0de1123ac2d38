"""Dreams whose variant left its manifest: to be dropped only where each can come back.

Nothing an artist made is touched: not an adopted picture, and none that was retouched. What goes
is put into the cache first, where it is then as young as can be.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path, PurePath

from dreamfolio.errors import StoreError
from dreamfolio.files import read_file, sha256
from dreamfolio.plan.task import State, Task
from dreamfolio.store.cache import Cache
from dreamfolio.survey import Survey
from dreamfolio.sweep.waste import Found, Kind, Waste


def orphans(survey: Survey, *, asked: bool) -> Found:
    """The orphans of ``survey``, where they are ``asked`` for."""
    found = Found()
    folders = {one.slug: one.folder for one in survey.portfolio.collections}
    ours = 0
    for task in survey.tasks:
        if task.state is not State.ORPHAN:
            continue
        path = folders[task.collection] / task.file
        name = survey.portfolio.relative(path)
        recorded = _recorded(task)
        if recorded is None:
            found.kept.append(f"{name}, which was here before dreamfolio")
        elif recorded != task.output:
            found.kept.append(f"{name}, which was changed by hand since it was dreamed")
        elif not asked:
            ours += 1
        elif path.is_symlink():
            found.kept.append(f"{name}, which is a link")
        else:
            drop = partial(_put_away, survey.cache, task, path, recorded)
            found.waste.append(Waste(Kind.ORPHAN, name, path.stat().st_size, drop))
    if ours:
        what, them = ("1 dream", "it") if ours == 1 else (f"{ours} dreams", "them")
        found.kept.append(
            f"{what} that no manifest asks for any more (to put {them} away: --orphans)"
        )
    return found


def _recorded(task: Task) -> str | None:
    """The digest of the task's file as dreamfolio wrote it."""
    if task.entry is None or task.entry.adopted or task.entry.key is None:
        return None
    is_movie = PurePath(task.file).suffix.lower() == ".mp4"
    return task.entry.movie if is_movie else task.entry.output


def _put_away(cache: Cache, task: Task, path: Path, recorded: str) -> None:
    """Move the picture into the cache. Raises ``OSError``, and ``StoreError`` where it would not
    be safe there."""
    assert task.entry is not None
    assert task.entry.key is not None
    picture = read_file(path)
    if sha256(picture) != recorded:
        return  # It was retouched this very moment.
    cache.put(task.entry.key, task.suffix, picture)
    if cache.get(task.entry.key, task.suffix) != picture:
        raise StoreError(f"{path.name} does not come back from the cache, and is kept")
    path.unlink()
