"""From a YAML document to a validated form, every problem told with its place and a suggestion."""

from __future__ import annotations

import re
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from dreamfolio.content import forms
from dreamfolio.content.collection_file import PieceForm
from dreamfolio.content.portfolio_file import DreamDefaults
from dreamfolio.content.settings import ReadmeSettings, SiteSettings
from dreamfolio.content.suggest import did_you_mean
from dreamfolio.content.yaml_file import Document
from dreamfolio.errors import ContentError, ContentErrors, DreamfolioError

FormT = TypeVar("FormT", bound=BaseModel)

# Which keys are allowed under the last named step of an error's path.
_FORM_AT: dict[str, type[BaseModel]] = {
    "pieces": PieceForm,
    "readme": ReadmeSettings,
    "site": SiteSettings,
    "dream": DreamDefaults,
    "<variant>": forms.VariantForm,
    "<overrides>": forms.RecipeOverrides,
    "<file>": forms.NetworkFile,
    "<weights_file>": forms.NetworkWeights,
    "<random>": forms.RandomLayers,
}


def validate(document: Document, form: type[FormT]) -> FormT:
    """The document as a ``form``; raises ``ContentErrors`` with everything that is wrong."""
    if not isinstance(document.data, dict):
        raise ContentErrors(
            [
                ContentError(
                    "must hold keys and values",
                    place=document.place(()),
                    mend="begin with a line such as title: My pictures",
                )
            ]
        )
    try:
        return form.model_validate(document.data)
    except ValidationError as error:
        problems = [_problem(document, form, detail) for detail in error.errors()]
        raise ContentErrors(sorted(problems, key=_line)) from None


def _line(problem: DreamfolioError) -> tuple[int, int]:
    place = problem.place
    return (place.line or 0, place.column or 0) if place else (0, 0)


def _problem(document: Document, form: type[BaseModel], detail: ErrorDetails) -> ContentError:
    tagged = detail["loc"]
    path = tuple(step for step in tagged if not _is_tag(step) and step != "[key]")
    name = ".".join(str(step) for step in path if isinstance(step, str)) or "the file"
    if detail["type"] == "extra_forbidden":
        allowed = _allowed_keys(form, tagged[:-1])
        return ContentError(
            f'unknown key "{path[-1]}"',
            place=document.place(path, key=True),
            mend=did_you_mean(str(path[-1]), allowed, f"known here: {', '.join(allowed)}"),
        )
    if detail["type"] == "missing":
        return ContentError(
            f'"{path[-1]}" is missing',
            place=document.place(path[:-1]),
            mend=f"add a line {path[-1]}: …",
        )
    message = detail["msg"][:1].lower() + detail["msg"][1:]
    if detail["type"] in {"form", "unknown"}:
        return ContentError(message, place=document.place(path))
    mend = None
    if detail["type"] == "literal_error":
        mend = did_you_mean(str(detail["input"]), re.findall(r"'([^']*)'", message))
    return ContentError(
        f"{name}: {message}, not {_shown(detail['input'])}", place=document.place(path), mend=mend
    )


def _is_tag(step: Any) -> bool:
    return isinstance(step, str) and step.startswith("<") and step.endswith(">")


def _allowed_keys(form: type[BaseModel], tagged: tuple[int | str, ...]) -> list[str]:
    named = [step for step in tagged if isinstance(step, str)]
    return list((_FORM_AT[named[-1]] if named else form).model_fields)


def _shown(value: Any) -> str:
    text = '""' if value == "" else "nothing" if value is None else str(value)
    return text if len(text) <= 60 else text[:57] + "…"
