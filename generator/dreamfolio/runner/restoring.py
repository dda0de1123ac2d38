"""Bringing pictures back without dreaming: from the cache, or from the same dream on disk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dreamfolio.files import read_file, sha256
from dreamfolio.pictures.animation_names import movie_of
from dreamfolio.plan.task import TO_DO, Task
from dreamfolio.runner.origin import Origin
from dreamfolio.runner.recorder import Recorder
from dreamfolio.survey import Survey


def kept_twins(survey: Survey, tasks: Sequence[Task]) -> dict[tuple[str, str], bytes]:
    """The pictures on disk that a task wants and another one will write over, by collection and
    file: two variants that change places, say. They are few, and held in memory."""
    written_over = {(task.collection, task.file) for task in tasks if task.state in TO_DO}
    wanted = {task.twin for task in tasks if task.twin}
    return {
        twin: picture
        for twin in wanted & written_over
        if (picture := _picture(survey, *twin)) is not None
    }


def restore(
    survey: Survey, task: Task, recorder: Recorder, twins: Mapping[tuple[str, str], bytes]
) -> bool:
    """Bring the task's picture back; say whether that went well. ``twins`` are ``kept_twins``.

    ``False`` where what the survey saw is gone or damaged since: the picture is to be dreamed.
    Raises as ``Recorder.keep`` does.
    """
    if task.key is None:
        return False
    picture = movie = None
    if task.is_there:  # It is its MP4 that is to come back.
        picture = _picture(survey, task.collection, task.file)
    elif task.twin:
        movie = _movie(survey, *task.twin)
        picture = twins.get(task.twin) or _picture(survey, *task.twin)
    stored = picture is None
    if picture is None:
        picture = recorder.cached(task.key, task.suffix)
    if picture is None:
        return False
    origin = _origin(survey, task.key, task.network_digest or "")
    recorder.keep(task, picture, origin, stored=stored, movie=movie)
    return True


def _picture(survey: Survey, slug: str, file: str) -> bytes | None:
    """The bytes of a picture as the survey saw it, or ``None`` where it changed since."""
    folder = next(one.folder for one in survey.portfolio.collections if one.slug == slug)
    try:
        picture = read_file(folder / file)
    except OSError:
        return None
    return picture if sha256(picture) == survey.facts.outputs.get((slug, file)) else None


def _movie(survey: Survey, slug: str, file: str) -> bytes | None:
    """The MP4 that was made with a picture, where it is as recorded."""
    name, recorded = movie_of(file), survey.facts.locks[slug][file].movie
    is_whole = recorded is not None and survey.facts.outputs.get((slug, name)) == recorded
    return _picture(survey, slug, name) if is_whole else None


def _origin(survey: Survey, key: str, network_digest: str) -> Origin:
    """Where the picture came from, as recorded with the same dream, wherever that stands."""
    for lock in survey.facts.locks.values():
        for entry in lock.values():
            if entry.key == key:
                return Origin(key, entry.network_digest or "", entry.versions)
    return Origin(key, network_digest, {})
