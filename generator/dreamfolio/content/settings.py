"""The parts of ``portfolio.yaml`` that say how a portfolio is published."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator
from pydantic_core import PydanticCustomError

from dreamfolio.content.watermark import Watermark

Width = Annotated[int, Field(ge=16, le=16384, strict=True)]


class ReadmeSettings(BaseModel):
    """How the README's tables look."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    columns: int = Field(
        2, ge=1, le=12, strict=True, description="How many pictures stand side by side."
    )
    images: Literal["thumbnails", "originals"] = Field(
        "thumbnails",
        description="Whether a cell shows a small WebP from `thumbs/` or the picture itself.",
    )
    originals: Literal["untouched", "clean"] = Field(
        "untouched",
        description="Whether the tables lead to the pictures as they are, or to copies of the same "
        "pixels in `thumbs/clean/` where metadata tells of a disk, a place or a device.",
    )
    show: Literal["sources", "variants", "both"] = Field(
        "variants", description="Which pictures the tables show."
    )
    sources: Literal["details", "comment", "table"] = Field(
        "details",
        description="With `show: both`, where the table of sources goes: folded away in a "
        "`<details>`, hidden in an HTML comment, or open above the variants.",
    )
    width: Width = Field(800, description="Width of a thumbnail, in pixels.")
    split: Literal["auto", "always", "never"] = Field(
        "auto",
        description="Whether each collection's tables go to a page in its own folder, and the "
        "README shows a cover of each: where it would be larger than GitHub shows (500 kB), "
        "always, or never.",
    )


class SiteSettings(BaseModel):
    """How the site's pictures are made."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    widths: tuple[Width | Literal["original"], ...] = Field(
        (480, 640, 960, 1600),
        min_length=1,
        description="Widths of the published pictures, in pixels; `original` publishes each at its "
        "own size too, so that visitors can zoom to its pixels.",
        json_schema_extra={"contains": {"type": "integer"}},
    )
    formats: tuple[Literal["webp", "avif", "jpeg"], ...] = Field(
        ("webp",), min_length=1, description="Formats of the published pictures, best first."
    )
    watermark: Watermark | None = Field(
        None,
        description="A line of text or a picture over the site's pictures; what archives hold and "
        "the README shows is left without.",
    )
    zip: bool = Field(
        False,
        strict=True,
        description="Whether each collection can be taken away as a ZIP archive: its pictures at "
        "full size, without what their metadata tells of a disk, a place or a device, and its "
        "videos as they are.",
    )

    @field_validator("widths")
    @classmethod
    def _some_width(cls, widths: tuple[int | str, ...]) -> tuple[int | str, ...]:
        if widths and all(isinstance(width, str) for width in widths):
            raise PydanticCustomError(
                "form",
                "beside original, name a width in pixels for the pages: [640, 1600, original]",
            )
        return widths

    @property
    def page_widths(self) -> tuple[int, ...]:
        """The widths that pages choose from, in pixels."""
        return tuple(width for width in self.widths if isinstance(width, int))

    @property
    def zoom(self) -> bool:
        """Whether each picture is also published at its own size, however large."""
        return "original" in self.widths
