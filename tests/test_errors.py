"""Errors read as one line: where, what, and how to mend it."""

from __future__ import annotations

from pathlib import Path

import pytest

from dreamfolio import errors
from dreamfolio.errors import (
    ContentError,
    ContentErrors,
    DreamfolioError,
    Place,
    StoreError,
    reason,
    reason_with_type,
)


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (Place(Path("a/b.yaml")), "a/b.yaml"),
        (Place(Path("a/b.yaml"), 3), "a/b.yaml:3"),
        (Place(Path("a/b.yaml"), 3, 7), "a/b.yaml:3:7"),
    ],
)
def test_a_place_reads_as_an_editor_takes_it(place: Place, text: str) -> None:
    assert str(place) == text


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (ContentError("unknown key"), "unknown key"),
        (ContentError("unknown key", mend="drop it"), "unknown key; drop it"),
        (
            StoreError("is torn", place=Place(Path("x.lock"), 2), mend="restore it"),
            "x.lock:2: is torn; restore it",
        ),
    ],
)
def test_an_error_is_one_line(error: DreamfolioError, line: str) -> None:
    assert str(error) == line


def test_several_errors_are_a_line_each() -> None:
    many = ContentErrors([ContentError("one"), ContentError("two", mend="mend it")])
    assert str(many).splitlines() == ["one", "two; mend it"]
    assert [problem.message for problem in many.problems] == ["one", "two"]


def test_invalid_input_ends_with_2_and_failed_work_with_1() -> None:
    invalid = {errors.UsageError, errors.ContentError, errors.ContentErrors}
    failed = {
        errors.PictureError,
        errors.NetworkError,
        errors.NetworkUnavailable,
        errors.DreamError,
    }
    assert {kind.exit_code for kind in invalid} == {2}
    assert {kind.exit_code for kind in failed} == {1}
    assert all(issubclass(kind, DreamfolioError) for kind in invalid | failed)


@pytest.mark.parametrize(
    ("error", "line", "line_with_type"),
    [
        (OSError(28, "No space"), "No space", "OSError: No space"),
        (ValueError("broken\nby a fault"), "broken", "ValueError: broken"),
        (MemoryError(), "MemoryError", "MemoryError"),
        (KeyError("x" * 999), "'" + "x" * 199, "KeyError: '" + "x" * 199),
    ],
)
def test_what_others_raise_is_told_on_one_line(
    error: Exception, line: str, line_with_type: str
) -> None:
    assert reason(error) == line
    assert reason_with_type(error) == line_with_type
