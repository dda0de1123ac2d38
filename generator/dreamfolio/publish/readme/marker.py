"""One marker: the comment that begins or ends the lines that are dreamfolio's."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from dreamfolio.errors import ContentError, Place
from dreamfolio.publish.readme import commonmark
from dreamfolio.suggest import did_you_mean

ALL = "*"
"""What a marker names in place of one collection to show them all."""

START_ALL = f"<!-- dreamfolio:START collection={ALL} -->"
END = "<!-- dreamfolio:END -->"

_OURS = re.compile(r"<!--\s*dreamfolio\s*:", re.I)
_MARKER = re.compile(r"<!--\s*dreamfolio:(?P<word>[^\s>]*)(?P<rest>.*?)-->", re.S)
_ATTRIBUTE = re.compile(r"""\s+([^\s=]+)(?:=(?:"([^"]*)"|'([^']*)'|([^\s"']*)))?""")


def is_ours(comment: commonmark.Comment) -> bool:
    """Whether a comment is a marker, or meant to be one."""
    return _OURS.match(comment.text) is not None


def meant(text: str) -> str:
    """The word, ``START`` or ``END``, that a marker with something wrong in it was meant to say,
    or nothing."""
    found = re.search(r":\s*(start|end)\b", text, re.I)
    return found[1].upper() if found else ""


def read(
    comment: commonmark.Comment, line: str, place: Place, slugs: Mapping[str, str]
) -> tuple[str, str]:
    """A marker's word (``START`` or ``END``) and the slug it names.

    ``comment`` begins in ``line`` at ``place``; ``slugs`` are the collections there are, by their
    ``composed`` names. Raises ``ContentError`` for the first thing wrong in it.
    """
    if "\n" in comment.text or not comment.text.endswith("-->"):
        raise ContentError(
            "this marker does not end on its line", place=place, mend="close it with -->"
        )
    if not comment.block or line.strip() != comment.text:
        raise ContentError(
            "this marker shares its line with something else",
            place=place,
            mend="put it on a line of its own",
        )
    if comment.nested:
        raise ContentError(
            "this marker stands in a list or a quotation",
            place=place,
            mend="put it at the left edge, behind a blank line",
        )
    found = _MARKER.fullmatch(comment.text)
    word = found["word"] if found else ""
    if found is None or word not in ("START", "END"):
        raise ContentError(
            f'a marker is START or END, not "{word}"' if word else "this marker says nothing",
            place=place,
            mend=did_you_mean(word, ("START", "END"), f"write {START_ALL} and {END}"),
        )
    given = _attributes(found["rest"], word, place)
    if word == "END":
        return word, ""
    if not given.get("collection"):
        raise ContentError(
            "this marker names no collection",
            place=place,
            mend="write collection=<name>, or collection=* for all",
        )
    return word, _slug(given["collection"], place, slugs)


def _attributes(text: str, word: str, place: Place) -> dict[str, str]:
    known = ("collection",) if word == "START" else ()
    given: dict[str, str] = {}
    at, end = 0, len(text.rstrip())
    while at < end:
        found = _ATTRIBUTE.match(text, at, end)
        if found is None:
            raise ContentError(
                f"{text[at:end].strip()} is not understood here",
                place=place,
                mend='write collection=name, or collection="a name" where it has spaces',
            )
        name = found[1]
        if name in given:
            raise ContentError(
                f"{name} is given twice in this marker", place=place, mend="once will do"
            )
        if name not in known:
            mend = "put a name with spaces in quotes, or remove this" if known else "remove it"
            raise ContentError(
                f'unknown word "{name}" in this marker',
                place=place,
                mend=did_you_mean(name, known, mend),
            )
        given[name] = next((value for value in found.groups()[1:] if value is not None), "")
        at = found.end()
    return given


def _slug(asked: str, place: Place, slugs: Mapping[str, str]) -> str:
    if asked == ALL:
        return ALL
    known = slugs.get(composed(asked))
    if known is None:
        there = f"there are: {', '.join(slugs.values())}" if slugs else "there are none yet"
        raise ContentError(
            f'there is no collection "{asked}"',
            place=place,
            mend=did_you_mean(asked, slugs.values(), there),
        )
    return known


def composed(slug: str) -> str:
    """``slug`` in the form in which two spellings of one name are equal."""
    # One file system hands out accents composed, another apart; a README is typed by hand.
    return unicodedata.normalize("NFC", slug)
