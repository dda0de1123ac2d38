"""``dreams.lock``: what each variant of one collection was dreamed from, and by what.

JSON with one variant a line, sorted by file name, so that two branches that dream different
variants merge, and a diff names just what changed. Where both add lines at one place, git asks
which to keep, unless a ``.gitattributes`` has ``dreams.lock merge=union``: that keeps both, and a
comma that is missing between them then is read all the same. It is the truth for a build.
"""

from __future__ import annotations

import contextlib
import functools
import json
import os
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from dreamfolio.dream.target import Target
from dreamfolio.errors import LockError, Place, StoreError, mend_of, reason
from dreamfolio.files import opened, write_if_changed
from dreamfolio.store.seals import seal_of, sealed, unsealed

if TYPE_CHECKING:
    from pydantic import TypeAdapter

T = TypeVar("T")

FILE = "dreams.lock"

VERSION = 1
"""Raised when an older dreamfolio could no longer read the file rightly."""

MAX_BYTES = 100_000_000
"""More than the lines of a hundred thousand variants take."""

_RESTORE = "restore it from version control"
_MARKERS = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")
_KEY = re.compile(r"[0-9a-f]{64}")
_NO_NAME = re.compile(r"[/\\\0]")
_A_VARIANT = re.compile(r'\s*"(?:[^"\\]|\\.)+":\s*\{.*\},?\s*')
_A_SOURCE = re.compile(r'"source_pixels"\s*:')


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One variant as it was dreamed, or as it was adopted.

    ``key`` is None where it is unknown, as for adopted pictures. ``source`` is the source's file
    name in the collection, ``source_file`` the SHA-256 of its bytes and ``source_pixels`` the
    digest of its pixels, so that a fresh clone need not decode it. ``network`` is the network's
    label and ``model`` how the manifest names it, with paths relative to the portfolio's root.
    ``layers`` are canonical and its own; ``asked`` is what stood in their place in the manifest
    where that was something else: ``mixed4 of inception_v3`` where another network stood in.
    ``recipe_asked`` is the manifest's recipe, ``recipe`` its canonical form.
    ``output`` is the SHA-256 of the bytes of the picture as written, ``movie`` that of the MP4
    which was made of the same frames, where the picture is an animation and one was.
    """

    key: str | None
    source: str
    source_file: str
    source_pixels: str
    network: str
    network_digest: str | None
    model: Any
    preprocess: str
    layers: tuple[Target, ...]
    recipe_asked: Any
    recipe: dict[str, Any]
    output: str
    versions: dict[str, str]
    asked: str | None = None
    adopted: bool = False
    movie: str | None = None


def adopted(
    *,
    source: str,
    source_file: str,
    source_pixels: str,
    network: str,
    model: Any,
    preprocess: str,
    layers: tuple[Target, ...],
    output: str,
    asked: str | None,
) -> Entry:
    """The entry of a picture from before dreamfolio: nobody knows its recipe, nor the weights."""
    return Entry(
        key=None,
        source=source,
        source_file=source_file,
        source_pixels=source_pixels,
        network=network,
        network_digest=None,
        model=model,
        preprocess=preprocess,
        layers=layers,
        recipe_asked=None,
        recipe={},
        output=output,
        versions={},
        asked=asked,
        adopted=True,
    )


Lock = Mapping[str, Entry]
"""Entries by the file name of their variant."""


def read(path: Path) -> dict[str, Entry]:
    """The lock at ``path``, empty where there is none.

    Raises ``LockError``, placed at the line, where it is damaged, half merged or written by a
    later dreamfolio.
    """
    data = bytes_at(path)
    return loads(data, path) if data is not None else {}


def bytes_at(path: Path) -> bytes | None:
    """What a lock's file holds, ``None`` where there is none; raises ``LockError``."""
    try:
        with opened(path) as file:
            if os.fstat(file.fileno()).st_size > MAX_BYTES:
                word = f"is larger than {MAX_BYTES // 1_000_000} MB"
                raise LockError(word, place=Place(path), mend=_RESTORE)
            return file.read()
    except FileNotFoundError:
        return None
    except OSError as error:
        word = f"cannot be read ({reason(error)})"
        raise LockError(word, place=Place(path), mend=mend_of(error)) from error


