"""What a theme may say of itself in the ``theme.yaml`` in its folder.

```yaml
extends: gallery               # what lies beneath it; `nothing` where it stands alone
ground: {light: "#f7f6f3", dark: "#121315"}
icon: static/icon.svg
options:
  accent: {type: colour, description: The colour of links that are pointed at.}
```
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Self

from pydantic import Field, FiniteFloat, model_validator
from pydantic_core import PydanticCustomError

from dreamfolio.content.forms import Form
from dreamfolio.content.one_line import one_line, quoted
from dreamfolio.suggest import did_you_mean

NOTHING = "nothing"
COLOUR = r"^#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$"

ColourText = Annotated[str, Field(pattern=COLOUR)]


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour on light walls and on dark ones, each as ``#rrggbb``."""

    light: str
    dark: str


class UnfitValue(ValueError):
    """A value that an option does not take, and how to mend it."""

    def __init__(self, message: str, mend: str | None = None):
        super().__init__(message)
        self.message = message
        self.mend = mend


class Ground(Form):
    """What a theme's pages stand on."""

    light: ColourText
    dark: ColourText


class Option(Form):
    """Something that a portfolio may set of a theme."""

    type: Literal["colour", "choice", "number", "switch", "text", "prose"]
    description: str = Field(min_length=1)
    default: Any = None
    choices: tuple[str, ...] = ()
    minimum: FiniteFloat | None = None
    maximum: FiniteFloat | None = None

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if (self.type == "choice") != bool(self.choices):
            raise PydanticCustomError("form", "choices go with type: choice, and it needs some")
        if self.default is not None:
            try:
                self.taken(self.default)
            except UnfitValue as unfit:
                said = {"why": unfit.message}
                raise PydanticCustomError("form", "the default does not fit: {why}", said) from None
        return self

    def taken(self, value: Any) -> Any:
        """``value`` as templates get it: a `Colour`, a text, a number, true or false. Raises
        ``UnfitValue``."""
        match self.type:
            case "colour":
                return _colour(value)
            case "choice":
                if value not in self.choices:
                    known = ", ".join(self.choices)
                    mend = did_you_mean(str(value), self.choices)
                    raise UnfitValue(f"is one of {known}, not {_shown(value)}", mend)
                return str(value)
            case "number":
                return self._number(value)
            case "switch":
                if not isinstance(value, bool):
                    raise UnfitValue(f"is true or false, not {_shown(value)}")
                return value
        if isinstance(value, bool | dict | list):
            raise UnfitValue(f"is a text, not {_shown(value)}", "put it in quotes")
        return str(value)

    def _number(self, value: Any) -> int | float:
        number = isinstance(value, int | float) and not isinstance(value, bool)
        # Not "isfinite", which takes no whole number that is too large for a float.
        if not number or not abs(value) < math.inf:
            raise UnfitValue(f"is a number, not {_shown(value)}", "write it without quotes or unit")
        least, most = self.minimum, self.maximum
        if (least is not None and value < least) or (most is not None and value > most):
            bounds = [f"from {least:g}"] if least is not None else []
            bounds += [f"up to {most:g}"] if most is not None else []
            raise UnfitValue(f"is a number {' '.join(bounds)}, not {_shown(value)}")
        return int(value) if value == int(value) else float(value)

    def json_schema(self) -> dict[str, Any]:
        """What it takes, for editors."""
        colour = {"type": "string", "pattern": COLOUR}
        both = {"type": "object", "properties": {"light": colour, "dark": colour}}
        takes: dict[str, dict[str, Any]] = {
            "colour": {
                "anyOf": [
                    colour,
                    {**both, "required": ["light", "dark"], "additionalProperties": False},
                ]
            },
            "choice": {"enum": list(self.choices)},
            "number": {"type": "number"},
            "switch": {"type": "boolean"},
        }
        bounds = {"minimum": self.minimum, "maximum": self.maximum}
        told = {key: bound for key, bound in bounds.items() if bound is not None}
        if self.default is not None:
            told["default"] = self.default
        text = {"type": ["string", "number"]}
        return {**takes.get(self.type, text), **told, "description": self.description}


class ThemeFile(Form):
    """A theme."""

    extends: str | None = Field(None, pattern=r"^[\w-]+$")
    """The theme that lies beneath it, or `nothing`."""
    ground: Ground | None = None
    """What its pages stand on: colours that are set are kept readable on it."""
    icon: str | None = None
    """The site's icon, an SVG, by its address."""
    options: dict[Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")], Option] = Field(
        default_factory=dict
    )
    """What a portfolio may set, by name."""


def _colour(value: Any) -> Colour:
    if isinstance(value, Mapping) and set(value) == {"light", "dark"}:
        return Colour(_hex(value["light"]), _hex(value["dark"]))
    return Colour(_hex(value), _hex(value))


def _hex(value: Any) -> str:
    if value is None:
        # Without quotes, a # begins a comment.
        raise UnfitValue("is a colour, not nothing", 'put it in quotes: "#c2410c"')
    if not isinstance(value, str) or not re.fullmatch(COLOUR, value):
        raise UnfitValue(
            f"is a colour, not {_shown(value)}",
            'write "#rrggbb", or {light: "#rrggbb", dark: "#rrggbb"}',
        )
    digits = value[1:].lower()
    return "#" + (digits if len(digits) == 6 else "".join(2 * digit for digit in digits))


def _shown(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    return quoted(value) if isinstance(value, str) else one_line(str(value))
