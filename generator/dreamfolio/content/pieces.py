"""Telling a folder's sources from its variants, and making pieces of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from dreamfolio.content.collection_file import PieceForm
from dreamfolio.content.defaults import Defaults
from dreamfolio.content.discover import Found
from dreamfolio.content.layers import catalogue_at
from dreamfolio.content.names import piece_slugs, title_of
from dreamfolio.content.objects import Piece, Variant
from dreamfolio.content.suggest import did_you_mean
from dreamfolio.content.variants import Report, Wanted, variants_of, wanted_by, wanted_by_default
from dreamfolio.content.yaml_file import Document
from dreamfolio.dream.networks import names
from dreamfolio.dream.networks.catalogue import Catalogue
from dreamfolio.dream.networks.reference import NetworkReference
from dreamfolio.dream.recipe import NAMED
from dreamfolio.dream.target import Target
from dreamfolio.errors import ContentError, Place

# The network of the first scripts: old portfolios hold variants named after its layers.
_CLASSIC_NETWORK = NetworkReference(name="inception_v3")


@dataclass(frozen=True, slots=True)
class _Listed:
    form: PieceForm
    place: Place | None
    variants: tuple[Variant, ...]


def pieces_of(
    found: Found,
    forms: Sequence[PieceForm],
    document: Document | None,
    defaults: Defaults,
    recorded: Mapping[str, bool],
    report: Report,
) -> tuple[Piece, ...]:
    """The collection's pieces: those the manifest lists, in its order, then the other sources.

    ``recorded`` holds the variants in the collection's lock, and whether each was adopted; so a
    variant that is no longer asked for is not taken for a source.
    """
    pictures = frozenset(found.pictures)
    wanted: list[Wanted] = []
    listed: dict[str, _Listed] = {}
    for i, form in enumerate(forms):
        assert document is not None
        path = ("pieces", i)
        place = document.place((*path, "source"))
        problem = _problem_with(form.source, found, listed, place)
        if problem:
            report(problem)
            continue
        asked = wanted_by(form, document, path, found.folder, defaults)
        wanted += asked
        listed[form.source] = _Listed(
            form, place, variants_of(form.source, asked, pictures, report)
        )
    by_default = wanted_by_default(defaults)
    known = {variant.file for one in listed.values() for variant in one.variants}
    candidates = [
        name for name in found.pictures if name not in listed and name not in known | set(recorded)
    ]
    namer = _Namer(found.pictures, [*wanted, *by_default], defaults)
    taken_in = {
        name: variant
        for name in (*candidates, *(name for name, adopted in recorded.items() if adopted))
        if name in pictures and name not in known and (variant := namer.variant(name))
    }
    pieces = dict(listed)
    for name in candidates:
        if name not in taken_in:
            variants = variants_of(name, by_default, pictures, report)
            pieces[name] = _Listed(PieceForm(source=name), None, variants)
    return tuple(_made(pieces, taken_in))


def _made(pieces: Mapping[str, _Listed], taken_in: Mapping[str, Variant]) -> Iterator[Piece]:
    for slug, (source, one) in zip(piece_slugs(pieces), pieces.items(), strict=True):
        files = {variant.file for variant in one.variants}
        found = [
            variant
            for name, variant in taken_in.items()
            if variant.source == source and name not in files
        ]
        title = one.form.title or title_of(PurePath(source).stem)
        yield Piece(
            source=source,
            slug=slug,
            title=title,
            alt=one.form.alt or title,
            description=one.form.description,
            variants=(*one.variants, *found),
            place=one.place,
        )


def _problem_with(
    source: str, found: Found, listed: Mapping[str, _Listed], place: Place | None
) -> ContentError | None:
    if source not in found.pictures:
        return ContentError(
            f'there is no picture "{source}" in this collection',
            place=place,
            mend=did_you_mean(source, found.pictures, "check its name, or put it there"),
        )
    if source in listed:
        return ContentError(
            f'"{source}" is listed twice', place=place, mend="keep one, with all its variants"
        )
    return None


class _Namer:
    """Knows from its name alone that a picture is a variant of another one in its folder."""

    def __init__(self, pictures: Sequence[str], wanted: Sequence[Wanted], defaults: Defaults):
        self._sources = {PurePath(name).stem: name for name in reversed(pictures)}
        self._networks: list[tuple[NetworkReference, Catalogue]] = []
        references = [defaults.network, *(one.defaults.network for one in wanted)]
        for network in dict.fromkeys([*references, _CLASSIC_NETWORK]):
            try:
                catalogue = catalogue_at(network, None)
            except ContentError:  # Told where the network is asked for.
                continue
            if catalogue:
                self._networks.append((network, catalogue))

    def variant(self, picture: str) -> Variant | None:
        """The variant that ``picture``'s name says it is, or ``None``."""
        stem = PurePath(picture).stem
        for cut in reversed([i for i, char in enumerate(stem) if char == "_"]):
            source = self._sources.get(stem[:cut])
            if source and source != picture:
                text, _, name = stem[cut + 1 :].partition("~")
                for network, catalogue in self._networks:
                    layers = names.split(text, catalogue)
                    if layers:
                        return _found(picture, source, layers, network, catalogue, name or None)
        return None


def _found(
    picture: str,
    source: str,
    layers: tuple[str, ...],
    network: NetworkReference,
    catalogue: Catalogue,
    name: str | None,
) -> Variant:
    text = PurePath(picture).stem.removeprefix(f"{PurePath(source).stem}_").partition("~")[0]
    return Variant(
        file=picture,
        source=source,
        targets=tuple(Target(layer) for layer in layers),
        network=network,
        preprocess=network.preprocess or catalogue.preprocess or "tf",
        recipe=NAMED["classic"],
        recipe_asked=None,
        asked=text if text != "+".join(layers) else None,
        name=name,
    )