def loads(data: bytes, path: Path) -> dict[str, Entry]:
    """The lock that ``data`` is, as ``path`` held it; raises as ``read`` does."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise LockError("is not UTF-8 text", place=Place(path), mend=_RESTORE) from error

    text = unsealed(text)
    return _sound(text) or _Reading(path, text).lock()


def write(path: Path, lock: Lock) -> bool:
    """Write ``lock`` to ``path``, whole or not at all; say whether that changed the file.

    Equal locks give equal bytes. Raises ``StoreError``.
    """
    return write_text(path, dumps(lock))


def write_text(path: Path, text: str) -> bool:
    """``write`` for a lock that is text already."""
    try:
        return write_if_changed(path, text.encode())
    except UnicodeEncodeError as error:
        raise StoreError(
            "a file name is not valid Unicode", place=Place(path), mend="rename that picture"
        ) from error
    except OSError as error:
        word = f"cannot be written ({reason(error)})"
        raise StoreError(word, place=Place(path), mend=mend_of(error)) from error


def dumps(lock: Lock) -> str:
    """``lock`` as the text of a ``dreams.lock``."""
    return text_of(line(file, entry) for file, entry in sorted(lock.items()))


def text_of(lines: Iterable[str]) -> str:
    """The text of a ``dreams.lock`` that has these ``lines``, one a variant."""
    variants = _NEXT.join(lines)
    if variants:
        return f"{_HEAD}{variants}{_TAIL}"
    return f'{{\n "version": {VERSION},\n "variants": {{}}\n}}\n'


def line(file: str, entry: Entry) -> str:
    """The line of the variant ``file``, without the comma at its end."""
    return sealed(f"  {_json(file)}: {_json(_as_json(entry))}")


def _as_json(entry: Entry) -> dict[str, Any]:
    form = {field: getattr(entry, field) for field in _FIELDS}
    # A weight given as 1 is read back as 1.0; written alike, the bytes stay the same.
    form["layers"] = [
        {"layer": target.layer, "weight": float(target.weight)} for target in entry.layers
    ]
    # Only where there is one: the lines of all other variants are as they ever were.
    if entry.movie is None:
        del form["movie"]
    return form


_FIELDS = tuple(field.name for field in fields(Entry))
_ENCODER = json.JSONEncoder(sort_keys=True, ensure_ascii=False, allow_nan=False)


def _json(value: Any) -> str:
    return _ENCODER.encode(value)


def _sound(text: str) -> dict[str, Entry] | None:
    """The entries of a lock in which nothing is wrong, in less than half the time that it
    takes to find out what is; ``None`` where anything might be."""
    from pydantic import ValidationError

    entries: dict[str, Entry] = {}
    try:
        for part in _parts(text.replace("\r\n", "\n")):
            entries.update(_all_entries().validate_json(part))
    except (ValidationError, _LaidOutAnew):
        return None
    # Of two entries of one name, only the last would be left.
    once = len(_A_SOURCE.findall(text)) == len(entries)
    if not once or not all(_is_name(file) and _is_sound(entry) for file, entry in entries.items()):
        return None
    _share(entries.values())
    return entries


class _LaidOutAnew(Exception):
    """A lock whose lines are not those that dreamfolio wrote, which may be well all the same."""


def _parts(text: str) -> Iterator[str]:
    """The entries of a lock as JSON, some hundred at a time. Of all at once, each might have a
    dozen mistakes, and to tell a million of those takes all memory there is."""
    if not text.startswith(_HEAD) or not text.endswith(_TAIL):
        raise _LaidOutAnew
    at, last = len(_HEAD), len(text) - len(_TAIL)
    while at < last:
        end = text.find(_NEXT, at + _AT_ONCE, last)
        end = end if end >= 0 else last
        if end > at + 2 * _AT_ONCE:
            raise _LaidOutAnew
        yield f"{{{text[at:end]}}}"
        at = end + len(_NEXT)


_HEAD, _NEXT, _TAIL = f'{{\n "version": {VERSION},\n "variants": {{\n', ",\n", "\n }\n}\n"
_AT_ONCE = 200_000


def _share(entries: Iterable[Entry]) -> None:
    """Let what is equal in ``entries`` be one object: thousands were dreamed by one recipe, which
    takes more memory than all the rest of an entry."""
    known: dict[str, tuple[Any, ...]] = {}
    for entry in entries:
        values = _OF_MANY(entry)
        # By their text, which tells 1 from 1.0 and from True; equal values do not.
        shared = known.setdefault(repr(values), values)
        if shared is not values:
            for field, value in zip(_SHARED, shared, strict=True):
                object.__setattr__(entry, field, value)
        # What others remember of the same files.
        for field in _INTERNED:
            object.__setattr__(entry, field, sys.intern(getattr(entry, field)))


_SHARED = ("recipe", "recipe_asked", "versions", "model", "layers", "network_digest")
_OF_MANY = attrgetter(*_SHARED)
_INTERNED = ("source", "source_file", "source_pixels", "output")


def _is_name(file: str) -> bool:
    # Names become paths, and the key a path in the cache: none may lead elsewhere.
    return file not in ("", ".", "..") and not _NO_NAME.search(file)


def _is_sound(entry: Entry) -> bool:
    return _is_name(entry.source) and (entry.key is None or _KEY.fullmatch(entry.key) is not None)


def _with_commas(text: str) -> str:
    """``text`` with a comma at the end of each variant's line but the last: what is missing where
    git put the lines of two branches together (``merge=union``), or where hands did. A line is
    whole in itself, so it cannot be misread for that."""
    lines = text.split("\n")
    variants = [i for i, line in enumerate(lines) if _A_VARIANT.fullmatch(line)]
    for i in variants:
        lines[i] = lines[i].rstrip().removesuffix(",") + ("," if i != variants[-1] else "")
    return "\n".join(lines)


class _Reading:
    """The text of one lock on its way to entries; knows on which line what stands."""

    def __init__(self, path: Path, text: str):
        self.path = path
        self.text = text

    def lock(self) -> dict[str, Entry]:
        whole = self._parse()
        if not isinstance(whole, dict) or not isinstance(whole.get("version"), int):
            raise self._error("is not a lock of dreamfolio")
        if whole["version"] > VERSION:
            raise self._error(
                f"was written by a later dreamfolio (format {whole['version']}; this one knows "
                f"{VERSION})",
                line=self._line_of('"version"'),
                mend="install a newer dreamfolio",
            )
        variants = whole.get("variants")
        if not isinstance(variants, dict) or set(whole) != {"version", "variants"}:
            raise self._error("is not a lock of dreamfolio")
        return {file: self._entry(file, form) for file, form in variants.items()}

    def _parse(self) -> Any:
        for number, line in enumerate(self.text.splitlines(), start=1):
            if line.startswith(_MARKERS):
                raise self._error(
                    f"holds an unresolved merge conflict (`{line[:7]}`)",
                    line=number,
                    mend="keep each variant's line once, from the side whose picture you keep, "
                    "with a comma after every variant but the last, and delete the lines that "
                    "start with <<<<<<<, ======= and >>>>>>>",
                )
        try:
            return json.loads(self.text, object_pairs_hook=self._object)
        except json.JSONDecodeError as error:
            with contextlib.suppress(ValueError, RecursionError):
                return json.loads(_with_commas(self.text), object_pairs_hook=self._object)
            raise LockError(
                f"is not valid JSON ({error.msg})",
                place=Place(self.path, error.lineno, error.colno),
                mend=f"{_RESTORE}, or mend the line: each variant but the last ends with a comma",
            ) from error
        except (RecursionError, ValueError) as error:  # As of numbers that nobody counts to.
            raise self._error("is not a lock of dreamfolio") from error

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        form = dict(pairs)
        if len(form) < len(pairs):
            twice = next(
                name for name, count in Counter(name for name, _ in pairs).items() if count > 1
            )
            raise self._error(
                f"{twice} stands in it twice",
                line=self._line_of(_json(twice), last=True),
                mend="delete one of the two lines, that of the picture you do not keep",
            )
        return form

    def _entry(self, file: str, form: Any) -> Entry:
        from pydantic import ValidationError

        # Still there where the line is not as it was written: it may only be laid out anew.
        seal = form.pop("seal", None) if isinstance(form, dict) else None
        try:
            entry = _entries().validate_python(form)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            where = ".".join(str(part) for part in first["loc"])
            raise self._error_of(
                file, f"the entry of {file} is damaged ({where}: {first['msg'].lower()})"
            ) from error
        for name in (file, entry.source):
            if not _is_name(name):
                raise self._error_of(file, f"{name!r} is not the name of a picture")
        if not _is_sound(entry):
            raise self._error_of(file, f"the entry of {file} is damaged (key: not a SHA-256)")
        if seal is not None and seal != seal_of(f"{_json(file)}: {_json(form)}"):
            raise self._error(
                f"the entry of {file} was altered since it was written",
                line=self._line_of(_json(file)),
                mend=f'{_RESTORE}; or, if you changed it yourself, delete its "seal"',
            )
        return entry

    def _error_of(self, file: str, message: str) -> LockError:
        # Lines are counted only now: for each entry of a good lock, that would take a while.
        return self._error(message, line=self._line_of(_json(file)))

    def _line_of(self, needle: str, *, last: bool = False) -> int | None:
        found = [
            number
            for number, line in enumerate(self.text.splitlines(), start=1)
            if line.lstrip().startswith(needle)
        ]
        return found[-1 if last else 0] if found else None

    def _error(self, message: str, *, line: int | None = None, mend: str = _RESTORE) -> LockError:
        return LockError(message, place=Place(self.path, line), mend=mend)


@functools.cache
def _all_entries() -> TypeAdapter[dict[str, Entry]]:
    return _strictly(dict[str, Entry])


@functools.cache
def _entries() -> TypeAdapter[Entry]:
    return _strictly(Entry)


def _strictly(kind: type[T]) -> TypeAdapter[T]:
    from pydantic import ConfigDict, TypeAdapter, with_config

    with_config(ConfigDict(extra="forbid"))(Entry)
    return TypeAdapter(kind)
