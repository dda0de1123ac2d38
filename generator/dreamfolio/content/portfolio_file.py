"""What ``portfolio.yaml`` may hold."""

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Discriminator, Field, Tag

from dreamfolio.content.forms import DreamForm, Form, Layers, NetworksForm, RecipeForm
from dreamfolio.content.path_text import PlaceText
from dreamfolio.content.settings import ReadmeSettings, SiteSettings
from dreamfolio.dream.computing import Computing
from dreamfolio.dream.precision import Asked
from dreamfolio.pictures.limits import MAX_PIXELS


class DreamDefaults(DreamForm):
    """How every collection dreams, unless it says otherwise itself."""

    model: NetworksForm | None = None
    """Which network dreams: a name, or a file; of several, the first that can be had."""
    recipe: RecipeForm | None = None
    """How to dream."""
    layers: Layers | None = None
    """Which layers to excite; without any, and without motifs, pieces are shown undreamed."""
    precision: Asked = "auto"
    """What networks compute in. `auto` is bfloat16 where the machine has units for it, except by
    the recipe classic, else float32; a finished dream is kept either way."""
    tile: Literal["auto", "none"] | Annotated[int, Field(ge=64, strict=True)] = "auto"
    """Side in pixels of the tiles that pictures are dreamed in; `auto` tiles those that would take
    more than some gigabytes at once, `none` nothing. Tiles change no pixel but by rounding."""
    batch: Literal["auto", "none"] | Annotated[int, Field(ge=1, le=64, strict=True)] = "auto"
    """How many small pictures of one size, layers and recipe are dreamed at once; `auto` as many as
    keep a graphics card busy, on a CPU one; `none` each by itself. Batches change no pixel but by
    rounding."""

    @property
    def computing(self) -> Computing:
        """How dreams are computed, as against what they look like."""
        return Computing(self.precision, self.tile, self.batch)


ThemeName = Annotated[str, Field(pattern=r"^[\w-]+$")]


class ThemeForm(Form):
    """The site's theme, and what is set of its options, which each theme declares itself."""

    model_config = ConfigDict(extra="allow")

    name: ThemeName = "gallery"
    """A folder in `themes/`, or a theme that dreamfolio brings."""

    @property
    def options(self) -> dict[str, Any]:
        """What is set, by the option's name."""
        return dict(self.model_extra or {})


def _theme_shape(value: Any) -> str | None:
    if isinstance(value, str):
        return "<theme_name>"
    return "<theme>" if isinstance(value, dict | ThemeForm) else None


ThemeChoice = Annotated[
    Annotated[ThemeName, Tag("<theme_name>")] | Annotated[ThemeForm, Tag("<theme>")],
    Discriminator(
        _theme_shape,
        custom_error_type="form",
        custom_error_message="a theme is a name, or {name: gallery, scheme: dark}",
    ),
]


class PortfolioFile(Form):
    """A dreamfolio portfolio."""

    title: str | None = Field(None, min_length=1)
    """The portfolio's title; by default the folder's name."""
    author: str | None = None
    """Who made the pictures."""
    description: str = ""
    """A few words on the portfolio, in Markdown."""
    url: str | None = Field(None, pattern=r"^https?://[^\s?#/\\@;,'\"<>]+(/[^\s?#]*)?$")
    """The site's public address, for canonical links, OpenGraph and feeds."""
    # No tag in use begins with more than three letters; names of languages do.
    language: str = Field("en", pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$")
    """The language of the texts, as a BCP 47 tag such as `en` or `pt-BR`."""
    theme: ThemeChoice = "gallery"
    """The site's theme: a folder in `themes/`, or one that dreamfolio brings; with options:
    `{name: gallery, accent: "#c2410c"}`."""
    readme: ReadmeSettings = ReadmeSettings()
    """How the README's tables look."""
    site: SiteSettings = SiteSettings()
    """How the site is made."""
    dream: DreamDefaults = DreamDefaults()
    """How every collection dreams, unless it says otherwise itself."""
    max_pixels: int = Field(MAX_PIXELS, ge=1, strict=True)
    """How many pixels a picture may have; a larger one is refused by its header, before it takes
    memory."""
    cache: PlaceText | None = None
    """Where finished dreams are kept: a folder, or any fsspec URL such as `s3://bucket/dreams`."""
