"""Thumbnails for the README: WebP files in ``thumbs/`` beside the pictures they show.

``thumbs/thumbs.json`` records what each was made of. Together with the digests of what is there
it says which to make anew, and which the artist made by hand: those are kept. No modification
time counts, for a checkout changes them all.
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from dreamfolio.content.layout import THUMBS
from dreamfolio.content.names import fold
from dreamfolio.cores import available_cores
from dreamfolio.errors import DreamfolioError, PictureError, Place, StoreError
from dreamfolio.files import sha256
from dreamfolio.pictures.video import is_video
from dreamfolio.publish.readme import record
from dreamfolio.publish.readme.held import Held, Hold, as_it_is
from dreamfolio.publish.readme.record import UNREAD, Entry, digest_there

RECORD = "thumbs.json"
QUALITY = 82

_MAX_NAME_BYTES = 255 - len(".webp") - len("~12345678")


@dataclass(frozen=True, slots=True)
class Change:
    """A file to write, or to remove where ``data`` is ``None``; ``reason`` tells people why.

    ``old`` is the digest of what is there to be replaced, ``None`` where nothing is. A file that
    is changed ``in_place`` holds its artist's words, too, and must never be gone.
    """

    path: Path
    data: bytes | Held | None
    reason: str
    old: str | None = None
    in_place: bool = False


@dataclass(frozen=True, slots=True)
class Thumbs:
    """A collection's thumbnails as they should be.

    ``files`` says which picture is shown by which file, paths relative to the collection's
    folder; a picture that cannot be shown is missing in it. ``changes`` have removals first.
    ``by_hand`` are those that were changed by hand, and are kept.
    """

    files: Mapping[str, str] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    problems: tuple[DreamfolioError, ...] = ()
    by_hand: tuple[Path, ...] = ()


Verdict = Literal["current", "kept", "make", "compare", "unread"]


def verdict(entry: Entry | None, on_disk: str | None, source: str, width: int) -> Verdict:
    """What to do about one thumbnail, from its record, the digest of the file that is there
    (``None``: none is) and that of its picture.

    ``compare`` is for a file that the record does not account for: either the artist's, or left
    by a run that was interrupted before it could record what it made. Its bytes tell.
    """
    if on_disk is None:
        return "make"
    if on_disk == UNREAD:
        return "unread"
    fresh = entry is not None and entry.made_of(source, width, QUALITY)
    if entry is not None and entry.output == on_disk:
        return "current" if fresh else "make"
    return "kept" if fresh else "compare"


def names(pictures: Iterable[str]) -> dict[str, str]:
    """The thumbnail's file name for each picture: ``brain.png`` → ``brain.png.webp``.

    The suffix stays, so that ``brain.jpg`` dropped beside it later changes nothing. Names that
    some file system takes for one are told apart by a digest.
    """
    flat = {picture: picture.replace("/", "-") for picture in pictures}
    often = Counter(fold(name) for name in flat.values())
    return {
        picture: f"{_short(picture, name, tell_apart=often[fold(name)] > 1)}.webp"
        for picture, name in flat.items()
    }


def plan(
    folder: Path,
    pictures: Iterable[str],
    width: int,
    digest_of: Callable[[Path], str],
    hold: Hold = as_it_is,
) -> Thumbs:
    """The thumbnails, ``width`` pixels wide, of ``pictures`` in a collection's ``folder``.

    Reads, and makes what is missing or stale, which ``hold`` keeps, but writes nothing.
    ``digest_of`` gives a file's SHA-256; it is called from this thread alone. A picture that cannot
    be decoded is a problem of its own, and is shown by the thumbnail it had, if any.
    """
    wanted = names(pictures)
    try:
        what = "thumbnails cannot be read, so they stay as they are"
        entries = record.load(folder / THUMBS / RECORD, Entry, what)
    except StoreError as problem:
        # Without the record nothing tells whose the files are, so all of them stay.
        there = {
            picture: f"{THUMBS}/{name}" if (folder / THUMBS / name).is_file() else picture
            for picture, name in wanted.items()
        }
        return Thumbs(there, (), (problem,))
    looks = [_look(folder, *item, entries, width, digest_of) for item in wanted.items()]
    with ThreadPoolExecutor(min(4, available_cores())) as pool:
        ends = list(pool.map(lambda look: _end(look, folder, width, hold), looks))
    outdated = {
        name: digest_there(folder / THUMBS / name, digest_of)
        for name in sorted(entries.keys() - set(wanted.values()))
    }
    removals = [
        Change(folder / THUMBS / name, None, "no longer shown", digest)
        for name, digest in outdated.items()
        if digest == entries[name].output
    ]
    changes = [end.change for end in ends if end.change]
    recorded = {end.name: end.entry for end in ends if end.entry}
    unread = [name for name, digest in outdated.items() if digest == UNREAD]
    # One that was changed by hand, too, stays known as long as it is there.
    stay = [name for name, digest in outdated.items() if digest not in (None, entries[name].output)]
    recorded.update((name, entries[name]) for name in stay)
    recording = []
    if recorded != entries:
        data = record.dump(recorded) if recorded else None
        recording = [Change(folder / THUMBS / RECORD, data, "out of date")]
    return Thumbs(
        {end.picture: end.shown for end in ends if end.shown},
        # A file system that ignores case takes a renamed picture's old thumbnail for its new one.
        (*removals, *changes, *recording),
        (
            *(end.problem for end in ends if end.problem),
            *(_unreadable(folder / THUMBS / name) for name in unread),
        ),
        tuple(folder / THUMBS / end.name for end in ends if end.by_hand),
    )


@dataclass(frozen=True, slots=True)
class _Look:
    """One thumbnail as it is: its record, the digests of its file and of its picture, and what
    follows. ``source`` is ``None`` where the picture cannot be read."""

    picture: str
    name: str
    entry: Entry | None
    on_disk: str | None
    source: str | None
    decided: Verdict


@dataclass(frozen=True, slots=True)
class _End:
    """One thumbnail as it should be: the file that shows the picture, its record, and what is to
    be done."""

    picture: str
    name: str
    shown: str | None
    entry: Entry | None
    change: Change | None = None
    problem: DreamfolioError | None = None
    by_hand: bool = False


def _look(
    folder: Path,
    picture: str,
    name: str,
    entries: Mapping[str, Entry],
    width: int,
    digest_of: Callable[[Path], str],
) -> _Look:
    entry = entries.get(name)
    on_disk = digest_there(folder / THUMBS / name, digest_of)
    source = digest_there(folder / picture, digest_of)
    decided = verdict(entry, on_disk, source, width) if source else "make"
    return _Look(picture, name, entry, on_disk, source, decided)


def _end(look: _Look, folder: Path, width: int, hold: Hold) -> _End:
    """Make the thumbnail, where that is needed."""
    picture, name, entry, shown = look.picture, look.name, look.entry, f"{THUMBS}/{look.name}"
    if look.decided == "current":
        return _End(picture, name, shown, entry)
    if look.decided == "unread":
        return _End(picture, name, shown, entry, None, _unreadable(folder / THUMBS / name))
    try:
        if not look.source:
            raise PictureError(
                "cannot be read", place=Place(folder / picture), mend="see that you may read it"
            )
        data = make(folder / picture, width)
    except PictureError as problem:
        return _End(picture, name, shown if look.on_disk else None, entry, None, problem)
    made = Entry(look.source, width, QUALITY, sha256(data))
    if look.on_disk == made.output:
        return _End(picture, name, shown, made)
    if look.decided in ("kept", "compare"):
        return _kept(_End(picture, name, shown, entry, by_hand=True), folder / THUMBS / name)
    reason = "missing" if look.on_disk is None else "out of date"
    change = Change(folder / THUMBS / name, hold(data), reason, look.on_disk)
    return _End(picture, name, shown, made, change)


def _kept(end: _End, file: Path) -> _End:
    """The end of a thumbnail that is not the one recorded: its artist's, unless it is damaged."""
    problem = damaged(file)
    return replace(end, problem=problem, by_hand=False) if problem else end


