"""What pictures are labelled with in a manifest: their date and their tags."""

from collections.abc import Iterable
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from dreamfolio.content.day import PATTERN, Day
from dreamfolio.content.one_line import quoted


def one_each(tags: Iterable[str]) -> tuple[str, ...]:
    """``tags`` with single spaces; of those that differ in case alone, the first."""
    found: dict[str, str] = {}
    for tag in tags:
        plain = " ".join(tag.split())
        found.setdefault(plain.lower(), plain)
    return tuple(found.values())


def _of_the_calendar(text: str) -> str:
    try:
        Day.parse(text)
    except ValueError:
        raise PydanticCustomError(
            "form",
            "{text} is no date; write 2021-08-22, 2021-08 or 2021",
            {"text": quoted(text)},
        ) from None
    return text


# Judged by the calendar alone, so that a slip is told in one way; editors know the pattern.
DateText = Annotated[
    str,
    AfterValidator(_of_the_calendar),
    # A year alone is a number in YAML.
    Field(json_schema_extra={"type": ["string", "integer"], "pattern": PATTERN}),
]

Tags = tuple[Annotated[str, Field(min_length=1, max_length=80, pattern=r"\S")], ...]
