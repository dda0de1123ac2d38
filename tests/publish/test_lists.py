"""Lists mean what GitHub reads in them, however far their items are indented."""

from __future__ import annotations

import html

import pytest
from markdown import markdown

from dreamfolio.publish.lists import in_fours


def read(text: str) -> str:
    """The HTML without the spaces between tags."""
    made = markdown(in_fours(text), extensions=["fenced_code", "sane_lists", "tables", "def_list"])
    return "".join(html.unescape(made).split("\n"))


NESTED = "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li><li>d</li></ul>"


@pytest.mark.parametrize("step", [2, 3, 4])
def test_items_belong_to_those_that_they_stand_within(step: int) -> None:
    assert read(f"- a\n{' ' * step}- b\n{' ' * 2 * step}- c\n- d") == NESTED


def test_lists_of_another_kind_stand_within_numbers() -> None:
    within = "<ol><li>a<ul><li>x</li><li>y</li></ul></li><li>b</li></ol>"
    assert read("1. a\n   - x\n   - y\n2. b") == within
    assert read("1. a\n  - x\n  - y\n2. b") == within


def test_a_list_needs_no_blank_line_before_it() -> None:
    listed = "<p>Made with</p><ul><li>Blender</li><li>a network</li></ul>"
    assert read("Made with\n- Blender\n- a network") == listed


@pytest.mark.parametrize(
    "text", ["It was\n1984. Nobody knew.", "a line\n    - and more of it", "a\n-b", "a\n*b* c"]
)
def test_what_only_looks_like_an_item_is_text(text: str) -> None:
    assert in_fours(text) == text
    assert "<li>" not in read(text)


@pytest.mark.parametrize(
    "text",
    [
        "```\n- a\n  - b\n```",
        "~~~~\ntext\n- a\n~~~\n  - b\n~~~~",
        "text\n\n    - code\n      - code",
        "a\n- - -\nb",
        "| a |\n|---|\n| - b |",
    ],
)
def test_code_rules_and_tables_are_left_as_they_are(text: str) -> None:
    assert in_fours(text) == text


def test_an_item_may_go_on_in_lines_and_paragraphs() -> None:
    assert read("- a\n  still a\n- b") == "<ul><li>astill a</li><li>b</li></ul>"
    assert read("- a\n  - b\nstill b\n- c") == read("- a\n  - b\n    still b\n- c")
    assert read("- a\n\n  more\n- b").startswith("<ul><li><p>a</p><p>more</p></li>")
    assert read("- a\n\n      code").startswith("<ul><li>a<pre><code>code")


def test_a_list_ends_where_a_paragraph_begins_that_stands_out_of_it() -> None:
    assert read("- a\n  - b\n\ntext\n\n- c") == (
        "<ul><li>a<ul><li>b</li></ul></li></ul><p>text</p><ul><li>c</li></ul>"
    )
