"""What a theme's templates are given: frozen values, complete and in the order shown.

Every template gets ``site`` (`SiteView`), ``page`` (`PageView`), the function ``link(address)``,
which gives the relative, percent-encoded link from the page at hand to another address of the
site, ``say(key, …)``, which gives the words of the site's language (`wording`), ``theme``
(`theme_view.ThemeView`) and ``options``, the values of the theme's options. `themes/README.md`
tells theme makers of every name. Besides:

- ``home.html.j2`` gets ``strip``, a few dreams (`DreamView`) from shallow to deep, and
  ``opening`` (`opening.Opening`, or None);
- ``404.html.j2`` gets nothing more (it is served at any depth: where the site's ``url`` is known,
  its ``link`` gives absolute links);
- ``pieces.html.j2`` gets ``all_pieces`` (`all_pieces.AllPieces`), ``pictures``, those of them on
  the page at hand, and ``index``, the address of what tells of those on other pages, or None;
- ``atlas.html.j2`` gets ``atlas``, a tuple of `atlas.AtlasGroup`, ``stretches``, what of them
  hangs on the page at hand (`atlas.AtlasStretch`), and ``places``, the address of the page for each
  anchor;
- ``about.html.j2`` gets ``example`` (`about.Example`, or None) and ``networks``, their names;
- ``collection.html.j2`` gets ``collection``, ``tiles``, those of its grid that hang on the page at
  hand, and ``onward``, the one to go on with (`CollectionView`, or None);
- ``piece.html.j2`` gets ``piece`` (`PieceView`), its ``collection``, ``before`` and ``after``, its
  neighbours in it (`PieceView`, or None), and ``onward``, as its collection's page does.

Strings are plain text, which the templates' autoescaping makes safe; a ``Markup`` is HTML that is
sanitised already. Addresses are files below the site's folder, not encoded: always through
``link``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from dreamfolio.content.day import Day
from dreamfolio.pictures.blur import Blur
from dreamfolio.pictures.render_facts import RenderFacts
from dreamfolio.publish.site.depth import LayerView
from dreamfolio.publish.site.parts import PartView

_RIGHT_TO_LEFT = {"ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"}


@dataclass(frozen=True, slots=True)
class FileView:
    """One file of a picture; width and height in pixels."""

    address: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class FormatView:
    """A picture in one format, for a ``<source>``: ``type`` is ``image/webp``, ``files`` rise in
    width."""

    type: str
    files: tuple[FileView, ...]


@dataclass(frozen=True, slots=True)
class PictureView:
    """A picture in all its formats, best first; the last is the one everybody can read.

    ``shape`` is its width over its height in hundredths, in steps of 4 %: the theme's class
    ``shape-<n>``. ``full`` is the file that has every pixel of the original, for whoever zooms
    in: one of ``formats`` or, where the original is larger than all of them, one of its own, which
    may be many megabytes; None where no file has. ``blur`` has the numbers, 0 to 124, of the
    colours of its quarters, from the top left by rows, to stand in its place until it is there:
    the theme's classes ``nw-<n>``, ``ne-<n>``, ``sw-<n>``, ``se-<n>``; None where it has
    transparency.
    """

    alt: str
    formats: tuple[FormatView, ...]
    shape: int
    full: FileView | None = None
    blur: Blur | None = None

    @property
    def fallback(self) -> FileView:
        """The file for a browser without ``srcset``: the widest up to 1000 pixels."""
        files = self.formats[-1].files
        return next((file for file in reversed(files) if file.width <= 1000), files[0])

    @property
    def largest(self) -> FileView:
        """The file to link to: the widest of the best format."""
        return self.formats[0].files[-1]

    @property
    def preview(self) -> FileView:
        """The file to hand to other sites: the widest that everybody can read."""
        return self.formats[-1].files[-1]

    @property
    def width(self) -> int:
        """Of the largest file, in pixels."""
        return self.largest.width

    @property
    def height(self) -> int:
        """Of the largest file, in pixels."""
        return self.largest.height

    @property
    def small(self) -> bool:
        """Whether enlarging it to the width of a column would show its pixels."""
        return self.width < 360

    @property
    def panorama(self) -> bool:
        """Whether it is so wide that it wants a row to itself."""
        return self.shape >= 220


@dataclass(frozen=True, slots=True)
class VideoView:
    """A video, for a ``<source>``: ``type`` is ``video/mp4`` or ``video/webm``."""

    address: str
    type: str


@dataclass(frozen=True, slots=True)
class VariantView:
    """One dream. ``id`` is its anchor on the piece's page; ``layers`` and ``recipe`` are told in
    words; ``asked`` is what the artist named where the layers are called otherwise, ``strongest``
    the channels that the source chose, where it was to. Of an ``adopted`` one, which came from
    before there were records, ``recipe`` is None.

    ``terms`` are its layers one by one, and ``layer`` is the one among them that counts most.
    ``lines`` make it again in a manifest; None where nobody knows them. ``motion`` is the address
    of its animation, as wide in proportion as its picture; None where it has none. ``movie`` is the
    same as a video of a fraction of its bytes; None where there is none.
    """

    id: str
    picture: PictureView
    network: str
    layers: str
    recipe: str | None
    asked: str | None
    adopted: bool
    strongest: str | None = None
    terms: tuple[LayerView, ...] = ()
    layer: LayerView | None = None
    lines: str | None = None
    motion: str | None = None
    movie: VideoView | None = None

    @property
    def motifs(self) -> bool:
        """Whether it was dreamed toward motifs alone, which ``layers`` then names."""
        return bool(self.terms) and all(term.motif for term in self.terms)


@dataclass(frozen=True, slots=True)
class LinkView:
    """Another page, by its title."""

    address: str
    title: str


@dataclass(frozen=True, slots=True)
class TileView:
    """A picture in a collection's grid, leading to its piece's page: to the top for a source
    (``id`` and ``caption`` None), to the variant for a dream. ``source`` is what a dream grew from,
    where that is shown. Of a ``video`` the picture is the poster."""

    picture: PictureView
    address: str
    title: str
    id: str | None = None
    caption: str | None = None
    source: PictureView | None = None
    video: bool = False

    @property
    def key(self) -> str:
        """Tells it from every other tile of its collection."""
        page = self.address.rpartition("/")[2].removesuffix(".html")
        return f"{page}/{self.id}" if self.id else page


@dataclass(frozen=True, slots=True)
class PieceView:
    """A source and its dreams. ``source`` is None where it cannot be shown; then there is at
    least one variant. ``previous`` and ``next`` are its neighbours in the collection. ``render`` is
    what the source's own metadata tells of its rendering. ``tags`` hold its collection's, too. Of a
    ``video``, ``source`` is the poster, and there are no variants."""

    address: str
    title: str
    description: Markup
    summary: str
    source: PictureView | None
    variants: tuple[VariantView, ...]
    previous: LinkView | None = None
    next: LinkView | None = None
    render: RenderFacts | None = None
    dated: Day | None = None
    tags: tuple[str, ...] = ()
    video: VideoView | None = None

    @property
    def date(self) -> Day | None:
        """When it was made: as the manifest says (``dated``), else as its render tells."""
        if self.dated or not (self.render and self.render.made):
            return self.dated
        return Day.of(self.render.made)

    @property
    def tiles(self) -> tuple[TileView, ...]:
        """What the collection's grid shows of it: its dreams, or its source where it has none."""
        if not self.variants and self.source:
            video = self.video is not None
            return (TileView(self.source, self.address, self.title, video=video),)
        return tuple(DreamView(variant, self).tile for variant in self.variants)

    @property
    def panorama(self) -> bool:
        """Whether its pictures stand below each other even on a wide window."""
        picture = self.source or self.variants[0].picture
        return picture.panorama


