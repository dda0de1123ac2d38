"""From a YAML document to a validated form, every problem told with its place and a suggestion."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from dreamfolio.content import forms
from dreamfolio.content.collection_file import PieceForm
from dreamfolio.content.one_line import one_line, quoted
from dreamfolio.content.portfolio_file import DreamDefaults
from dreamfolio.content.settings import ReadmeSettings, SiteSettings
from dreamfolio.content.sound_part import sound_part
from dreamfolio.content.theme_forms import Ground, Option
from dreamfolio.content.watermark import Watermark
from dreamfolio.content.yaml_file import Document, Path_
from dreamfolio.dream.animation import Animation
from dreamfolio.errors import ContentError, DreamfolioError
from dreamfolio.suggest import did_you_mean

FormT = TypeVar("FormT", bound=BaseModel)

MOST_PROBLEMS = 100
"""How many are told of one file: nobody mends more at a time."""

# Which keys are allowed under the last named step of an error's path.
_FORM_AT: dict[str, type[BaseModel]] = {
    "pieces": PieceForm,
    "readme": ReadmeSettings,
    "site": SiteSettings,
    "watermark": Watermark,
    "dream": DreamDefaults,
    "variants": forms.VariantForm,
    "<variant>": forms.VariantForm,
    "recipe": forms.RecipeOverrides,
    "<overrides>": forms.RecipeOverrides,
    "<animation>": Animation,
    "<file>": forms.NetworkFile,
    "<weights_file>": forms.NetworkWeights,
    "<random>": forms.RandomLayers,
    "ground": Ground,
    "options": Option,
}


@dataclass(frozen=True, slots=True)
class Checked(Generic[FormT]):
    """A manifest as its form, and everything that is wrong with it, from top to bottom.

    Where there are problems, ``form`` holds what can be judged all the same, if anything can, and
    ``spoiled`` are the pieces in it that cannot.
    """

    form: FormT | None
    problems: tuple[ContentError, ...] = ()
    spoiled: frozenset[int] = frozenset()


def validate(document: Document, form: type[FormT]) -> Checked[FormT]:
    """The document as a ``form``, with everything that is wrong in it."""
    if not isinstance(document.data, dict):
        problem = ContentError(
            "must hold keys and values",
            place=document.place(()),
            mend="begin with a line such as title: My pictures",
        )
        return Checked(None, (problem,))
    try:
        return Checked(form.model_validate(document.data))
    except ValidationError as error:
        details = error.errors(include_url=False)
    by_path = _by_path(document, details[:MOST_PROBLEMS])
    problems = [
        _problem(document, form, path, found)
        for path, found in by_path.items()
        if not _is_echo(path, found, by_path)
    ]
    if len(details) > MOST_PROBLEMS:
        return Checked(None, tuple(sorted(problems, key=from_top)))
    sound, spoiled = _sound(document, form, by_path)
    return Checked(sound, tuple(sorted(problems, key=from_top)), spoiled)


def _by_path(
    document: Document, details: Iterable[ErrorDetails]
) -> dict[Path_, list[ErrorDetails]]:
    # A value that fits none of several types comes with an error for each of them.
    by_path: dict[Path_, list[ErrorDetails]] = {}
    written = document.keys()
    for detail in details:
        by_path.setdefault(_path(document, detail, written), []).append(detail)
    return by_path


def _sound(
    document: Document, form: type[FormT], faults: Iterable[Path_]
) -> tuple[FormT | None, frozenset[int]]:
    part = sound_part(document.data, faults, form.model_fields)
    if part is None:
        return None, frozenset()
    needed = {name: "?" for name, field in form.model_fields.items() if field.is_required()}
    try:
        return form.model_validate({**needed, **part.data}), part.spoiled
    except ValidationError:  # Faults hidden by others; they are told once those are mended.
        return None, frozenset()


def _is_echo(path: Path_, details: list[ErrorDetails], paths: Iterable[Path_]) -> bool:
    # A list whose items are wrong counts as too short, since it has no right ones.
    too_short = details[0]["type"] == "too_short"
    return too_short and any(one != path and one[: len(path)] == path for one in paths)


def _path(document: Document, detail: ErrorDetails, written: AbstractSet[str]) -> Path_:
    """Where in the document, of those keys, the error is, without the steps that only pydantic
    knows."""
    steps = tuple(step for step in detail["loc"] if not _is_tag(step, written))
    if detail["type"] == "missing":
        return steps
    while steps not in document:
        steps = steps[:-1]
    return steps


def from_top(problem: DreamfolioError) -> tuple[int, int]:
    """Line and column of a problem, to sort those of one file by."""
    place = problem.place
    return (place.line or 0, place.column or 0) if place else (0, 0)


def _problem(
    document: Document, form: type[BaseModel], path: Path_, details: list[ErrorDetails]
) -> ContentError:
    detail = details[0]
    name = ".".join(str(step) for step in path if isinstance(step, str)) or "the file"
    if detail["type"] == "extra_forbidden":
        allowed = _allowed_keys(form, detail["loc"][:-1])
        key = str(path[-1])
        return ContentError(
            f"unknown key {quoted(key)}",
            place=document.place(path, key=True),
            mend=_deeper(key, allowed)
            or did_you_mean(key, allowed, f"known here: {', '.join(allowed)}"),
        )
    if detail["type"] == "missing":
        return ContentError(
            f'"{path[-1]}" is missing',
            place=document.place(path[:-1]),
            mend=f"add a line {path[-1]}: …",
        )
    if detail["type"] in {"form", "unknown"}:
        return ContentError(_lower(detail["msg"]), place=document.place(path))
    if detail["type"] == "string_pattern_mismatch":
        return ContentError(
            f"{name}: {_shown(detail['input'])} cannot be taken",
            place=document.place(path),
            mend=_mend(detail, "", path),
        )
    messages = [_plain(one["msg"]) for one in details]
    message = " or ".join([messages[0], *(one.removeprefix("input ") for one in messages[1:])])
    return ContentError(
        f"{name}: {message}, not {_shown(detail['input'])}",
        place=document.place(path),
        mend=_mend(detail, message, path) if len(details) == 1 else None,
    )


def _deeper(key: str, allowed: Iterable[str]) -> str | None:
    """Where a key would be known that stands a level too high."""
    parts = (part for part in allowed if part in _FORM_AT and key in _FORM_AT[part].model_fields)
    part = next(parts, None)
    return f"write it below {part}:" if part else None


def _mend(detail: ErrorDetails, message: str, path: Path_) -> str | None:
    value = detail["input"]
    match detail["type"]:
        case "literal_error":
            return did_you_mean(str(value), re.findall(r"'([^']*)'", message))
        case "string_pattern_mismatch":
            key = path[0] if path[0] == "theme" else path[-1]
            return _MENDS.get(str(key), "take out what is not plain text")
        case "string_type" if isinstance(value, bool):
            return "put it in quotes where it is meant as text"
        case "int_type" | "float_type" if isinstance(value, str):
            return "write a plain number, without quotes"
        case "tuple_type" | "model_type" if value is None:
            return "write some below it, or take the line out"
        case "model_type" if path[-2:-1] == ("pieces",):
            return f"write source: {_shown(value)}"
        case "tuple_type" if isinstance(value, str | int | float) and path[-1] != "pieces":
            return f"write [{one_line(str(value))}]"
    return None


# What to write where a text does not have the form its key asks for.
_MENDS = {
    "url": "write it in full, such as https://example.org/portfolio/, without ? and #",
    "language": "write a tag such as en or pt-BR",
    "theme": "name a folder, in letters, digits, - and _",
    "name": "begin with a letter or digit; letters, digits, spaces, . - and _ may follow, up to 64",
}


def _plain(message: str) -> str:
    """What pydantic says, without the words of a programming language."""
    message = _lower(message).partition(", unable to")[0].replace("valid tuple", "list")
    message = message.replace("tuple should", "list should").partition(" after validation")[0]
    return re.sub(r"a valid dictionary( or instance of \w+)?", "keys and values", message)


def _lower(message: str) -> str:
    return message[:1].lower() + message[1:]


def _is_tag(step: Any, written: AbstractSet[str]) -> bool:
    """Whether a step is a shape's name, and not a key that someone wrote in brackets."""
    tag = isinstance(step, str) and re.fullmatch(r"<[a-z_]+>", step) is not None
    return tag and step not in written


def _allowed_keys(form: type[BaseModel], tagged: tuple[int | str, ...]) -> list[str]:
    named = [step for step in tagged if isinstance(step, str)]
    # An option's name in a theme.yaml is none of ours.
    known = (_FORM_AT[step] for step in reversed(named) if step in _FORM_AT)
    return list(next(known, form).model_fields)


def _shown(value: Any) -> str:
    """A value in a few words, on one line, as YAML would have it."""
    match value:
        case None:
            return "nothing"
        case bool():
            return str(value).lower()
        case str():
            return quoted(value)
    return one_line(json.dumps(value, ensure_ascii=False, default=str))
