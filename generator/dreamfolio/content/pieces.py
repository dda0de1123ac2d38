"""Telling a folder's sources from its variants, and making pieces of them."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from pathlib import PurePath

from dreamfolio.content import videos
from dreamfolio.content.collection_file import PieceForm
from dreamfolio.content.day import Day
from dreamfolio.content.defaults import Defaults, Written
from dreamfolio.content.discover import Found, in_order
from dreamfolio.content.labels import one_each
from dreamfolio.content.layers import catalogue_at, told_targets
from dreamfolio.content.names import fold, piece_slugs, render_of, split_suffix, title_of
from dreamfolio.content.objects import Piece, Variant
from dreamfolio.content.one_line import one_line, quoted
from dreamfolio.content.variants import Report, variants_of
from dreamfolio.content.wanted import Wanted, wanted_by, wanted_by_default
from dreamfolio.content.yaml_file import Document
from dreamfolio.dream.networks import names
from dreamfolio.dream.networks.catalogue import Catalogue
from dreamfolio.dream.networks.reference import NetworkReference
from dreamfolio.dream.recipe import NAMED
from dreamfolio.errors import ContentError
from dreamfolio.pictures.encode import variant_suffix
from dreamfolio.suggest import nearest

_LEGACY = NetworkReference(name=names.LEGACY_NETWORK)


def pieces_of(
    found: Found,
    forms: Sequence[PieceForm | None],
    document: Document | None,
    defaults: Defaults,
    recorded: Mapping[str, bool],
    report: Report,
) -> tuple[Piece, ...]:
    """The collection's pieces: those the manifest lists, in its order, then the other sources.

    A form that is ``None`` cannot be judged, and has been complained of.

    ``recorded`` holds the variants in the collection's lock, and whether each was adopted; so a
    variant that is no longer asked for is not taken for a source. A render that was only adopted
    because a manifest called it a variant (``file: orb_2.png``) is a source again without that.
    """
    pictures = frozenset(found.pictures)
    shown = pictures.union(found.videos)
    wanted: dict[str, list[Wanted]] = {}
    listed: dict[str, PieceForm] = {}
    for i, form in enumerate(forms):
        if form is None:
            continue
        assert document is not None
        path = ("pieces", i)
        at = Written(document, (*path, "source"))
        problem = _problem_with(form.source, shown, listed, at)
        if problem:
            report(problem)
            continue
        if form.source in found.videos:
            wanted[form.source] = []
            if problem := videos.problem_with(form, document, path):
                report(problem)
        else:
            wanted[form.source] = wanted_by(form, document, path, found.folder, defaults)
        listed[form.source] = form
    taken = {fold(source): "a piece of its own" for source in listed}
    variants = _variants(wanted, pictures, taken, report)
    known = {variant.file for ones in variants.values() for variant in ones}
    by_default = wanted_by_default(defaults, found.folder)
    every = [*itertools.chain.from_iterable(wanted.values()), *by_default]
    namer = _Namer(found.pictures, every, defaults)
    masks = {one.defaults.pictures.get("mask") for one in every}
    dreams = {
        name for name, adopted in recorded.items() if not adopted or namer.seems_a_variant(name)
    }
    not_sources = {*listed, *known, *dreams, *masks, *videos.standing_in(found)}
    candidates = [name for name in found.pictures if name not in not_sources]
    taken_in = {
        name: variant
        for name in (*candidates, *(name for name, adopted in recorded.items() if adopted))
        if name in pictures and name not in known and (variant := namer.variant(name))
    }
    dreamed_again = {variant.source for variant in taken_in.values()}
    hung = {*listed, *candidates}
    unlisted = [
        name
        for name in candidates
        if name not in taken_in
        or name in dreamed_again
        # A dream of what is no source here would be shown nowhere.
        or taken_in[name].source not in hung
    ]
    if not namer.reads(defaults.network):
        unlisted = _without_dreams(unlisted, by_default, pictures, taken)
    others = in_order([*unlisted, *(name for name in found.videos if name not in listed)])
    sources = {
        **listed,
        **{name: PieceForm.model_construct(source=name) for name in others},
    }
    variants |= _variants(dict.fromkeys(unlisted, by_default), pictures, taken, report)
    return tuple(_made(sources, variants, taken_in, found))


def _variants(
    wanted: Mapping[str, list[Wanted]],
    pictures: frozenset[str],
    taken: dict[str, str],
    report: Report,
) -> dict[str, tuple[Variant, ...]]:
    """The variants of each source. Of renders that differ in their suffix alone, those whose
    variants keep it come first, so that a GIF dropped beside a PNG does not take its names."""
    ordered = sorted(wanted, key=lambda source: _changes_suffix(source))
    return {
        source: variants_of(source, wanted[source], pictures, taken, report) for source in ordered
    }


def _without_dreams(
    sources: Sequence[str],
    by_default: list[Wanted],
    pictures: frozenset[str],
    taken: Mapping[str, str],
) -> list[str]:
    """The sources less those that others among them will be dreamed into, by the very name: all
    that tells where the network is not here, so that no name can be read."""
    dreams: set[str] = set()
    for source in sorted(sources, key=len):
        if source not in dreams:
            found = variants_of(source, by_default, pictures, dict(taken), lambda problem: None)
            dreams.update(variant.file for variant in found)
    return [source for source in sources if source not in dreams]


def _changes_suffix(source: str) -> bool:
    _, suffix = split_suffix(source)
    return variant_suffix(suffix) != suffix


def _made(
    sources: Mapping[str, PieceForm],
    variants: Mapping[str, tuple[Variant, ...]],
    taken_in: Mapping[str, Variant],
    found: Found,
) -> Iterator[Piece]:
    posters = videos.posters(found)
    # One file is one variant: without its lock, a dream of c.gif reads like one of c.png.
    files = {variant.file for ones in variants.values() for variant in ones}
    found_of: dict[str, list[Variant]] = {}
    for variant in taken_in.values():
        found_of.setdefault(variant.source, []).append(variant)
    # A video dropped beside a render of its name does not take the address of that one's page.
    named = sorted(sources, key=lambda source: source in found.videos)
    slugs = dict(zip(named, piece_slugs(named), strict=True))
    for source, form in sources.items():
        own = variants.get(source, ())
        by_name = [
            variant
            for variant in found_of.get(source, ())
            if variant.file not in files and form.variants != ()
        ]
        title = form.title or title_of(split_suffix(source)[0])
        yield Piece(
            source=source,
            slug=slugs[source],
            title=title,
            alt=form.alt or title,
            description=form.description,
            variants=(*own, *by_name),
            date=Day.parse(form.date) if form.date else None,
            tags=one_each(form.tags),
            poster=posters.get(source),
        )


def _problem_with(
    source: str, shown: AbstractSet[str], listed: Mapping[str, PieceForm], at: Written
) -> ContentError | None:
    if source not in shown:
        return ContentError(
            f"there is no picture {quoted(source)} in this collection",
            place=at.place,
            mend=_picture_meant(source, in_order(shown)),
        )
    if source in listed:
        return ContentError(
            f"{quoted(source)} is listed twice",
            place=at.place,
            mend="keep one, with all its variants",
        )
    return None


def _picture_meant(source: str, pictures: Sequence[str]) -> str:
    # By the stems alone: any two names are much alike that end with the same four letters.
    stems = {PurePath(name).stem: name for name in reversed(pictures)}
    meant = nearest(PurePath(source).stem, stems)
    return f"did you mean {one_line(stems[meant])}?" if meant else "check its name, or put it there"


class _Namer:
    """Knows from its name alone that a picture is a variant of another one in its folder."""

    def __init__(self, pictures: Sequence[str], wanted: Sequence[Wanted], defaults: Defaults):
        self._pictures = pictures
        self._networks: list[tuple[NetworkReference, Catalogue]] = []
        references = [defaults.network, *(one.defaults.network for one in wanted)]
        for network in dict.fromkeys([*references, _LEGACY]):
            try:
                catalogue = catalogue_at(network, None)
            except ContentError:  # Told where the network is asked for.
                continue
            if catalogue:
                self._networks.append((network, catalogue))

    @functools.cached_property
    def _sources(self) -> dict[str, list[str]]:
        """The folder's pictures by their stems; where all are known, nobody asks."""
        found: dict[str, list[str]] = {}
        for name in self._pictures:
            found.setdefault(split_suffix(name)[0], []).append(name)
        return found

    def reads(self, network: NetworkReference) -> bool:
        """Whether the network's layers are known, and so the names of its variants."""
        return any(known == network for known, _ in self._networks)

    def variant(self, picture: str) -> Variant | None:
        """The variant that ``picture``'s name says it is, or ``None``."""
        stem, _ = split_suffix(picture)
        for cut in reversed([i for i, char in enumerate(stem) if char == "_"]):
            source = render_of(picture, self._sources.get(stem[:cut], ()))
            if source:
                text, _, name = stem[cut + 1 :].partition("~")
                for network, catalogue in self._networks:
                    layers = names.split(text, catalogue)
                    if layers:
                        return Variant(
                            file=picture,
                            source=source,
                            targets=told_targets(layers),
                            network=network,
                            preprocess=network.preprocess or catalogue.preprocess,
                            recipe=NAMED["classic"],
                            recipe_asked=None,
                            asked=text if text != "+".join(layers) else None,
                            name=name or None,
                        )
        return None

    def seems_a_variant(self, picture: str) -> bool:
        """Whether its name begins with another's, or ends in layers of a network in use: so do
        dreams whose network was given up, and those whose source was renamed."""
        stem, _ = split_suffix(picture)
        cuts = [i for i, char in enumerate(stem) if char == "_"]
        ends = [stem[i + 1 :].partition("~")[0] for i in cuts]
        return any(stem[:i] in self._sources for i in cuts) or any(
            names.split(end, catalogue) for end in ends for _, catalogue in self._networks
        )
