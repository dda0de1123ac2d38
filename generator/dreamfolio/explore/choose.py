"""Which layers of a network go on a contact sheet. Pure: a catalogue in, layers out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase

from dreamfolio.dream.networks.catalogue import Catalogue, LayerInfo
from dreamfolio.dream.networks.kinds import ACTIVATIONS, MERGES
from dreamfolio.dream.networks.random_layers import pick
from dreamfolio.dream.pocket import EMBEDDED
from dreamfolio.dream.target import motif_of, motif_target
from dreamfolio.errors import NetworkError, UsageError
from dreamfolio.suggest import nearest

AUTO = "auto"
COUNT = 24
"""How many layers ``auto`` picks, where the network has as many worth a look."""

# What only prepares, scales or reshapes: dreamed, it looks as the layer before it does.
_BOOKKEEPING = re.compile(
    r".*(Padding2D|Cropping2D|Normalization|Dropout\w*|Noise)|Rescaling|Reshape|LayerScale|Identity"
)
_NAMED_BLOCK = re.compile(r"(.*?block_?\d+[a-z]?)(?:_|$)")


def choose(asked: str, catalogue: Catalogue) -> tuple[LayerInfo, ...]:
    """The layers that ``asked`` names, by depth: ``auto``, ``random:N`` or name patterns.

    ``random:N:SEED`` takes another pick; patterns are those of ``fnmatch``, heed case, and are
    parted by commas. One that begins with ``motif-`` is of motifs, which no other matches.
    Raises ``UsageError`` where that names nothing.
    """
    if asked == AUTO:
        return spread(catalogue)
    if asked == "random" or asked.startswith("random:"):
        return _at_random(asked, catalogue)
    patterns = _patterns(asked)
    for pattern in patterns or [asked]:
        if not any(_matches(one, pattern, catalogue) for one in catalogue.by_name.values()):
            raise _nothing_matches(pattern, catalogue)
    return tuple(
        one
        for one in catalogue.by_name.values()
        if any(_matches(one, pattern, catalogue) for pattern in patterns)
    )


def choose_motifs(asked: str, catalogue: Catalogue) -> tuple[LayerInfo, ...]:
    """The motifs that ``asked`` names: ``tentacle,*shell*``, patterns as ``choose`` takes them.

    Raises ``UsageError`` where that names nothing.
    """
    named = (motif_of(pattern) or pattern for pattern in _patterns(asked) or [asked])
    return choose(",".join(motif_target(pattern) for pattern in named), catalogue)


def only_motifs(asked: str) -> bool:
    """Whether ``asked``, patterns parted by commas, is of motifs and of nothing else."""
    patterns = _patterns(asked)
    return bool(patterns) and all(motif_of(pattern) is not None for pattern in patterns)


def _patterns(asked: str) -> list[str]:
    return [pattern.strip() for pattern in asked.split(",") if pattern.strip()]


def _matches(one: LayerInfo, pattern: str, catalogue: Catalogue) -> bool:
    if one in catalogue.motifs and motif_of(pattern) is None:
        return False
    return fnmatchcase(one.name, pattern)


def spread(catalogue: Catalogue, count: int = COUNT) -> tuple[LayerInfo, ...]:
    """Up to ``count`` layers spread evenly over the depth, one of each block before any second.

    Activations and merges go before convolutions and poolings; what only keeps the books is
    taken where a network has nothing else.
    """
    ranked = {rank: [one for one in catalogue.layers if _rank(one) == rank] for rank in range(3)}
    worth = ranked[0] + ranked[1] or ranked[2]
    blocks = _blocks(catalogue.layers)
    best: dict[str, LayerInfo] = {}
    for layer in sorted(worth, key=lambda one: one.depth):
        known = best.get(blocks[layer.name])
        # The deepest of its rank is what the block hands on.
        if known is None or _rank(layer) <= _rank(known):
            best[blocks[layer.name]] = layer
    chosen = _evenly(list(best.values()), count)
    for rank in range(2):
        _fill(chosen, [one for one in ranked[rank] if one not in chosen], count)
    return tuple(sorted(chosen, key=lambda one: one.depth))


def _rank(layer: LayerInfo) -> int:
    """0 for activations and merges, 1 for what computes besides, 2 for bookkeeping."""
    if layer.stride is None or _BOOKKEEPING.fullmatch(layer.kind):
        return 2  # Without a stride it is a global mean or what gates by one: no picture to see.
    return 0 if layer.kind in ACTIVATIONS | MERGES else 1


def _blocks(layers: Sequence[LayerInfo]) -> dict[str, str]:
    """The block of each layer, by its name: told there, else all up to the next merge, or up to
    the next activation in a network that merges nothing."""
    ends = MERGES if any(one.kind in MERGES for one in layers) else ACTIVATIONS
    number = 0
    blocks = {}
    for layer in layers:
        named = _NAMED_BLOCK.match(layer.name)
        blocks[layer.name] = named[1] if named else str(number)
        number += layer.kind in ends
    return blocks


def _evenly(layers: list[LayerInfo], count: int) -> list[LayerInfo]:
    """``count`` of the layers, at most: those nearest to evenly spaced depths."""
    if len(layers) <= count:
        return layers
    left = sorted(layers, key=lambda one: one.depth)
    first, last = left[0].depth, left[-1].depth
    chosen = []
    for i in range(count):
        wanted = first + (last - first) * i / (count - 1)
        chosen.append(min(left, key=lambda one: (abs(one.depth - wanted), one.depth)))
        left.remove(chosen[-1])
    return chosen


def _fill(chosen: list[LayerInfo], others: list[LayerInfo], count: int) -> None:
    """Add of ``others`` up to ``count``, each time the one farthest from all that are chosen."""
    while others and len(chosen) < count:
        farthest = max(
            others,
            key=lambda one: (min((abs(one.depth - c.depth) for c in chosen), default=0), one.depth),
        )
        chosen.append(farthest)
        others.remove(farthest)


def _at_random(asked: str, catalogue: Catalogue) -> tuple[LayerInfo, ...]:
    found = re.fullmatch(r"random:(\d{1,6})(?::(\d{1,9}))?", asked)
    if found is None:
        raise UsageError(
            f'"{asked}" is no number of layers', mend="write random:12, or random:12:7"
        )
    try:
        picked = pick(int(found[1]), int(found[2] or 0), catalogue)
    except NetworkError as error:
        raise UsageError(error.message, mend=error.mend) from None
    return tuple(layer for layer in catalogue.layers if layer.name in picked)


def _nothing_matches(pattern: str, catalogue: Catalogue) -> UsageError:
    motif = motif_of(pattern)
    if motif is not None:
        return _no_motif(motif, catalogue)
    names = [layer.name for layer in catalogue.layers]
    bare = pattern.strip("*?")
    if motif_target(bare) in catalogue.by_name:
        mend = f"it is a motif: {motif_target(bare)}"
        return UsageError(f'{catalogue.label} has no layer "{pattern}"', mend=mend)
    meant = _with_other_case(pattern, names) or nearest(bare, names)
    return UsageError(
        f'{catalogue.label} has no layer "{pattern}"',
        mend=f"did you mean {meant}?" if meant else f"{catalogue.listed_by} lists them",
    )


def _no_motif(pattern: str, catalogue: Catalogue) -> UsageError:
    names = [motif_of(one.name) or "" for one in catalogue.motifs]
    if not names:
        return UsageError(
            f"{catalogue.label} knows no motifs, {EMBEDDED} does", mend=f"--model {EMBEDDED}"
        )
    meant = _with_other_case(pattern, names) or nearest(pattern.strip("*?"), names)
    return UsageError(
        f'{catalogue.label} knows no motif "{pattern}"',
        mend=f"did you mean {meant}?" if meant else f"{catalogue.listed_by} --motifs lists them",
    )


def _with_other_case(pattern: str, names: Iterable[str]) -> str | None:
    return next((name for name in names if fnmatchcase(name.lower(), pattern.lower())), None)