@dataclass(frozen=True, slots=True)
class DreamView:
    """A dream away from its piece's page: which piece's, and where it hangs there."""

    variant: VariantView
    piece: PieceView

    @property
    def tile(self) -> TileView:
        """Its picture, leading to it."""
        return TileView(
            self.variant.picture,
            self.piece.address,
            self.piece.title,
            self.variant.id,
            self.variant.layers,
            self.piece.source,
        )


@dataclass(frozen=True, slots=True)
class ArchiveView:
    """A ZIP archive of a collection's own ``pictures`` at full size and of its ``videos``, so many
    of them; ``size`` is in bytes."""

    address: str
    size: int
    pictures: int
    videos: int


@dataclass(frozen=True, slots=True)
class CollectionView:
    """A collection, its pieces and the collections nested in it. ``trail`` are its ancestors,
    outermost first. ``cover`` is None where nothing in it can be shown, ``archive`` where none was
    asked for."""

    address: str
    title: str
    description: Markup
    summary: str
    trail: tuple[LinkView, ...]
    pieces: tuple[PieceView, ...]
    children: tuple[CollectionView, ...]
    date: Day | None = None
    archive: ArchiveView | None = None

    @property
    def tiles(self) -> tuple[TileView, ...]:
        """The pictures of its grid."""
        return tuple(tile for piece in self.pieces for tile in piece.tiles)

    @property
    def cover(self) -> PictureView | None:
        """Its first picture, or the first of the collections nested in it."""
        if self.tiles:
            return self.tiles[0].picture
        return next((child.cover for child in self.children if child.cover), None)

    @property
    def piece_count(self) -> int:
        """How many pieces it holds, nested ones included."""
        return len(self.pieces) + sum(child.piece_count for child in self.children)

    @property
    def dream_count(self) -> int:
        """How many dreams it holds, nested ones included."""
        own = sum(len(piece.variants) for piece in self.pieces)
        return own + sum(child.dream_count for child in self.children)

    @property
    def even(self) -> bool:
        """Whether all its pictures have about one shape, so that plain columns suit them."""
        shapes = {tile.picture.shape for tile in self.tiles}
        return not shapes or max(shapes) <= 1.1 * min(shapes)

    def walk(self) -> Iterator[CollectionView]:
        """Itself and all below it, in the order shown."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class SiteView:
    """The portfolio. ``collections`` are the outermost ones; ``url`` is where the site will stand,
    None where it is not known, which is when no absolute link can be given."""

    title: str
    author: str | None
    description: Markup
    summary: str
    language: str
    url: str | None
    collections: tuple[CollectionView, ...]

    @property
    def direction(self) -> str:
        """Which way its language is written: ``ltr`` or ``rtl``."""
        return "rtl" if self.language.partition("-")[0].lower() in _RIGHT_TO_LEFT else "ltr"

    @property
    def cover(self) -> PictureView | None:
        """The first collection's."""
        return next((each.cover for each in self.collections if each.cover), None)

    @property
    def pieces(self) -> tuple[PieceView, ...]:
        """All pieces of all collections, in the order shown."""
        return tuple(
            piece for top in self.collections for each in top.walk() for piece in each.pieces
        )

    @property
    def dreams(self) -> tuple[DreamView, ...]:
        """All dreams of all pieces, in the order shown."""
        return tuple(DreamView(one, piece) for piece in self.pieces for one in piece.variants)


@dataclass(frozen=True, slots=True)
class PageView:
    """The page at hand, for its ``<head>``. ``cover`` is the picture to show for it elsewhere.
    ``canonical`` is absolute, and None where the site's ``url`` is not known. ``data`` is what it
    tells search engines of itself, JSON-LD that is safe within a ``<script>``. ``part`` is which
    part of a long page it is; None of one that is whole."""

    address: str
    title: str
    summary: str
    kind: str
    canonical: str | None
    cover: PictureView | None
    data: Markup | None = None
    part: PartView | None = None
