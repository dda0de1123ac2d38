"""What the build wrote into the site's folder, so that it never touches what it did not write."""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePath
from typing import Any, BinaryIO, TypeVar

from dreamfolio.pictures.blur import COLOURS, Blur
from dreamfolio.pictures.render_facts import RenderFacts

_VERSION = 1
T = TypeVar("T")

_PLAIN = re.compile(r"[\w-][\w./-]*")
_KEYS = {"version", "mark", "files", "sizes", "blurs", "renders", "seal"}
_SEAL = b',\n"seal": "'
_FILE = re.compile(r'("(?:[^"\\]|\\.)*"): \["([0-9a-f]{64})", (\d{1,15})\],?')


@dataclass(frozen=True, slots=True)
class Written:
    """A file as it was written: SHA-256 and size in bytes."""

    digest: str
    size: int


UNDERWAY = Written("", -1)
"""A file of ours whose writing a build announced, and may or may not have come to."""


@dataclass(slots=True)
class Record:
    """The files written, by address; ``mark``, the `fingerprint` of what the pages among them were
    made of; and of the pictures shown, by the digest of their file, the sizes in pixels, the blurs
    and what sources tell of their rendering: what would otherwise be read from every picture at
    every build."""

    files: dict[str, Written] = field(default_factory=dict)
    sizes: dict[str, tuple[int, int]] = field(default_factory=dict)
    renders: dict[str, RenderFacts] = field(default_factory=dict)
    mark: str | None = None
    blurs: dict[str, Blur | None] = field(default_factory=dict)

    def write_to(self, file: BinaryIO) -> None:
        """Write the record as sorted JSON, one file a line: the same files give the same bytes.

        Last comes its seal, the SHA-256 of all before it.
        """
        digest = hashlib.sha256()
        for text in self._text():
            data = text.encode()
            digest.update(data)
            file.write(data)
        file.write(_SEAL + f'{digest.hexdigest()}"\n}}\n'.encode())

    def _text(self) -> Iterator[str]:
        yield f'{{\n"version": {_VERSION},\n"mark": {json.dumps(self.mark)},\n"files": '
        yield from _lines(self.files, lambda written: [written.digest, written.size])
        yield ',\n"sizes": '
        yield from _lines(self.sizes, list)
        yield ',\n"blurs": '
        yield from _lines(self.blurs, lambda blur: blur)
        yield ',\n"renders": '
        yield from _lines(self.renders, _facts_form)

    @classmethod
    def from_json(cls, data: bytes) -> Record:
        """Raises ``ValueError`` for anything that ``write_to`` does not write."""
        body, seal, digest = data.rpartition(_SEAL)
        if seal and digest[:64].decode("ascii", "replace") != hashlib.sha256(body).hexdigest():
            raise ValueError("it was altered since it was written")
        try:
            read = json.loads(data)
        except RecursionError:
            raise ValueError("not a record") from None
        if not isinstance(read, dict) or read.get("version") != _VERSION:
            raise ValueError("not a record of this version")
        try:
            files = {
                _inside(name): Written(str(digest), int(size))
                for name, (digest, size) in read.pop("files").items()
            }
            sizes = {
                sys.intern(str(digest)): (int(width), int(height))
                for digest, (width, height) in read.pop("sizes").items()
            }
            # These are absent from the records of before they were asked.
            renders = {
                sys.intern(str(digest)): _facts(form)
                for digest, form in read.pop("renders", {}).items()
            }
            blurs = {
                sys.intern(str(digest)): _blur(form)
                for digest, form in read.pop("blurs", {}).items()
            }
        except (AttributeError, KeyError, TypeError) as error:
            raise ValueError(f"not a record: {error}") from error
        if not all(width > 0 and height > 0 for width, height in sizes.values()):
            raise ValueError("not a record: a picture without a size")
        mark = read.get("mark")  # Nor had they this.
        if unknown := read.keys() - _KEYS:
            raise ValueError(f"not a record: {min(unknown)}")
        return cls(files, sizes, renders, mark if isinstance(mark, str) else None, blurs)

    @classmethod
    def salvaged(cls, data: bytes, is_whole: Callable[[str, Written], bool]) -> Record:
        """What a damaged record still vouches for: the files named in it that ``is_whole`` finds
        to be just what it says was written."""
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
        return cls(files)


def _facts_form(facts: RenderFacts) -> list[Any]:
    return [facts.made and facts.made.isoformat(), facts.samples, facts.seconds]


def _facts(form: list[Any]) -> RenderFacts:
    made, samples, seconds = form
    return RenderFacts(
        None if made is None else datetime.fromisoformat(made),
        None if samples is None else int(samples),
        None if seconds is None else int(seconds),
    )


def _blur(form: list[Any] | None) -> Blur | None:
    if form is None:
        return None
    a, b, c, d = map(int, form)
    if not {a, b, c, d} <= {*range(COLOURS)}:
        raise ValueError("not a record: a blur of unknown colours")
    return a, b, c, d


def _lines(entries: Mapping[str, T], form: Callable[[T], Any]) -> Iterator[str]:
    between = "{\n"
    for name in sorted(entries):
        yield f"{between}{json.dumps(name)}: {json.dumps(form(entries[name]))}"
        between = ",\n"
    yield "\n}" if entries else "{\n}"


def _inside(name: str) -> str:
    # A record could name a file outside of the site, and the build removes what is named.
    if _PLAIN.fullmatch(name) and ".." not in name:
        return name  # As nearly all are; taking a path apart is slow where there are thousands.
    # As this system reads it: a drive or a backslash is a part of a name on some.
    path = PurePath(name)
    if path.anchor or ".." in path.parts or not path.parts:
        raise ValueError(f"not a file of the site: {name}")
    return name
