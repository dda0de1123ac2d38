"""Names: of variants' files, of pages, and titles made from file names."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from dreamfolio.dream.target import in_file_name

_MAX_STEM_BYTES = 200
_MAX_DISTINCTION_BYTES = 80
UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')
"""What some file system refuses in a name."""
_SPACES = re.compile(r"[_\s]+")
_UNFIT = re.compile(r"[^\w.~+-]+")


def variant_file(
    source: str, layers: Sequence[str], suffix: str, distinction: str | None = None
) -> str:
    """The name of a variant: ``<stem>_<layer>[+<layer>…][~<distinction>]<suffix>``.

    Characters that some file system forbids become ``-``; a name too long for one keeps its
    beginning and takes a digest of the whole.
    """
    stem = f"{split_suffix(source)[0]}_{'+'.join(map(_in_name, layers))}"
    end = f"~{_cut(distinction, _MAX_DISTINCTION_BYTES)}" if distinction else ""
    safe = _cut(UNSAFE.sub("-", stem), _MAX_STEM_BYTES - len(end.encode()), of=stem)
    return f"{safe}{end}{suffix}"


# Of a few layers, asked for at each of thousands of variants.
_in_name = lru_cache(maxsize=1000)(in_file_name)


def _cut(text: str, limit: int, *, of: str | None = None) -> str:
    """``text`` in at most ``limit`` bytes: whole, or its beginning and a digest of ``of``."""
    if len(text.encode()) <= limit:
        return text
    short = text.encode()[: limit - 9].decode(errors="ignore")
    return f"{short}…{short_digest(of or text)[:6]}"


def short_digest(value: Any) -> str:
    """Eight hex digits that stand for any JSON value."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def title_of(name: str) -> str:
    """A title made from a file's or a folder's name: ``new_normal`` → ``New normal``."""
    words = _SPACES.sub(" ", name).strip() or name
    return words[:1].upper() + words[1:]


def fold(name: str) -> str:
    """The form in which two names are one on some file system: NFC, without case."""
    return unicodedata.normalize("NFC", name).casefold()


def split_suffix(name: str) -> tuple[str, str]:
    """The stem and the suffix of a file's name, just as ``PurePath`` has them, which takes its time
    where there are thousands."""
    dot = name.rfind(".")
    return (name[:dot], name[dot:]) if 0 < dot < len(name) - 1 else (name, "")


def render_of(dream: str, renders: Sequence[str]) -> str | None:
    """Of ``renders`` with one stem, the one in the dream's own format, else the first."""
    suffix = split_suffix(dream)[1].lower()
    same = [name for name in renders if split_suffix(name)[1].lower() == suffix]
    return next(iter(same or renders), None)


def readable(name: str) -> str:
    """``name`` as it can be shown: what of a file's name is not Unicode becomes ``?``."""
    return name if name.isascii() else name.encode(errors="replace").decode()


def piece_slugs(sources: Iterable[str]) -> list[str]:
    """A slug for each source, in order: unique without regard to case, safe in an address.

    Letters of any script stay; everything else becomes ``-``.
    """
    taken = {"index", "404"}
    slugs = []
    for source in sources:
        stem, suffix = split_suffix(source)
        slug = _slug(stem)
        if fold(slug) in taken:
            slug = f"{slug}-{_slug(suffix[1:])}"
        base, number = slug, 2
        while fold(slug) in taken:
            slug, number = f"{base}-{number}", number + 1
        taken.add(fold(slug))
        slugs.append(slug)
    return slugs


def _slug(text: str) -> str:
    kept = _UNFIT.sub("-", unicodedata.normalize("NFC", text)).strip("-.")
    return kept.encode()[:120].decode(errors="ignore") or "piece"