def damaged(file: Path) -> PictureError | None:
    """What is wrong with a file that is not what was made, if it is no picture at all."""
    from dreamfolio.pictures import decode

    if is_video(file):
        return None  # Few can be looked into here.
    try:
        decode.decode(file)
    except PictureError as error:
        mend = "remove it to have it made anew"
        return PictureError(error.message, place=Place(file), mend=mend)
    return None


def _unreadable(file: Path) -> PictureError:
    word = "the thumbnail cannot be read, and stays as it is"
    return PictureError(word, place=Place(file), mend="see that you may read it")


def make(picture: Path, width: int) -> bytes:
    """A thumbnail of ``picture``, at most ``width`` pixels wide, as WebP in sRGB without
    metadata; the same bytes each time. Raises ``PictureError``."""
    from dreamfolio.pictures import decode, web

    small = web.resize(web.to_srgb(decode.decode(picture)), width)
    if small.height > web.LONGEST["webp"]:  # Nobody sees what a strip of a few pixels shows.
        small = small.resize((small.width, web.LONGEST["webp"]))
    return web.encode_web(small, "webp", QUALITY)


def _short(picture: str, name: str, tell_apart: bool) -> str:
    """``name``, cut to what a file system takes, with a digest where that is not enough."""
    data = os.fsencode(name)
    if len(data) <= _MAX_NAME_BYTES and not tell_apart:
        return name
    cut = data[:_MAX_NAME_BYTES].decode(errors="ignore")
    return f"{cut}~{hashlib.sha256(os.fsencode(picture)).hexdigest()[:8]}"
