"""The record of a site on the disk: sorted JSON, one file a line, with a seal at its end."""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import PurePath
from typing import Any, BinaryIO, TypeVar

from dreamfolio.pictures.blur import COLOURS, Blur
from dreamfolio.pictures.render_facts import RenderFacts
from dreamfolio.publish.site.record import Record, Written

_VERSION = 1
T = TypeVar("T")

_PLAIN = re.compile(r"[\w-][\w./-]*")
_SECTIONS = ("files", "sizes", "blurs", "renders")
_KEYS = {"version", "mark", "seal", *_SECTIONS}
_SEAL = b',\n"seal": "'
_FILE = re.compile(r'("(?:[^"\\]|\\.)*"): \["([0-9a-f]{64})", (\d{1,15})\],?')

# In bytes.
_AT_ONCE = 200_000
_LONGEST_LINE = 10_000


def write(record: Record, file: BinaryIO) -> None:
    """Write ``record``: the same files give the same bytes.

    Last comes its seal, the SHA-256 of all before it.
    """
    digest = hashlib.sha256()
    for text in _text(record):
        data = text.encode()
        digest.update(data)
        file.write(data)
    file.write(_SEAL + f'{digest.hexdigest()}"\n}}\n'.encode())


def _text(record: Record) -> Iterator[str]:
    yield f'{{\n"version": {_VERSION},\n"mark": {json.dumps(record.mark)},\n"files": '
    yield from _lines(record.files, lambda written: [written.digest, written.size])
    yield ',\n"sizes": '
    yield from _lines(record.sizes, list)
    yield ',\n"blurs": '
    yield from _lines(record.blurs, lambda blur: blur)
    yield ',\n"renders": '
    yield from _lines(record.renders, _facts_form)


def _lines(entries: Mapping[str, T], form: Callable[[T], Any]) -> Iterator[str]:
    between = "{\n"
    for name in sorted(entries):
        yield f"{between}{json.dumps(name)}: {json.dumps(form(entries[name]))}"
        between = ",\n"
    yield "\n}" if entries else "{\n}"


def read(file: BinaryIO) -> Record:
    """What ``write`` wrote into ``file``, a thousand lines at a time: all at once they would take
    ten times the memory. Raises ``OSError``, and ``ValueError`` for anything else."""
    try:
        return _by_lines(file)
    except (ValueError, RecursionError):
        # Of earlier days, laid out anew, or damaged: what it is is found out at leisure.
        file.seek(0)
        return _as_a_whole(file.read())


def _by_lines(file: BinaryIO) -> Record:
    taking = _Taking()
    digest = hashlib.sha256()
    head = [file.readline(_LONGEST_LINE) for _ in range(3)]
    digest.update(b"".join(head))
    taking.head(json.loads(b"".join(head).rstrip(b",\n") + b"}"))
    for number, section in enumerate(_SECTIONS):
        digest.update(b",\n" * (number > 0) + (opening := file.readline(_LONGEST_LINE)))
        if opening != f'"{section}": {{\n'.encode():
            raise ValueError(f"{section} do not follow")
        for lines in _parts(file):
            digest.update(lines)
            taking.entries(section, json.loads(b"{" + lines.rstrip(b",\n") + b"}"))
        digest.update(b"}")
    if file.read() != f'"seal": "{digest.hexdigest()}"\n}}\n'.encode():
        raise ValueError("another seal follows")
    return taking.record


def _parts(file: BinaryIO) -> Iterator[bytes]:
    """The lines of a section, some of them at a time."""
    lines: list[bytes] = []
    size = 0
    while (line := file.readline(_LONGEST_LINE)) != b"},\n":
        if not line.endswith(b"\n"):
            raise ValueError("a line without end")
        lines.append(line)
        size += len(line)
        if size > _AT_ONCE:
            yield b"".join(lines)
            lines, size = [], 0
    if lines:
        yield b"".join(lines)


