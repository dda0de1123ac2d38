"""The words that are said beside the artist's own: one file a language, in a theme's ``words/``.

A portfolio in German reads ``words/de.yaml``; what that leaves out is said in English. A file of
the portfolio's own theme goes before the one that ships, word by word.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dreamfolio.content import yaml_file
from dreamfolio.content.themes import BASE, shipped_themes
from dreamfolio.errors import ContentError

FOLDER = "words"
_FALLBACK = "en"
_FORMS = {"one", "other"}
_GAP = re.compile(r"\{(\w+)\}")

Text = str | Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Wording:
    """What is said, by key: a text, or two of them, for ``one`` and for any ``other`` number."""

    texts: Mapping[str, Text] = field(default_factory=dict)

    def __call__(self, key: str, **values: object) -> str:
        """The plain text at ``key``, its ``{gaps}`` filled with ``values``; a text with two forms
        goes by the value ``n``. Raises ``KeyError`` where nothing is said at ``key``."""
        text = self.texts[key]
        if not isinstance(text, str):
            text = text["one" if values.get("n") == 1 else "other"]
        return _GAP.sub(lambda gap: str(values.get(gap[1], gap[0])), text)


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
    for key, text in document.data.items():
        forms = (
            set(text) == _FORMS and all(isinstance(one, str) for one in text.values())
            if isinstance(text, dict)
            else isinstance(text, str)
        )
        if not forms:
            raise ContentError(
                f"the words at {key!r} are no text",
                place=document.place((key,)),
                mend="write a text in quotes, or {one: …, other: …} where something is counted",
            )
    return document.data
