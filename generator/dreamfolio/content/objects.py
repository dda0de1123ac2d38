"""What a portfolio is, once read and validated: frozen values that everything later works on.

Nothing here knows YAML or a network's weights. Pictures are named, not opened.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from dreamfolio.content.day import Day
from dreamfolio.content.settings import ReadmeSettings, SiteSettings
from dreamfolio.dream.animation import Animation
from dreamfolio.dream.computing import Computing
from dreamfolio.dream.networks.reference import NetworkReference
from dreamfolio.dream.recipe import Recipe
from dreamfolio.dream.target import Target
from dreamfolio.pictures.limits import MAX_PIXELS
from dreamfolio.pictures.video import is_video


@dataclass(frozen=True, slots=True)
class Fallback:
    """A network that may dream a variant in the place of the one asked for, and how it would.

    ``targets`` are its own layers; empty where its file is not here to tell them.
    """

    network: NetworkReference
    targets: tuple[Target, ...]
    preprocess: str


@dataclass(frozen=True, slots=True)
class Variant:
    """One dream of one source: what to dream it by, and the file it stands in.

    ``file`` is the picture's name beside its source. ``targets`` hold canonical layer names in
    the order asked. ``asked`` is what the artist wrote where that was something else (a legacy
    name, ``random: 2``). ``recipe_asked`` is the manifest's own form of the recipe.
    ``fallbacks`` are tried in their order where ``network`` cannot be had; a variant as one of
    them dreams it is ``instead_of`` the one asked for. ``animated`` is the animation beside it: a
    variant in a file of its own, which has an ``animation``.
    """

    file: str
    source: str
    targets: tuple[Target, ...]
    network: NetworkReference
    preprocess: str
    recipe: Recipe
    recipe_asked: Any
    asked: str | None = None
    name: str | None = None
    alt: str | None = None
    fallbacks: tuple[Fallback, ...] = ()
    instead_of: Variant | None = None
    animation: Animation | None = None
    animated: Variant | None = None

    @property
    def wanted(self) -> Variant:
        """The variant as the manifest asks for it."""
        return self.instead_of or self

    @property
    def stand_ins(self) -> tuple[Variant, ...]:
        """The variant as each of its fallbacks dreams it."""
        return tuple(
            replace(
                self,
                network=one.network,
                targets=one.targets,
                preprocess=one.preprocess,
                fallbacks=(),
                instead_of=self,
            )
            for one in self.fallbacks
        )

    @property
    def resolved(self) -> dict[str, Any]:
        """The canonical recipe, with the canonical animation where it is one: a JSON value."""
        own = {"animate": self.animation.canonical()} if self.animation else {}
        return self.recipe.canonical() | own

    @property
    def layers(self) -> tuple[str, ...]:
        """The canonical layer names, in the order asked."""
        return tuple(target.layer for target in self.targets)


@dataclass(frozen=True, slots=True)
class Piece:
    """A source render and the variants wanted of it, in the order they are shown; or a video, which
    has none.

    ``slug`` is unique in its collection and safe in a file name and an address. ``date`` is the
    manifest's word. ``poster`` is the picture that lies beside a video to stand for it.
    """

    source: str
    slug: str
    title: str
    alt: str
    description: str = ""
    variants: tuple[Variant, ...] = ()
    date: Day | None = None
    tags: tuple[str, ...] = ()
    poster: str | None = None

    @property
    def dreams(self) -> tuple[Variant, ...]:
        """All that is dreamed of it: its variants, each followed by its animation."""
        return tuple(one for variant in self.variants for one in (variant, variant.animated) if one)

    @property
    def video(self) -> str | None:
        """The source, where it is a video."""
        return self.source if is_video(Path(self.source)) else None

    @property
    def picture(self) -> str:
        """The file whose pixels show the source: its own, or the poster's."""
        return self.poster or self.source


@dataclass(frozen=True, slots=True)
class Collection:
    """A folder of renders. ``slug`` is its path below ``collections/``, with ``/`` between.

    ``pictures`` are the names of all pictures in the folder, pieces' sources and variants among
    them, ``videos`` those of its videos; of either, and of what recipes name, ``astray`` are those
    that are links out of the portfolio, which nobody may open. ``description`` is Markdown.
    """

    slug: str
    folder: Path
    title: str
    description: str
    pieces: tuple[Piece, ...]
    pictures: tuple[str, ...] = ()
    manifest: Path | None = None
    date: Day | None = None
    tags: tuple[str, ...] = ()
    videos: tuple[str, ...] = ()
    astray: frozenset[str] = frozenset()

    def has(self, name: str) -> bool:
        """Whether there is a file of this name in the folder that may be opened."""
        return name not in self.astray and (self.folder / name).is_file()


@dataclass(frozen=True, slots=True)
class Portfolio:
    """A folder with a ``portfolio.yaml`` and everything its collections say.

    ``root`` is absolute. ``cache`` is any fsspec URL or an absolute path. ``theme_options`` are
    those set, as they were written.
    """

    root: Path
    title: str
    author: str | None = None
    description: str = ""
    url: str | None = None
    language: str = "en"
    theme: str = "gallery"
    theme_options: Mapping[str, Any] = field(default_factory=dict)
    readme: ReadmeSettings = field(default_factory=ReadmeSettings)
    site: SiteSettings = field(default_factory=SiteSettings)
    cache: str = ""
    computing: Computing = field(default_factory=Computing)
    max_pixels: int = MAX_PIXELS
    collections: tuple[Collection, ...] = ()

    def relative(self, path: Path) -> str:
        """``path`` as people write it: relative to the root, with ``/`` between."""
        return path.relative_to(self.root).as_posix()
