"""The words that are said beside the artist's own: one file a language, in a theme's ``words/``.

A portfolio in German reads ``words/de.yaml``; what that leaves out is said in English. A file of
the portfolio's own theme goes before the one that ships, word by word. A text that counts has the
forms ``one`` and ``other``, as in English; or a list of forms, which go by the file's own rule.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dreamfolio.content import yaml_file
from dreamfolio.content.themes import BASE, shipped_themes
from dreamfolio.errors import ContentError
from dreamfolio.publish.counting import LIKE_ENGLISH, Counted, form_count

FOLDER = "words"
_FALLBACK = "en"
_RULE = "counting"
_POINT = "decimal_point"
_GAP = re.compile(r"\{(\w+)\}")

Text = str | Counted


@dataclass(frozen=True, slots=True)
class Wording:
    """What is said, by key."""

    texts: Mapping[str, Text] = field(default_factory=dict)

    def __call__(self, key: str, **values: object) -> str:
        """The plain text at ``key``, its ``{gaps}`` filled with ``values``; a text in several forms
        goes by the value ``n``. Raises ``KeyError`` where nothing is said at ``key``."""
        text = self.texts[key]
        if isinstance(text, Counted):
            text = text.of(values.get("n"))
        return _GAP.sub(lambda gap: self._told(values.get(gap[1], gap[0])), text)

    def size(self, count: int) -> str:
        """``count`` bytes in words: ``1.2 MB``."""
        amount, unit = count / 1000, "kilobytes"
        for larger in ("megabytes", "gigabytes"):
            if round(amount, 1) < 1000:
                break
            amount, unit = amount / 1000, larger
        return self(f"size_{unit}", n=round(amount, 1))

    def _told(self, value: object) -> str:
        if isinstance(value, float):
            return f"{value:g}".replace(".", str(self.texts.get(_POINT, ".")))
        return str(value)


@functools.cache
def shipped(language: str) -> Wording:
    """The words in ``language`` as they come with dreamfolio, for where no theme is."""
    return load([shipped_themes() / BASE], language)


def load(folders: Iterable[Path], language: str) -> Wording:
    """The words in ``language`` (a BCP 47 tag) of a theme's ``folders``, the last one winning.

    Raises ``ContentError``, placed, where a file is not what it should be.
    """
    texts: dict[str, Text] = {}
    folders = tuple(folders)
    for name in (_FALLBACK, *_from_broad_to_narrow(language)):
        for folder in folders:
            file = folder / FOLDER / f"{name}.yaml"
            if file.is_file():
                texts.update(_read(file))
    return Wording(texts)


def _from_broad_to_narrow(language: str) -> list[str]:
    """``pt-BR`` → ``pt``, ``pt-BR``: the narrower goes before the broader."""
    parts = language.split("-")
    return ["-".join(parts[:end]) for end in range(1, len(parts) + 1)]


def _read(file: Path) -> dict[str, Text]:
    document = yaml_file.load(file)
    if not isinstance(document.data, dict):
        raise ContentError("words are a map of keys to texts", place=document.place(()))
    rule = str(document.data.pop(_RULE, LIKE_ENGLISH))
    try:
        count = form_count(rule)
    except ValueError as error:
        raise ContentError(
            f"{rule!r} is no rule to count by ({error})",
            place=document.place((_RULE,)),
            mend="write what gettext has as plural= for the language, such as n > 1",
        ) from error
    texts = {}
    for key, value in document.data.items():
        text = _text(value, rule, count)
        if text is None:
            forms = "{one: …, other: …}" if count == 2 else f"a list of {count}"
            raise ContentError(
                f"the words at {key!r} are no text",
                place=document.place((key,)),
                mend=f"write a text in quotes, or {forms} where something is counted",
            )
        texts[key] = text
    return texts


def _text(value: Any, rule: str, count: int) -> Text | None:
    """``value`` as it is written in a file that counts by ``rule``, in ``count`` forms; None where
    it is no text."""
    match value:
        case str():
            return value
        case {"one": str(one), "other": str(other), **rest} if not rest:
            return Counted(LIKE_ENGLISH, (one, other))
        case [*forms] if len(forms) == count and all(isinstance(one, str) for one in forms):
            return Counted(rule, tuple(forms))
    return None
