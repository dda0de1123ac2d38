"""Makes pieces and variants of a folder's picture names and of what an old README shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import PurePath

from dreamfolio.adopt.adoption import AdoptedPiece, AdoptedVariant
from dreamfolio.adopt.folder import Dream, sort_out
from dreamfolio.adopt.old_readme import Shown, Unplaced
from dreamfolio.content.names import fold
from dreamfolio.pictures.decode import SUFFIXES


def pieces_of(
    present: Collection[str], shown: Sequence[Shown]
) -> tuple[tuple[AdoptedPiece, ...], tuple[Unplaced, ...]]:
    """The pieces of a folder that holds the pictures ``present``, and what has no place.

    Pieces stand in the order in which the README shows them or their dreams openly, then in that
    of its hidden tables, then in natural order. A dream that is only shown is a variant wanted,
    if its render is present; one whose render is not is a piece of its own.
    """
    return _Pieces(present, shown).made()


class _Pieces:
    def __init__(self, present: Collection[str], shown: Sequence[Shown]):
        self.present = present
        by_fold = {fold(name): name for name in present}
        pictures = [
            replace(one, name=by_fold.get(fold(one.name), one.name))
            for one in shown
            if PurePath(one.name).suffix.lower() in SUFFIXES
        ]
        self.others = [one for one in shown if PurePath(one.name).suffix.lower() not in SUFFIXES]
        pictures.sort(key=lambda one: one.hidden)  # stable: reading order, open ones first
        self.shown = {one.name: one for one in reversed(pictures)}
        self.order = list(dict.fromkeys(one.name for one in pictures))
        self.alts = {one.name: one.alt for one in pictures if one.alt}
        sorting = sort_out([*present, *self.order])
        self.dreams = {dream.file: dream for dream in sorting.dreams}
        self.sources = sorting.sources
        self.dreamed: dict[str, list[Dream]] = {}
        for name in dict.fromkeys([*self.order, *self.dreams]):
            dream = self.dreams.get(name)
            if dream and dream.source in present:
                self.dreamed.setdefault(str(dream.source), []).append(dream)

    def made(self) -> tuple[tuple[AdoptedPiece, ...], tuple[Unplaced, ...]]:
        order = [self._render(name) for name in self.order]
        lost = [name for name in self.dreams if self._is_lost(name)]
        sources = dict.fromkeys(
            name for name in (*order, *self.sources, *lost) if name in self.present
        )
        pieces = tuple(
            AdoptedPiece(source, self.alts.get(source, ""), tuple(self._variants(source)))
            for source in sources
        )
        return pieces, tuple(self._unplaced())

    def _render(self, name: str) -> str:
        """The render that a picture is, or was dreamed from."""
        dream = self.dreams.get(name)
        if dream and dream.source in self.present:
            return str(dream.source)
        return name

    def _is_lost(self, name: str) -> bool:
        return name in self.present and self.dreams[name].source not in self.present

    def _variants(self, source: str) -> Iterator[AdoptedVariant]:
        dreams = self.dreamed.get(source, [])
        firsts: dict[tuple[str, frozenset[tuple[str, int]]], str] = {}
        for dream in sorted(dreams, key=lambda dream: dream.file not in self.present):
            firsts.setdefault(_same(dream), dream.file)
        for dream in dreams:
            first, present = firsts[_same(dream)], dream.file in self.present
            if present or first == dream.file:
                yield AdoptedVariant(
                    file=dream.file,
                    present=present,
                    asked=dream.asked,
                    layers=dream.layers,
                    network=dream.network,
                    alt=self.alts.get(dream.file, ""),
                    line=self.shown[dream.file].line if dream.file in self.shown else None,
                    twin=first if first != dream.file else None,
                )

    def _unplaced(self) -> Iterator[Unplaced]:
        for name, dream in self.dreams.items():
            if not self._is_lost(name):
                continue
            render = f"{dream.source} is" if dream.source else "its render is"
            yield Unplaced(
                f"{name} reads as a dream of {', '.join(dream.layers)}, but {render} not here: "
                "taken in as a picture of its own"
            )
        for one in self.others:
            yield Unplaced(f"{one.name}: dreamfolio shows no such files", one.line)
        for name in self.order:
            note = self._why_not(name)
            if note:
                yield Unplaced(note, self.shown[name].line)

    def _why_not(self, name: str) -> str | None:
        """Why a picture that the README shows is neither here nor wanted, if so."""
        if name in self.present:
            return None
        dream = self.dreams.get(name)
        if dream is None:
            return f"{name} is not in the folder"
        if dream.source not in self.present:
            return f"{name} is not in the folder, nor is the render to dream it from"
        asked = {variant.file for variant in self._variants(str(dream.source))}
        if name in asked:
            return None
        twin = next(
            d
            for d in self.dreamed[str(dream.source)]
            if d.file in asked and _same(d) == _same(dream)
        )
        return f"{name} is not in the folder, but {twin.file} is the same dream"


def _same(dream: Dream) -> tuple[str, frozenset[tuple[str, int]]]:
    """Equal for dreams that one manifest entry asks for."""
    return dream.network, frozenset(Counter(dream.layers).items())