def _as_a_whole(data: bytes) -> Record:
    body, seal, digest = data.rpartition(_SEAL)
    if seal and digest[:64].decode("ascii", "replace") != hashlib.sha256(body).hexdigest():
        raise ValueError("it was altered since it was written")
    try:
        form = json.loads(data)
    except RecursionError:
        raise ValueError("not a record") from None
    taking = _Taking()
    taking.head(form)
    if unknown := form.keys() - _KEYS:
        raise ValueError(f"not a record: {min(unknown)}")
    # The others are absent from the records of before they were asked, as a mark may be.
    if lacking := {"files", "sizes"} - form.keys():
        raise ValueError(f"not a record: no {min(lacking)}")
    for section in _SECTIONS:
        taking.entries(section, form.get(section, {}))
    return taking.record


def salvaged(data: bytes, is_whole: Callable[[str, Written], bool]) -> Record:
    """What a damaged record still vouches for: the files named in it that ``is_whole`` finds to be
    just what it says was written."""
    files = {}
    for line in data.decode("utf-8", "replace").splitlines():
        if match := _FILE.fullmatch(line):
            try:
                address = _inside(json.loads(match[1]))
            except ValueError:
                continue
            written = Written(match[2], int(match[3]))
            if is_whole(address, written):
                files[address] = written
    return Record(files)


class _Taking:
    """Takes JSON into a ``record``; raises ``ValueError`` for what no record holds."""

    def __init__(self) -> None:
        self.record = Record()
        # Thousands of pictures have one size, and tell nothing of their rendering.
        self._known: dict[Any, Any] = {}

    def head(self, form: Any) -> None:
        if not isinstance(form, dict) or form.get("version") != _VERSION:
            raise ValueError("not a record of this version")
        mark = form.get("mark")
        self.record.mark = mark if isinstance(mark, str) else None

    def entries(self, section: str, forms: Any) -> None:
        record = self.record
        try:
            for name, form in forms.items():
                match section:
                    case "files":
                        digest, size = form
                        record.files[_inside(name)] = Written(str(digest), int(size))
                    case "sizes":
                        record.sizes[sys.intern(name)] = self._one(_size(form))
                    case "blurs":
                        record.blurs[sys.intern(name)] = self._one(_blur(form))
                    case "renders":
                        record.renders[sys.intern(name)] = self._one(_facts(form))
        except (AttributeError, TypeError) as error:
            raise ValueError(f"not a record: {error}") from error

    def _one(self, value: T) -> T:
        """One value for all that are equal."""
        shared: T = self._known.setdefault(value, value)
        return shared


def _size(form: Any) -> tuple[int, int]:
    width, height = map(int, form)
    if min(width, height) < 1:
        raise ValueError("not a record: a picture without a size")
    return width, height


def _blur(form: Any) -> Blur | None:
    if form is None:
        return None
    a, b, c, d = map(int, form)
    if not {a, b, c, d} <= {*range(COLOURS)}:
        raise ValueError("not a record: a blur of unknown colours")
    return a, b, c, d


def _facts_form(facts: RenderFacts) -> list[Any]:
    return [facts.made and facts.made.isoformat(), facts.samples, facts.seconds]


def _facts(form: Any) -> RenderFacts:
    made, samples, seconds = form
    return RenderFacts(
        None if made is None else datetime.fromisoformat(made),
        None if samples is None else int(samples),
        None if seconds is None else int(seconds),
    )


def _inside(name: str) -> str:
    # A record could name a file outside of the site, and the build removes what is named.
    if _PLAIN.fullmatch(name) and ".." not in name:
        return name  # As nearly all are; taking a path apart is slow where there are thousands.
    # As this system reads it: a drive or a backslash is a part of a name on some.
    path = PurePath(name)
    if path.anchor or ".." in path.parts or not path.parts:
        raise ValueError(f"not a file of the site: {name}")
    return name
