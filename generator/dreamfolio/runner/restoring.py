"""Bringing pictures back without dreaming: from the cache, or from the same dream on disk."""

from __future__ import annotations

from pathlib import Path

from dreamfolio.content.objects import Variant
from dreamfolio.files import sha256
from dreamfolio.plan import Task
from dreamfolio.runner.recorder import Origin, Recorder
from dreamfolio.survey import Survey


def restore(survey: Survey, task: Task, recorder: Recorder) -> bool:
    """Bring the task's picture back; say whether that went well.

    ``False`` where what the survey saw is gone or damaged since: the picture is to be dreamed.
    Raises ``DreamError`` where it cannot be written.
    """
    if task.key is None or task.variant is None:
        return False
    picture = _twin(survey, task) if task.twin else recorder.cached(task.key, task.suffix)
    if picture is None:
        return False
    recorder.keep(task, picture, _origin(survey, recorder, task.key, task.variant))
    return True


def _twin(survey: Survey, task: Task) -> bytes | None:
    assert task.twin is not None
    slug, file = task.twin
    folder = next(one.folder for one in survey.portfolio.collections if one.slug == slug)
    try:
        picture = Path(folder / file).read_bytes()
    except OSError:
        return None
    return picture if sha256(picture) == survey.facts.outputs.get((slug, file)) else None


def _origin(survey: Survey, recorder: Recorder, key: str, variant: Variant) -> Origin:
    """Where the picture came from, as recorded with the same dream, wherever that stands."""
    for lock in survey.facts.locks.values():
        for entry in lock.values():
            if entry.key == key:
                return Origin(key, entry.network_digest or "", entry.versions)
    return Origin(key, recorder.network_digest(variant), {})
