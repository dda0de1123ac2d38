"""Tells what an adoption takes in, row by row, for a terminal or a test."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from dreamfolio.adopt.adoption import AdoptedCollection, AdoptedVariant, Adoption
from dreamfolio.adopt.old_readme import Unplaced

Kind = Literal["portfolio", "collection", "source", "variant", "wanted", "unplaced"]


@dataclass(frozen=True, slots=True)
class Row:
    """One thing taken in, wanted, or found no place for.

    ``name`` is a file, a collection's slug, the portfolio's title or a place in the README;
    ``says`` is for people, and may be empty.
    """

    kind: Kind
    name: str
    says: str = ""


def report(adoption: Adoption) -> tuple[Row, ...]:
    """Collection by collection what it is made of, then what could not be placed."""
    return tuple(_rows(adoption))


def _rows(adoption: Adoption) -> Iterator[Row]:
    if adoption.title or adoption.description:
        yield Row(
            "portfolio",
            adoption.title or "",
            "the old README's introduction: title and description for portfolio.yaml",
        )
    for collection in adoption.collections:
        yield from _collection(collection)
    for collection in adoption.collections:
        for note in collection.unplaced:
            yield _unplaced(adoption, note, collection.slug)
    for note in adoption.unplaced:
        yield _unplaced(adoption, note, "")


def _collection(collection: AdoptedCollection) -> Iterator[Row]:
    variants = [variant for piece in collection.pieces for variant in piece.variants]
    wanted = sum(not variant.present for variant in variants)
    counts = [
        _count(len(collection.pieces), "render"),
        _count(len(variants) - wanted, "dream"),
        *([f"{wanted} wanted"] if wanted else []),
    ]
    kept = "; its manifest is kept" if collection.manifest is None else ""
    yield Row("collection", collection.slug, f"“{collection.title}”: {', '.join(counts)}{kept}")
    for piece in collection.pieces:
        yield Row("source", piece.source)
        for variant in piece.variants:
            yield Row("variant" if variant.present else "wanted", variant.file, _layers(variant))


def _layers(variant: AdoptedVariant) -> str:
    """``conv2d_3547 → conv2d_69 of inception_v3``, and what becomes of it where it is lost."""
    canonical = "+".join(variant.layers)
    was = f"{variant.asked} → " if variant.asked != canonical else ""
    again = f", as {variant.twin}" if variant.twin else ""
    lost = "" if variant.present else "; it is not in the folder, and is to be dreamed anew"
    return f"{was}{canonical} of {variant.network}{again}{lost}"


def _unplaced(adoption: Adoption, note: Unplaced, slug: str) -> Row:
    if note.line is not None and adoption.readme is not None:
        return Row("unplaced", f"{adoption.readme}:{note.line}", note.text)
    return Row("unplaced", slug, note.text)


def _count(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"
