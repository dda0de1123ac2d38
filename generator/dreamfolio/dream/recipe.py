"""What a dream is made by: every number that shapes its pixels, and the named recipes.

A recipe is a frozen value. Its defaults are those of the classic algorithm, so a field that
stands at its default is left out of the canonical form: a field added in a later version does
not change the key of a dream made before it existed.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from dreamfolio.dream.pocket import EMBEDDED

Objective = Literal["mean", "l2", "rms"]
Mask = Literal["none", "subject", "alpha"]


class Recipe(BaseModel):
    """How a picture is dreamed. The picture lives in [-1, 1] while it dreams."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    objective: Objective = Field(
        default="mean",
        description="What a layer is excited by: `mean` of its activations (the classic), `l2` "
        "the mean of their squares, `rms` the mean over channels of each channel's root mean "
        "square, in which no single motif takes over.",
    )
    octaves: Annotated[int, Field(ge=1, le=32)] | Literal["auto"] = Field(
        default=1,
        description="How many sizes the picture is dreamed at, smallest first; `auto` goes down "
        "until the short side is about `min_size`.",
    )
    min_size: int = Field(
        default=200, ge=1, description="Short side, in pixels, where `auto` octaves end."
    )
    scale: float = Field(
        default=1.4, gt=1.0, le=8.0, description="The ratio of one octave to the next."
    )
    steps: int = Field(
        default=100, ge=0, le=100_000, description="Steps of gradient ascent per octave."
    )
    step_size: float = Field(
        default=0.01,
        gt=0.0,
        le=10.0,
        description="Length of a step, in the [-1, 1] range of a pixel.",
    )
    jitter: int = Field(
        default=0, ge=0, le=4096, description="Largest random shift before each step, in pixels."
    )
    smooth: tuple[Annotated[float, Field(gt=0.0, le=64.0)], ...] = Field(
        default=(),
        description="Deviations, in pixels, of Gaussian blurs of the gradient: each is brought to "
        "one strength, and all are summed, so that coarse forms and fine detail grow together. "
        "None leaves the gradient as it is.",
    )
    chroma: float = Field(
        default=1.0,
        ge=0.0,
        le=4.0,
        description="How strongly colours change, beside light: below 1 they are calmer and more "
        "like a painting's, 0 dreams in light alone.",
    )
    detail: bool = Field(
        default=False,
        description="Whether the detail lost in shrinking is put back in each octave.",
    )
    max_size: Annotated[int, Field(ge=16)] | None = Field(
        default=None,
        description="Long side, in pixels, that the picture is shrunk to before it dreams.",
    )
    mask: Mask = Field(
        default="none",
        description="Where the dream shows: everywhere, on the `subject` before a plain "
        "background, or where the picture's `alpha` is.",
    )
    strength: float = Field(
        default=1.0, ge=0.0, le=1.0, description="How much of the dream is blended over the source."
    )
    seed: int | None = Field(
        default=None,
        ge=0,
        description="Seed of the jitter; by default it follows from the variant's key.",
    )

    @property
    def is_classic(self) -> bool:
        """Whether it is the original algorithm, however many its steps, how long, and where they
        show."""
        return self.canonical().keys() <= {"steps", "step_size", "max_size", "mask", "strength"}

    def canonical(self) -> dict[str, Any]:
        """The fields that shape pixels and differ from the classic, with those that cannot
        matter left out: the same pixels give the same form."""
        form = self.model_dump(mode="json", exclude_defaults=True)
        if self.octaves == 1:
            for field in ("scale", "detail"):
                form.pop(field, None)
        if self.octaves != "auto":
            form.pop("min_size", None)
        if self.jitter == 0:
            form.pop("seed", None)
        return form


# What grows in the embedded network grows best so: no single motif takes over, coarse forms come
# with their detail, and a render's plain background stays plain.
_POCKET = Recipe(
    objective="rms",
    octaves="auto",
    steps=20,
    step_size=0.03,
    jitter=32,
    smooth=(0.6, 1.6, 4.0),
    chroma=0.5,
    detail=True,
    mask="subject",
)

NAMED: Mapping[str, Recipe] = MappingProxyType(
    {
        "classic": Recipe(),
        "octaves": Recipe(octaves="auto", steps=20, step_size=0.012, jitter=32, detail=True),
        "preview": Recipe(
            octaves="auto", steps=10, step_size=0.012, jitter=32, detail=True, max_size=480
        ),
        EMBEDDED: _POCKET,
        # One motif alone takes longer steps before it is all there.
        "motifs": _POCKET.model_copy(update={"step_size": 0.05}),
    }
)
DEFAULT = "octaves"


def default_for(network: str | None, *, motifs: bool = False) -> str:
    """The recipe for work that names none: what suits the network, or ``motifs`` in the place of
    layers."""
    if network != EMBEDDED:
        return DEFAULT
    return "motifs" if motifs else EMBEDDED
