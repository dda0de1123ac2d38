"""Clean copies for the README's links: the pictures as they are, without what they tell.

They stand in ``thumbs/clean/``, and only of pictures whose metadata tells of a disk, a place or
a device; the others are linked to themselves. ``clean.json`` beside them records what each was
made of, and of which pictures there is nothing to take out, so that none is looked at twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from dreamfolio.content.layout import THUMBS
from dreamfolio.cores import available_cores
from dreamfolio.errors import DreamfolioError, PictureError, Place, StoreError, mend_of, reason
from dreamfolio.files import sha256
from dreamfolio.pictures.clean import CLEANING, verified
from dreamfolio.pictures.telling import telling
from dreamfolio.publish.readme import record
from dreamfolio.publish.readme.held import Hold, as_it_is
from dreamfolio.publish.readme.record import UNREAD, digest_there
from dreamfolio.publish.readme.thumbs import Change, damaged

FOLDER = "clean"
RECORD = "clean.json"


@dataclass(frozen=True, slots=True)
class Entry:
    """What a copy was made of and by, and what came out (SHA-256); no ``output`` where the
    picture tells nothing."""

    source: str
    cleaning: str
    output: str | None


@dataclass(frozen=True, slots=True)
class Copies:
    """What to link to for each picture, paths relative to the collection's folder; a picture that
    cannot be linked to without telling is missing in it. ``changes`` have removals first."""

    files: Mapping[str, str] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    problems: tuple[DreamfolioError, ...] = ()
    by_hand: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class _End:
    """One picture as it should be linked to, and what is to be done for that."""

    picture: str
    linked: str | None
    entry: Entry | None
    change: Change | None = None
    problem: DreamfolioError | None = None
    by_hand: bool = False


def plan(
    folder: Path,
    pictures: Iterable[str],
    digest_of: Callable[[Path], str],
    hold: Hold = as_it_is,
) -> Copies:
    """The clean copies of ``pictures`` in a collection's ``folder``.

    Reads, and makes what is missing or stale, which ``hold`` keeps, but writes nothing.
    ``digest_of`` gives a file's SHA-256; it is called from this thread alone. A copy that was
    changed by hand is kept.
    """
    place = folder / THUMBS / FOLDER
    try:
        what = "clean copies cannot be read, so no picture is linked to"
        entries = record.load(place / RECORD, Entry, what)
    except StoreError as problem:
        return Copies({}, (), (problem,))
    wanted = tuple(pictures)
    digests = {
        name: (digest_there(folder / name, digest_of), digest_there(place / name, digest_of))
        for name in wanted
    }

    def end(name: str) -> _End:
        return _end(folder, name, *digests[name], entries, hold)

    with ThreadPoolExecutor(min(4, available_cores())) as pool:
        ends = list(pool.map(end, wanted))
    kept = {end.picture for end in ends if end.linked and end.linked != end.picture}
    outdated = {
        name: digest_there(place / name, digest_of)
        for name in sorted(entries.keys() - kept)
        if entries[name].output
    }
    removals = [
        Change(place / name, None, "no longer needed", digest)
        for name, digest in outdated.items()
        if digest == entries[name].output
    ]
    recorded = {end.picture: end.entry for end in ends if end.entry}
    unread = [name for name, digest in outdated.items() if digest == UNREAD]
    # One that was changed by hand, too, stays known as long as it is there.
    stay = [name for name, digest in outdated.items() if digest not in (None, entries[name].output)]
    recorded.update((name, entries[name]) for name in stay)
    recording = []
    if recorded != entries:
        data = record.dump(recorded) if recorded else None
        recording = [Change(place / RECORD, data, "out of date")]
    return Copies(
        {end.picture: end.linked for end in ends if end.linked},
        (*removals, *(end.change for end in ends if end.change), *recording),
        (
            *(end.problem for end in ends if end.problem),
            *(_unread(place / name) for name in unread),
        ),
        tuple(place / end.picture for end in ends if end.by_hand),
    )


def _end(
    folder: Path,
    picture: str,
    source: str | None,
    on_disk: str | None,
    entries: Mapping[str, Entry],
    hold: Hold,
) -> _End:
    entry = entries.get(picture)
    original, copy = folder / picture, folder / THUMBS / FOLDER / picture
    linked = copy.relative_to(folder).as_posix()
    fresh = entry is not None and (entry.source, entry.cleaning) == (source, CLEANING)
    if entry and fresh:
        if entry.output is None:
            return _End(picture, picture, entry)
        if on_disk == entry.output:
            return _End(picture, linked, entry)
    try:
        if not source:
            raise _unread(original)
        if not telling(original):
            return _End(picture, picture, Entry(source, CLEANING, None))
        data = verified(original)
    except PictureError as error:
        return _End(picture, None, None, problem=error)
    except OSError as error:
        word = f"cannot be read ({reason(error)})"
        unread = PictureError(word, place=Place(original), mend=mend_of(error))
        return _End(picture, None, None, problem=unread)
    made = Entry(source, CLEANING, sha256(data))
    if on_disk == UNREAD:
        return _End(picture, None, entry, problem=_unread(copy))
    if fresh and on_disk not in (None, made.output):
        # Another than was made is the artist's own, if it is any.
        problem = damaged(copy)
        return _End(picture, linked, entry, problem=problem, by_hand=problem is None)
    if on_disk not in (None, made.output, entry.output if entry else None):
        foreign = StoreError(
            "stands where the clean copy of a picture belongs",
            place=Place(copy),
            mend="move it away",
        )
        return _End(picture, None, None, problem=foreign)
    if on_disk == made.output:
        return _End(picture, linked, made)
    why = "missing" if on_disk is None else "out of date"
    return _End(picture, linked, made, Change(copy, hold(data), why, on_disk))


def _unread(path: Path) -> PictureError:
    return PictureError("cannot be read", place=Place(path), mend="see that you may read it")
