"""Lists as people write them, for a Markdown that knows steps of four spaces only.

To Python-Markdown, an item two or three spaces in, as GitHub reads it and many write it, belongs to
the list around it, and an item right below a paragraph is more of that paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_ITEM = re.compile(r" *(?:[-+*]|(?P<number>\d{1,9})\.) +(?=\S)")
_RULE = re.compile(r" *([-*_])(?: *\1){2,} *")
_FENCE = re.compile(r" *(`{3,}|~{3,})")


def in_fours(text: str) -> str:
    """``text``, Markdown, whose lists stand four spaces within those that they belong to, and apart
    from paragraphs before them. All else is as it was, code between fences above all."""
    return "\n".join(_lines(text.expandtabs(4).split("\n")))


def _lines(lines: list[str]) -> Iterator[str]:
    # Where the marker of each item around a line stands, and where its words begin.
    around: list[tuple[int, int]] = []
    fence, blank, paragraph = "", True, False
    for line in lines:
        indent = len(line) - len(line.lstrip(" "))
        mark = _FENCE.match(line)
        item = None if mark or _RULE.fullmatch(line) else _ITEM.match(line)
        if fence or mark:
            if not fence and mark:
                fence = mark[1]
            elif mark and mark[1].startswith(fence) and mark[1] == line.strip():
                fence = ""
            yield line
        elif not line.strip():
            yield line
        elif item and _begins(item, indent, within=bool(around), after_text=not blank):
            if paragraph and not blank:
                yield ""
            around = [(marker, words) for marker, words in around if marker + 2 <= indent]
            yield " " * 4 * len(around) + line[indent:]
            around.append((indent, item.end()))
            paragraph = False
        elif blank:
            around = [(marker, words) for marker, words in around if marker + 2 <= indent]
            words = min(indent, around[-1][1]) if around else 0
            yield " " * 4 * len(around) + line[words:]
            paragraph = True
        elif around:  # More of an item's words, wherever it begins.
            yield " " * 4 * (len(around) - 1) + line[indent:]
        else:
            yield line
        blank = not line.strip()


def _begins(item: re.Match[str], indent: int, *, within: bool, after_text: bool) -> bool:
    """Whether what looks like an item is one, and not code or a paragraph's «1984. …»."""
    return within or (indent < 4 and not (after_text and item["number"] not in (None, "1")))
