"""What an animation of a dream is to be like; see ``motion`` for how it is made."""

from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

Kind = Literal["morph", "zoom"]

# Frames a second. What is shown for less than 20 ms some browsers show for 100.
_FASTEST = 50
# How many frames long a morph rests where it turns.
_REST = 4


class Animation(BaseModel):
    """A looping animation beside a dream."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)

    kind: Kind = Field(
        default="morph",
        description="`morph`: the render falls into its dream and back; `zoom`: an endless dive "
        "into the dream, which dreams on.",
    )
    frames: int = Field(
        default=48, ge=4, le=480, multiple_of=2, description="How many frames the loop has."
    )
    seconds: float = Field(
        default=4.0, ge=0.2, le=120.0, description="How long the loop takes, in seconds."
    )
    width: int = Field(
        default=800,
        ge=16,
        le=4096,
        description="Width in pixels; no animation is wider than its picture.",
    )

    @model_validator(mode="after")
    def _as_fast_as_browsers(self) -> Self:
        if self.frames / self.seconds > _FASTEST:
            raise PydanticCustomError(
                "form",
                "{frames} frames in {seconds} seconds are more than browsers show, {fastest} a "
                "second; ask for fewer frames or more seconds",
                {"frames": self.frames, "seconds": self.seconds, "fastest": _FASTEST},
            )
        return self

    def canonical(self) -> dict[str, Any]:
        """All that shapes it, as a JSON value."""
        return self.model_dump(mode="json")

    def size(self, height: int, width: int) -> tuple[int, int]:
        """(height, width) of the frames, for a picture of this size."""
        if width <= self.width:
            return height, width
        return max(1, round(height * self.width / width)), self.width

    def durations(self) -> list[int]:
        """How long each frame is shown, in milliseconds: a morph rests in its render and in its
        dream."""
        rests = {0, self.frames // 2} if self.kind == "morph" else set()
        shares = [_REST if frame in rests else 1 for frame in range(self.frames)]
        return [max(1, round(1000 * self.seconds * share / sum(shares))) for share in shares]
