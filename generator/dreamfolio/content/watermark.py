"""What ``portfolio.yaml`` may say of the mark on published pictures."""

from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from dreamfolio.content.path_text import PathText
from dreamfolio.pictures.watermark import Position


class Watermark(BaseModel):
    """A line of text or a picture, laid over the site's pictures and never over originals."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    text: str | None = Field(
        None, min_length=1, max_length=200, pattern=r"\S", description="A line such as `© Ada`."
    )
    file: PathText | None = Field(
        None, description="A picture of the portfolio, such as a PNG with transparency."
    )
    font: PathText | None = Field(
        None,
        description="A .ttf or .otf file for the text; by default one for ASCII and © that comes "
        "along.",
    )
    position: Position = Field("bottom-right", description="Where it lies.")
    opacity: float = Field(
        0.6, gt=0, le=1, strict=True, description="From 0, not to be seen, to 1, opaque."
    )
    size: float = Field(
        3,
        gt=0,
        le=100,
        strict=True,
        description="How high it is, in hundredths of the picture's shorter side.",
    )
    smallest: int = Field(
        640,
        ge=1,
        strict=True,
        description="Pictures narrower than this, in pixels, are published without it.",
    )

    @model_validator(mode="after")
    def _either(self) -> Self:
        if (self.text is None) == (self.file is None):
            raise PydanticCustomError(
                "form", "a watermark is {text: © Ada} or {file: logo.png}, one of both"
            )
        return self
