"""The forms in which a manifest may name layers, networks, recipes and variants.

Each is a union told apart by its shape. The tags in angle brackets are the shapes' names: they
turn up in pydantic's error paths, where ``validate`` takes them out again.
"""

import copy
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    FiniteFloat,
    Strict,
    Tag,
    WithJsonSchema,
    create_model,
    model_validator,
)
from pydantic_core import PydanticCustomError, PydanticKnownError

from dreamfolio.content.one_line import quoted
from dreamfolio.content.path_text import PathText
from dreamfolio.dream.animation import Animation
from dreamfolio.dream.networks.reference import Preprocess
from dreamfolio.dream.recipe import NAMED, Recipe
from dreamfolio.dream.target import channel_target
from dreamfolio.suggest import did_you_mean


class Form(BaseModel):
    """The base of everything written in a manifest: frozen, no unknown keys."""

    # Built when first used: a form within another is built as a part of it, and need not be
    # built for itself, which takes longer than reading a small portfolio.
    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        coerce_numbers_to_str=True,
        defer_build=True,
    )


def _shape(**tags: type | tuple[type, ...]) -> Any:
    """A function that tells a value's tag from its type."""
    shapes = [(f"<{tag}>", kind) for tag, kind in tags.items()]

    def tag_of(value: Any) -> str | None:
        for shape, kind in shapes:
            if isinstance(value, kind):
                return shape
        return None

    return tag_of


# Layers

_CHANNELS_SCHEMA = {
    "type": "array",
    "items": {"type": "integer", "minimum": 0},
    "minItems": 1,
}


class RandomLayers(Form):
    """Layers picked at random, the same ones every time for one seed."""

    random: int = Field(ge=1, le=64, strict=True)
    """How many layers to pick."""
    seed: int = Field(0, ge=0, strict=True)
    """Which pick: another seed, other layers."""


def _layers_shape(value: Any) -> str | None:
    if isinstance(value, RandomLayers) or (isinstance(value, dict) and "random" in value):
        return "<random>"
    shape: str | None = _plain_layers_shape(value)
    return shape


_plain_layers_shape = _shape(name=str, list=(list, tuple), weights=dict)


def with_channels(value: Any) -> Any:
    """``mixed4:[3, 17]`` as one name, where YAML has read a list below ``mixed4``."""
    if isinstance(value, list):
        return [_one_name(item) for item in value]
    if isinstance(value, dict) and "random" not in value:
        return dict(_one_weight(name, weight) for name, weight in value.items())
    return value


def _one_name(item: Any) -> Any:
    if not isinstance(item, dict) or len(item) != 1:
        return item
    ((name, weight),) = with_channels(item).items()
    return name if weight == 1.0 and _are_channels(*item.values()) else item


def _one_weight(name: Any, weight: Any) -> tuple[Any, Any]:
    return (channel_target(name, tuple(weight)), 1.0) if _are_channels(weight) else (name, weight)


def _are_channels(value: Any) -> bool:
    whole = isinstance(value, list) and all(
        isinstance(number, int) and not isinstance(number, bool) for number in value
    )
    return whole and len(value) > 0 and min(value) >= 0


_LayerName = Annotated[
    str,
    Field(min_length=1),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "minLength": 1},
                # What YAML makes of mixed4:[3, 17] within brackets.
                {
                    "type": "object",
                    "minProperties": 1,
                    "maxProperties": 1,
                    "additionalProperties": _CHANNELS_SCHEMA,
                },
            ]
        }
    ),
]

Layers = Annotated[
    Annotated[str, Field(min_length=1), Tag("<name>")]
    | Annotated[tuple[_LayerName, ...], Tag("<list>")]
    | Annotated[RandomLayers, Tag("<random>")]
    | Annotated[
        dict[
            str,
            Annotated[
                FiniteFloat,
                Strict(),
                WithJsonSchema({"anyOf": [{"type": "number"}, _CHANNELS_SCHEMA]}),
            ],
        ],
        # What holds this key is another shape: editors must tell them apart as the reader does.
        Field(min_length=1, json_schema_extra={"propertyNames": {"not": {"const": "random"}}}),
        Tag("<weights>"),
    ],
    Discriminator(
        _layers_shape,
        custom_error_type="form",
        custom_error_message="layers are a name, a list of names, a map of names to weights, "
        "or {random: 2, seed: 7}",
    ),
    BeforeValidator(with_channels),
]

