"""The published pictures: what is missing or damaged is made, the rest is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dreamfolio.content.settings import SiteSettings
from dreamfolio.errors import DreamfolioError
from dreamfolio.publish.site.encoding import EncodingTask, encode_all
from dreamfolio.publish.site.folder import SiteFolder
from dreamfolio.publish.site.marking import Marking
from dreamfolio.publish.site.pictures import (
    Originals,
    Pictures,
    Published,
    Rendition,
    renditions,
)

_Wanted = Mapping[str, Mapping[str, tuple[Rendition, ...]]]


@dataclass(frozen=True, slots=True)
class Publication:
    """Each picture that could be published; the addresses written this time; and what failed."""

    pictures: Pictures
    written: tuple[str, ...]
    problems: tuple[DreamfolioError, ...]


def publish(
    originals: Originals,
    settings: SiteSettings,
    folder: SiteFolder,
    on_picture: Callable[[int, int], None],
    marking: Marking | None = None,
) -> Publication:
    """Bring the files of ``originals`` in ``folder`` up to date. Raises ``OSError`` where they
    cannot be written; a picture that cannot be read is a problem of its own."""
    wanted = {
        slug: {name: renditions(one, settings, marking) for name, one in here.items()}
        for slug, here in originals.items()
    }
    tasks = _tasks(originals, wanted, folder)
    folder.announce(file.address for task in tasks for file in task.renditions)
    written: list[str] = []
    failed: dict[str, DreamfolioError] = {}
    blurs = dict(folder.before.blurs)
    results = encode_all(tasks)
    on_picture(0, len(tasks))
    try:
        for done, encoded in enumerate(results, start=1):
            digest = encoded.task.original.digest
            if encoded.error is not None:
                failed[digest] = encoded.error
            else:
                blurs[digest] = encoded.blur
            written += [name for name, data in encoded.files.items() if folder.write(name, data)]
            on_picture(done, len(tasks))
    finally:
        results.close()
    pictures = {
        slug: {
            name: Published(one, wanted[slug][name], blurs[one.digest])
            for name, one in here.items()
            if one.digest not in failed
        }
        for slug, here in originals.items()
    }
    for here in pictures.values():
        for one in here.values():
            original = one.original
            folder.record.sizes[original.digest] = (original.width, original.height)
            folder.record.blurs[original.digest] = one.blur
    # In the order gathered, not as they came back: the same problems read the same.
    order = dict.fromkeys(task.original.digest for task in tasks)
    problems = tuple(failed[digest] for digest in order if digest in failed)
    return Publication(pictures, tuple(sorted(written)), problems)


def _tasks(originals: Originals, wanted: _Wanted, folder: SiteFolder) -> list[EncodingTask]:
    tasks = []
    asked: set[str] = set()
    known = {*folder.before.blurs}
    for slug, here in originals.items():
        for name, original in here.items():
            missing = []
            for file in wanted[slug][name]:
                # Two pictures with the same bytes and name share their files.
                if file.address in asked:
                    continue
                asked.add(file.address)
                if folder.holds(file.address):
                    folder.keep(file.address)
                else:
                    missing.append(file)
            if missing or original.digest not in known:
                known.add(original.digest)
                tasks.append(EncodingTask(original, tuple(missing)))
    return tasks
