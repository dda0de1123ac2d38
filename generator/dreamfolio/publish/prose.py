"""Markdown that artists write, as HTML that is safe to publish."""

from __future__ import annotations

import contextlib
import functools
import html
import itertools
import re
from collections.abc import Set

import markdown
import nh3

from dreamfolio.publish.lists import in_fours

# Pictures are left out on purpose: a page shows pictures the build made, with their sizes and
# without their metadata, and asks nobody else's server for anything.
_TAGS = frozenset(
    {"a", "abbr", "b", "blockquote", "br", "code", "dd", "del", "dl", "dt", "em", "hr", "i"}
    | {"h2", "h3", "h4", "h5", "h6", "ins", "kbd", "li", "ol", "p", "pre", "q", "s", "small"}
    | {"strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "u", "ul"}
)
_ATTRIBUTES = {
    "a": {"href", "title"},
    "abbr": {"title"},
    "ol": {"start"},
    "th": {"scope"},
}
# How a table's column stands: a `style` of its own would do nothing on a page with a policy.
_ALIGNED = re.compile(r'(<t[dh]) style="text-align: (center|right);"')
_SCHEMES = {"http", "https", "mailto"}
_EXTENSIONS = ("abbr", "def_list", "fenced_code", "sane_lists", "tables", "toc")
# Tags and their like, but no link in angle brackets.
_RAW = re.compile(r"<(?!https?:|mailto:|[\w.+-]+@[\w.-]+>)[A-Za-z/!?]")
_ACTING = re.compile(r"[(<:\"'](javascript|vbscript|data|file):")
_SPACES = re.compile(r"\s+")
# From each of these Markdown may read on to the end of a paragraph.
_OPENING = re.compile(r"[\[(<!`*_{]")
# So many signs are read in about a second; long essays with many links take a hundredth of it.
_MOST_READ = 10_000_000
# At each of these it goes through all that follows, quickly: headings, rules, fences, tags.
_APART = re.compile(r"^ {0,3}(?:>[> ]*)?(?:#|[=-]+[ \t]*$|~~~|```)|<", re.MULTILINE)
_MOST_PASSED = 40_000_000
_LONGEST = 200_000
_HEADING = re.compile(r"(</?h)([2-6])(?=[ >])")
# What a summary leaves out where there are paragraphs: run together on a line, it says nothing.
_NO_PROSE = frozenset({"h2", "h3", "h4", "h5", "h6", "dl", "ol", "pre", "table", "ul"})
# A sentence that ends so is none that an abbreviation has cut.
_SENTENCE = re.compile(r"(?:[!?]|\b[a-zß-öø-ÿ]{2,}\.)[\"'”’»)]*(?= )")


@functools.lru_cache(maxsize=256)
def to_html(text: str) -> str:
    """``text``, Markdown, as HTML without scripts, event handlers, styles, frames or pictures.

    Headings start at ``<h2>``, since a page has one ``<h1>``, its title, and leave out no level,
    whatever the number of ``#``. Links lead to http, https, mailto or relative addresses; any other
    link is left as its words. A column that is not set to the left has the class ``center`` or
    ``right``. What Markdown could not read in reasonable time, thousands of brackets in a row, say,
    is shown as it was written.
    """
    if not text.strip():
        return ""
    return nh3.clean(
        _without_gaps(_ALIGNED.sub(r'\1 class="\2"', _rendered(text))),
        tags=set(_TAGS),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        tag_attribute_values={cell: {"class": {"center", "right"}} for cell in ("td", "th")},
        url_schemes=set(_SCHEMES),
        link_rel="noopener",
    )


def _rendered(text: str) -> str:
    if not _takes_long(text):
        # Numbered, they need not be told apart.
        numbers = itertools.count()
        # A permalink-free `toc` shifts headings down; the ids it adds fall to the sanitiser.
        toc = {"baselevel": 2, "slugify": lambda *_: f"heading-{next(numbers)}"}
        with contextlib.suppress(RecursionError):  # Of nests that go on and on.
            return markdown.markdown(
                in_fours(text),
                extensions=list(_EXTENSIONS),
                extension_configs={"toc": toc},
                output_format="html",
            )
    paragraphs = (html.escape(one, quote=False) for one in text.split("\n\n"))
    return "\n".join(f"<p>{one}</p>" for one in paragraphs)


def _takes_long(text: str) -> bool:
    if len(text) > _LONGEST or len(_APART.findall(text)) * len(text) > _MOST_PASSED:
        return True
    read = 0
    for paragraph in text.split("\n\n"):
        read += len(_OPENING.findall(paragraph)) * len(paragraph)
    return read > _MOST_READ


def to_markdown(text: str) -> str:
    """``text``, Markdown, for a renderer that is not ours and may let anything through: as it is
    where nothing in it could act, else as the HTML that ``to_html`` makes of it."""
    squeezed = _SPACES.sub("", html.unescape(text).replace("\\", "")).lower()
    if not (_RAW.search(text) or _ACTING.search(squeezed)):
        return text
    # A blank line would end the HTML, and begin Markdown again.
    return re.sub(r"\n(?=\n)", "\n&#8203;", to_html(text))


def _without_gaps(html_text: str) -> str:
    used = sorted({int(found[2]) for found in _HEADING.finditer(html_text)})
    rank = {level: place for place, level in enumerate(used, start=2)}
    last = 1

    def shifted(tag: re.Match[str]) -> str:
        nonlocal last
        if not tag[1].startswith("</"):
            last = min(rank[int(tag[2])], last + 1)
        return f"{tag[1]}{last}"

    return _HEADING.sub(shifted, html_text)


def to_text(text: str, limit: int | None = None) -> str:
    """The words of ``text``, Markdown, on one line. Where there is a ``limit``, a summary of so
    many characters: what its paragraphs say, cut at a sentence's end, else at a word's.

    For descriptions in ``<meta>`` and on cards, where no markup can stand.
    """
    if not text.strip():
        return ""
    # An end of a block separates words that no space separates.
    spaced = re.sub(
        r"(</(?:p|li|h\d|td|th|dd|dt|blockquote|pre)>|<br>|<hr>)", r"\1 ", to_html(text)
    )
    if limit is None:
        return _words(spaced)
    words = _words(spaced, _NO_PROSE) or _words(spaced)
    if len(words) <= limit:
        return words
    sentences = [found.end() for found in _SENTENCE.finditer(words, 0, limit + 1)]
    if sentences and sentences[-1] > limit // 2:
        return words[: sentences[-1]]
    cut = words[: limit - 1]
    # Scripts without spaces have no word ends; they are cut where the limit falls.
    end = cut.rfind(" ")
    return (cut[:end] if end > limit // 2 else cut).rstrip(" ,.;:–—-") + "…"


def _words(html_text: str, without: Set[str] = frozenset()) -> str:
    bare = nh3.clean(html_text, tags=set(), attributes={}, clean_content_tags=set(without))
    return _SPACES.sub(" ", html.unescape(bare)).strip()