Motifs = Annotated[
    Annotated[str, Field(min_length=1), Tag("<motif>")]
    | Annotated[
        tuple[Annotated[str, Field(min_length=1)], ...], Field(min_length=1), Tag("<motifs>")
    ]
    | Annotated[
        dict[str, Annotated[FiniteFloat, Strict()]], Field(min_length=1), Tag("<motif_weights>")
    ],
    Discriminator(
        _shape(motif=str, motifs=(list, tuple), motif_weights=dict),
        custom_error_type="form",
        custom_error_message="motifs are a name, a list of names, or a map of names to weights",
    ),
]

# Networks


class NetworkFile(Form):
    """A network of the artist's own, in a local file."""

    file: PathText
    """A `.keras` or `.h5` file, relative to this manifest; it may lie outside of the portfolio."""
    preprocess: Preprocess | None = None
    """What the network's input takes: `tf` [-1, 1]; `unit` [0, 1]; `torch` [0, 1] less ImageNet's
    mean over its deviation; `caffe` BGR in [0, 255] less ImageNet's mean; `none` [0, 255]. By
    default `none` for a network that opens with a rescaling of its own, else `tf`."""


class NetworkWeights(Form):
    """A network of keras.applications with weights from a local file."""

    name: str = Field(min_length=1)
    """The network's snake_case name, such as `inception_v3`."""
    weights: PathText
    """A weights file made without the classifying top, relative to this manifest."""


def _network_shape(value: Any) -> str | None:
    if isinstance(value, NetworkWeights) or (isinstance(value, dict) and "weights" in value):
        return "<weights_file>"
    shape: str | None = _one_file_shape(value)
    return shape


_one_file_shape = _shape(network=str, file=(dict, NetworkFile))


NetworkForm = Annotated[
    Annotated[str, Field(min_length=1), Tag("<network>")]
    | Annotated[NetworkFile, Tag("<file>")]
    | Annotated[NetworkWeights, Tag("<weights_file>")],
    Discriminator(
        _network_shape,
        custom_error_type="form",
        custom_error_message="a model is a network's name, {file: …, preprocess: …} "
        "or {name: …, weights: …}",
    ),
]


def _networks_shape(value: Any) -> str:
    return "<networks>" if isinstance(value, list | tuple) else "<one_network>"


NetworksForm = Annotated[
    Annotated[NetworkForm, Tag("<one_network>")]
    | Annotated[tuple[NetworkForm, ...], Field(min_length=1), Tag("<networks>")],
    Discriminator(_networks_shape),
]
"""A network, or several: the first one that can be had dreams."""

# Recipes


def _known_recipe(name: str) -> str:
    if name not in NAMED:
        mend = did_you_mean(name, NAMED, f"there are {', '.join(NAMED)}")
        raise PydanticCustomError(
            "unknown", "unknown recipe {name}; {mend}", {"name": quoted(name), "mend": mend}
        )
    return name


RecipeName = Annotated[
    str, AfterValidator(_known_recipe), Field(json_schema_extra={"enum": list(NAMED)})
]


def _optional(name: str) -> tuple[Any, Any]:
    # A key that is not written says nothing; one that is written must be a whole, valid value.
    field = copy.copy(Recipe.model_fields[name])
    field.default = None
    return field.annotation, field


_OVERRIDES: Any = {name: _optional(name) for name in Recipe.model_fields}


class _RecipeBase(Form):
    """A named recipe with some numbers of one's own."""

    # ``steps: "40"`` and ``steps: true`` are slips, however well they could be read as numbers.
    model_config = ConfigDict(strict=True)

    base: RecipeName | None = None
    """The recipe to start from; without it, the one that holds here otherwise."""


