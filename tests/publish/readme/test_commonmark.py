"""Held against cmark-gfm, GitHub's own parser: a comment is one where it passes it through."""

import random
import re

import pytest

from dreamfolio.publish.readme import commonmark
from helpers.readme import as_on_github

MARK = "<!-- dreamfolio:X -->"


def seen(lines: list[str]) -> int:
    comments = commonmark.read(lines).comments
    return sum(comment.text.startswith("<!-- dreamfolio") for comment in comments)


def passed_through(lines: list[str]) -> int:
    html = as_on_github("\n".join(lines))
    # A comment within another is part of it.
    comments = re.findall(r"<!--.*?(?:-->|\Z)", html, re.S)
    return sum(comment.startswith("<!-- dreamfolio") for comment in comments)


@pytest.mark.parametrize(
    ("text", "real"),
    [
        (MARK, 1),
        (f"   {MARK}", 1),
        (f"    {MARK}", 0),
        (f"\t{MARK}", 0),
        (f"words\n    {MARK}", 1),
        (f"```\n{MARK}\n```", 0),
        (f"```html title=`\n{MARK}\n", 1),
        (f"~~~ a`b\n{MARK}\n~~~\n{MARK}", 1),
        (f"````\n```\n{MARK}\n````\n{MARK}", 1),
        (f"   ```\n{MARK}\n  ```\n{MARK}", 1),
        (f"```\n    ```\n{MARK}", 0),
        (f"```\n``` no\n{MARK}", 0),
        (f"```\nnever closed\n\n{MARK}", 0),
        (f"~~~\n```\n{MARK}\n~~~", 0),
        (f"- ```\n  {MARK}\n  ```\n{MARK}", 1),
        (f"- ```\n{MARK}", 1),
        (f"1. Write\n\n   ```html\n   {MARK}\n   ```\n", 0),
        (f"10. Write\n\n    ```\n    {MARK}\n    ```\n\n    {MARK}", 1),
        (f"> ```\n> {MARK}\n> ```\n{MARK}", 1),
        (f"> ```\n{MARK}", 1),
        (f"Write `{MARK}` so", 0),
        (f"Write `` `{MARK} `` so", 0),
        (f"Write `\n{MARK}\n` so", 1),
        (f"Write \\`{MARK}`", 1),
        (f"Write \\{MARK}", 0),
        (f"<!--\n{MARK}", 0),
        (f"<div>\n{MARK}\n</div>", 1),
        (f"<pre>\n\n{MARK}\n</pre>", 1),
        (f"- a\n  - b\n\n        {MARK}", 0),
        (f"- a\n  - b\n\n    {MARK}", 1),
        (f"-\n\n  {MARK}", 1),
        (f"-\n\n     {MARK}", 0),
        (f"-\n     {MARK}", 1),
        (f"-     {MARK}\n\n  {MARK}", 1),
        (f"words\n14. {MARK}", 1),
        (f"# `{MARK}`", 0),
    ],
)
def test_a_comment_is_one_where_it_is_not_shown(text: str, real: int) -> None:
    lines = text.split("\n")
    assert passed_through(lines) == real, "the expectation itself is wrong"
    assert seen(lines) == real


def test_it_agrees_with_githubs_parser_on_random_texts() -> None:
    pieces = [
        *["", "words", "    words", "`a", "b`", "- a", "-", "* a", "1. a", "2. b", "> a", "  > q"],
        *[f"{indent}{MARK}" for indent in ("", "   ", "    ", "\t", "      ")],
        *[f"{start}{MARK}" for start in ("a ", "> ", "- ", "10. ", "# ", "\\", "<!-- a --> ")],
        *[f"`{MARK}`", f"``{MARK}`", f"# `{MARK}`", f"\\`{MARK}`", f"{MARK} a"],
        *["```", "````", "~~~", "``` html", "~~~ a`b", "  ```", "    ```", "- ```", "> ```"],
        *["<div>", "</div>", "<pre>", "</pre>", "<a>", "<?php", "?>", "---", "===", "| a | b |"],
    ]
    choose = random.Random(7)
    counts = set()
    for _ in range(4000):
        lines = choose.choices(pieces, k=choose.randint(1, 6))
        expected = passed_through(lines)
        assert seen(lines) == expected, "\n".join(lines)
        counts.add(expected)
    assert counts >= {0, 1, 2, 3}


@pytest.mark.parametrize(
    ("text", "what", "line"),
    [
        ("a\n```\nb", "code fence ```", 2),
        ("~~~~\n~~~", "code fence ~~~~", 1),
        ("a\n\n<!-- b", "comment", 3),
        ("<pre>\n\n", "HTML element", 1),
    ],
)
def test_it_says_what_a_text_leaves_open(text: str, what: str, line: int) -> None:
    unclosed = commonmark.read(text.split("\n")).unclosed
    assert unclosed == commonmark.Unclosed(what, line)


@pytest.mark.parametrize("text", ["```\n```", "<div>", "> ```", "- ~~~\n  a", "`a", "<!-- -->"])
def test_what_a_line_at_the_left_edge_ends_is_not_left_open(text: str) -> None:
    assert commonmark.read(text.split("\n")).unclosed is None
