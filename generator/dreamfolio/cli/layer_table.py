"""A network's layers as a table that fits the terminal."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Sequence

from dreamfolio.cli.table import table
from dreamfolio.dream.networks.catalogue import LayerInfo, percent_deep

WIDEST = 110
"""Columns that words are spread over at most: a longer line is hard to follow."""

_HEAD = ("DEPTH", "LAYER", "KIND", "STRIDE", "FIELD", "CHANNELS")
# The fewest columns that words are still read well in.
_LEAST = 24
_GIVES = (
    (12, "strokes, grain, edges"),
    (35, "textures and patterns"),
    (65, "motifs: eyes, coils, scales"),
    (100, "forms and objects"),
)


def layer_table(layers: Sequence[LayerInfo], columns: int | None = None) -> str:
    """The layers by depth, in lines of at most ``columns``: by default the terminal's, and all one
    wants where there is none.

    The last column says what a layer likes, as measured, or else what its depth gives. Where it
    finds no room, likes stand below their layers, and words on depths are left out; no layer's
    name is ever cut.
    """
    heads: tuple[str, ...] = _HEAD
    if any(layer.called for layer in layers):
        heads = tuple("OR" if head == "KIND" else head for head in _HEAD)
    columns = columns or shutil.get_terminal_size((0, 0)).columns or 1000
    depths = [percent_deep(layer.depth, len(layers)) for layer in layers]
    facts = [_facts(layer, depth) for layer, depth in zip(layers, depths, strict=True)]
    measured = any(layer.likes for layer in layers)
    words = [", ".join(one.likes) for one in layers] if measured else [*map(_gives, depths)]
    if measured:
        columns = min(columns, WIDEST)
    room = columns - _width(facts) - 2
    rows: list[tuple[str, ...]] = []
    if room >= _LEAST or room >= max(map(len, words)):
        for fact, text in zip(facts, words, strict=True):
            first, *more = _wrapped(text, room) or [""]
            rows += [(*fact, first), *((*[""] * len(fact), line) for line in more)]
        return table((*heads, "LIKES" if measured else "GIVES"), rows, room=0)
    head, *lines = table(heads, facts, room=0).splitlines()
    if not measured:
        return "\n".join([head, *lines])
    below = [textwrap.indent("\n".join(_wrapped(text, columns - 7)), " " * 7) for text in words]
    return "\n".join([head, *(f"{one}\n{two}" for one, two in zip(lines, below, strict=True))])


def _wrapped(text: str, columns: int) -> list[str]:
    # Names such as cherry-blossom stay whole, to be copied.
    return textwrap.wrap(text, columns, break_long_words=False, break_on_hyphens=False)


def _facts(layer: LayerInfo, depth: int) -> tuple[str, ...]:
    numbers = (layer.stride, layer.field, layer.channels)
    return (
        f"{depth:3d} %",
        layer.name,
        # Where layers have names for artists, they are all of one kind.
        layer.called or layer.kind,
        *("" if number is None else str(number) for number in numbers),
    )


def _gives(depth: int) -> str:
    """What dreams of this depth, in percent, look like, in a word."""
    return next(word for end, word in _GIVES if depth <= end)


def _width(rows: Sequence[tuple[str, ...]]) -> int:
    lines = (_HEAD, *rows)
    return sum(max(len(line[i]) for line in lines) + 2 for i in range(len(_HEAD))) - 2