RecipeOverrides: Any = create_model(
    "RecipeOverrides",
    __base__=_RecipeBase,
    __doc__=_RecipeBase.__doc__,
    **_OVERRIDES,
)

RecipeForm = Annotated[
    Annotated[RecipeName, Tag("<recipe>")] | Annotated[RecipeOverrides, Tag("<overrides>")],
    Discriminator(
        _shape(recipe=str, overrides=(dict, RecipeOverrides)),
        custom_error_type="form",
        custom_error_message="a recipe is a name, or {base: octaves, steps: 30}",
    ),
]

# Variants

AnimationForm = Annotated[
    Annotated[bool, Tag("<animated>")] | Annotated[Animation, Tag("<animation>")],
    Discriminator(
        _shape(animated=bool, animation=(dict, Animation)),
        custom_error_type="form",
        custom_error_message="animate is true, or {kind: morph, frames: 48, seconds: 4}",
    ),
]


_VARIANT_NAME = r"^[\w][\w .-]{0,63}$"
_LONGEST_NAME = 64


def _of_few_signs(name: str) -> str:
    if len(name) > _LONGEST_NAME:
        raise PydanticKnownError("string_pattern_mismatch", {"pattern": _VARIANT_NAME})
    return name


# Signs of so many kinds, so often, make a pattern that takes longer to compile than all other forms
# to build: so the signs are counted apart.
_VariantName = Annotated[
    str,
    Field(pattern=_VARIANT_NAME.replace("{0,63}", "*")),
    AfterValidator(_of_few_signs),
    WithJsonSchema({"pattern": _VARIANT_NAME, "type": "string"}),
]


class DreamForm(Form):
    """The base of whatever says what to dream toward: layers, or motifs in their place."""

    layers: Layers | None = None
    """Which layers to excite: `mixed4`, single channels of one `mixed4:12` or `mixed4:[3, 17]`, or
    those that the picture itself excites most, `mixed4:strongest(8)`; `{mixed3: 1, mixed5: -0.5}`
    weighs them, and away from what counts below 0."""
    motifs: Motifs | None = None
    """Which motifs of the embedded network to grow, in place of layers: `[tentacle, nautilus]`,
    `{tentacle: 1.0, eye: 0.5}`, or `patchwork` for regions of many."""

    @model_validator(mode="after")
    def _either(self) -> Self:
        if self.layers is not None and self.motifs is not None:
            raise PydanticCustomError(
                "form",
                "layers and motifs are both named here; write one of them (one dream toward both "
                "is layers: {stage4_3: 1.0, motif-tentacle: 0.5})",
            )
        return self


class VariantForm(DreamForm):
    """One dream of a piece. What it does not say is taken from its piece, collection, portfolio."""

    recipe: RecipeForm | None = None
    """How to dream."""
    model: NetworksForm | None = None
    """Which network dreams; of several, the first that can be had."""
    name: _VariantName | None = None
    """Told apart from another variant with the same layers by this: `…~name.png`."""
    # Not a pattern of its own: what is wrong with a name is told in more words when it is used.
    file: str | None = Field(None, min_length=1, json_schema_extra={"pattern": r"^[^./\\][^/\\]*$"})
    """The picture's name, where it has one already (adopted pictures keep theirs)."""
    alt: str | None = None
    """What the picture shows, for those who cannot see it."""
    animate: AnimationForm | None = None
    """An animated WebP beside the picture, `….anim.webp`, and where PyAV is installed an MP4, too:
    `true` for the render that falls into its dream and back, or `{kind: zoom, frames: 48, seconds:
    4, width: 800}`."""


Variants = tuple[
    Annotated[
        Annotated[str, Field(min_length=1), Tag("<variant_name>")]
        | Annotated[VariantForm, Tag("<variant>")],
        Discriminator(
            _shape(variant_name=str, variant=(dict, VariantForm)),
            custom_error_type="form",
            custom_error_message="a variant is a layer's or a picture's name, or {layers: …}",
        ),
    ],
    ...,
]
