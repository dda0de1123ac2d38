"""Thumbnails and clean copies in ``thumbs/`` that the README shows no more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

from dreamfolio.content.layout import COLLECTIONS, THUMBS
from dreamfolio.content.objects import Portfolio
from dreamfolio.errors import StoreError
from dreamfolio.files import sha256_of_file
from dreamfolio.publish.readme import copies, record
from dreamfolio.publish.readme import thumbs as thumbnails
from dreamfolio.sweep.waste import Found, Kind, Waste


def thumbs(portfolio: Portfolio, words: bytes, digest_of: Callable[[Path], str]) -> Found:
    """Files that a record in ``thumbs/`` knows as made by dreamfolio, unchanged since, whose names
    are nowhere in ``words``, all the portfolio's Markdown."""
    found = Found()
    for place, name, kind in _records(portfolio.root):
        try:
            entries: dict[str, Any] = record.load(place / name, kind, "thumbnails")
        except StoreError as error:
            found.kept.append(f"what lies in {portfolio.relative(place)}/, for {error}")
            continue
        for file, entry in sorted(entries.items()):
            path = place / file
            shown = portfolio.relative(path)
            if entry.output is None or path.is_symlink() or _is_named(file, words):
                continue
            if record.digest_there(path, digest_of) == entry.output:
                drop = partial(_drop, path, entry.output)
                found.waste.append(Waste(Kind.THUMB, shown, path.stat().st_size, drop))
    return found


def _records(root: Path) -> Iterator[tuple[Path, str, type[Any]]]:
    for place in sorted((root / COLLECTIONS).rglob(THUMBS)):
        if place.is_dir() and not place.is_symlink():
            yield place, thumbnails.RECORD, record.Entry
            yield place / copies.FOLDER, copies.RECORD, copies.Entry


def _is_named(file: str, words: bytes) -> bool:
    return any(form.encode() in words for form in (file, quote(file), escape(file)))


def _drop(path: Path, made: str) -> None:
    # The record keeps its line: the next README is made without it, and the record with it.
    if sha256_of_file(path) == made:
        path.unlink()
