"""What a dream is made by: every number that shapes its pixels, and the named recipes.

A recipe is a frozen value. Its defaults are those of the classic algorithm, so a field that
stands at its default is left out of the canonical form: a field added in a later version does
not change the key of a dream made before it existed.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    Strict,
    Tag,
    WithJsonSchema,
)

from dreamfolio.dream.beside import MASK_SCHEMA, PICTURE_SCHEMA, as_mask, as_picture, name_of, seen
from dreamfolio.dream.pocket import EMBEDDED

Objective = Literal["mean", "l2", "rms"]
Norm = Literal["std", "mean-abs"]
Color = Literal["free", "steady", "keep"]

T = TypeVar("T")
_Number = TypeVar("_Number", int, float)


def at_octave(value: T | tuple[T, ...], octave: int) -> T:
    """What holds in the octave of this number, the smallest being 0: the last of several values
    holds for all that follow."""
    if not isinstance(value, tuple):
        return value
    return value[min(octave, len(value) - 1)]


def _shortest(value: _Number | tuple[_Number, ...]) -> _Number | tuple[_Number, ...]:
    """Several values less those at the end that repeat, as the last does of itself."""
    if not isinstance(value, tuple):
        return value
    while len(value) > 1 and value[-1] == value[-2]:
        value = value[:-1]
    return value if len(value) > 1 else value[0]


def _first(value: _Number | tuple[_Number, ...], octaves: int) -> _Number | tuple[_Number, ...]:
    return _shortest(value[:octaves]) if isinstance(value, tuple) else value


_Steps = Annotated[int, Field(ge=0, le=100_000)]
_StepSize = Annotated[float, Field(gt=0.0, le=10.0)]
_MOST_OCTAVES = 32


def _shape(value: Any) -> str:
    return "<list>" if isinstance(value, list | tuple) else "<number>"


# What is read strictly elsewhere, as in a manifest, has lists and no tuples.
_OF_EACH_OCTAVE = (
    Strict(strict=False),
    Field(min_length=1, max_length=_MOST_OCTAVES),
    Tag("<list>"),
)


class Recipe(BaseModel):
    """How a picture is dreamed. The picture lives in [-1, 1] while it dreams."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    guide: Annotated[str, AfterValidator(as_picture), WithJsonSchema(PICTURE_SCHEMA)] | None = (
        Field(
            default=None,
            description="A picture beside the source to dream toward: what the layers find "
            "anywhere in the source grows into what is most like it in the guide. It goes before "
            "the `objective`, and motifs take no heed of it.",
        )
    )
    objective: Objective = Field(
        default="mean",
        description="What a layer is excited by: `mean` of its activations (the classic), `l2` "
        "the mean of their squares, `rms` the mean over channels of each channel's root mean "
        "square, in which no single motif takes over.",
    )
    octaves: Annotated[int, Field(ge=1, le=_MOST_OCTAVES)] | Literal["auto"] = Field(
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
    steps: Annotated[
        Annotated[_Steps, Tag("<number>")] | Annotated[tuple[_Steps, ...], *_OF_EACH_OCTAVE],
        Discriminator(_shape),
        AfterValidator(_shortest),
    ] = Field(
        default=100,
        description="Steps of gradient ascent per octave; `[40, 20, 10]` for each octave its own, "
        "the smallest first and the last value for all that follow.",
    )
    step_size: Annotated[
        Annotated[_StepSize, Tag("<number>")] | Annotated[tuple[_StepSize, ...], *_OF_EACH_OCTAVE],
        Discriminator(_shape),
        AfterValidator(_shortest),
    ] = Field(
        default=0.01,
        description="Length of a step, in the [-1, 1] range of a pixel; as with `steps`, each "
        "octave may have its own.",
    )
    jitter: int = Field(
        default=0, ge=0, le=4096, description="Largest random shift before each step, in pixels."
    )
    smooth: Annotated[
        tuple[Annotated[float, Field(gt=0.0, le=64.0)], ...], Strict(strict=False)
    ] = Field(
        default=(),
        description="Deviations, in pixels, of Gaussian blurs of the gradient: each is brought to "
        "one strength, and all are summed, so that coarse forms and fine detail grow together. "
        "None leaves the gradient as it is.",
    )
    laplacian: int = Field(
        default=0,
        ge=0,
        le=8,
        description="Levels of a Laplacian pyramid that the gradient is parted into, each brought "
        "to one strength: about as many octaves of detail grow as strongly as the coarse forms.",
    )
    norm: Norm = Field(
        default="std",
        description="What the gradient is divided by, so that a step is as long as it is said to "
        "be: its standard deviation, or as in the first notebook the mean of its size.",
    )
    tv: float = Field(
        default=0.0,
        ge=0.0,
        le=4.0,
        description="How much grain is taken away after each step (total variation), in lengths "
        "of the step: 0.05 to 0.2 calms it, and what is much more paints over fine forms.",
    )
    hold: float = Field(
        default=0.0,
        ge=0.0,
        le=1.0,
        description="How far each pixel goes back toward the source after each step, as a share of "
        "its way there: 0.05 holds longer steps in check, 0.15 leaves little but hints.",
    )
    chroma: float = Field(
        default=1.0,
        ge=0.0,
        le=4.0,
        description="How strongly colours change, beside light: below 1 they are calmer and more "
        "like a painting's, 0 dreams in light alone.",
    )
    color: Color = Field(
        default="free",
        description="What the dream may do to colours: `free`, anything; `keep`, nothing, only "
        "light is dreamed and every pixel has the hue of the source; `steady`, the dream is as "
        "light and as colourful on the whole as the source is.",
    )
    detail: bool = Field(
        default=False,
        description="Whether the detail lost in shrinking is put back in each octave.",
    )
    max_size: Annotated[int, Field(ge=16)] | None = Field(
        default=None,
        description="Long side, in pixels, that the picture is shrunk to before it dreams.",
    )
    mask: Annotated[str, AfterValidator(as_mask), WithJsonSchema(MASK_SCHEMA)] = Field(
        default="none",
        description="Where the dream shows: everywhere, on the `subject` before a plain "
        "background, where the picture's `alpha` is, or as much as a picture beside the source is "
        "light: `hand.png`, of any size.",
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
        form = self._of_its_octaves().model_dump(mode="json", exclude_defaults=True)
        for field in self.idle:
            form.pop(field, None)
        return form

    def _of_its_octaves(self) -> "Recipe":
        """The recipe without values for octaves that it has not."""
        if self.octaves == "auto":
            return self
        own = {
            "steps": _first(self.steps, self.octaves),
            "step_size": _first(self.step_size, self.octaves),
        }
        return self.model_copy(update=own)

    @property
    def idle(self) -> frozenset[str]:
        """The fields that cannot matter beside the others."""
        idle = set()
        if self.octaves == 1:
            idle |= {"scale", "detail"}
        if self.octaves != "auto":
            idle.add("min_size")
        if self.jitter == 0:
            idle.add("seed")
        if self.color == "keep":
            idle.add("chroma")
        if self.guide is not None:
            idle.add("objective")
        return frozenset(idle)

    @property
    def pictures(self) -> dict[str, str]:
        """The pictures that it needs besides the source, by field: ``{"mask": "hand.png"}``."""
        mask, guide = name_of(self.mask), self.guide and name_of(self.guide)
        return ({"mask": mask} if mask else {}) | ({"guide": guide} if guide else {})

    def having_seen(self, digests: Mapping[str, str]) -> "Recipe":
        """The recipe that knows the pixel digests of its pictures, by field."""
        own = {field: seen(name, digests[field]) for field, name in self.pictures.items()}
        return self.model_copy(update=own)

    def at(self, octave: int) -> "Recipe":
        """The recipe with the steps and the step size of one octave, the smallest being 0."""
        own = {
            "steps": at_octave(self.steps, octave),
            "step_size": at_octave(self.step_size, octave),
        }
        return self.model_copy(update=own)


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
