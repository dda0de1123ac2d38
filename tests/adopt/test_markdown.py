from __future__ import annotations

from pathlib import Path

import pytest

from dreamfolio.adopt.markdown import decode, read, sections
from dreamfolio.errors import UsageError


def sources(text: str) -> list[tuple[str, int, bool]]:
    return [(i.src, i.line, i.hidden) for section in sections(text) for i in section.images]


@pytest.mark.parametrize(
    ("text", "title", "level"),
    [
        ("# One ##", "One", 1),
        ("### **Bold** and_plain", "Bold and_plain", 3),
        ("One\n===", "One", 1),
        ("One\n---", "One", 2),
        ('<h2 align="center">One &amp; two</h2>', "One & two", 2),
        ("# [One](https://example.org)", "One", 1),
        (r"# 5 \* 5 = 2*12 + 1", "5 * 5 = 2*12 + 1", 1),
    ],
)
def test_headings_of_every_kind(text: str, title: str, level: int) -> None:
    before, section = sections(f"before\n\n{text}\nafter")
    assert (section.title, section.level, section.line) == (title, level, 3)
    assert (before.markdown, section.markdown) == ("before", "after")


@pytest.mark.parametrize(
    ("markup", "src"),
    [
        ('<img width="9" alt="x" src="./a/b.png">', "./a/b.png"),
        ("<IMG SRC=./a/b.png width=9 />", "./a/b.png"),
        ("<img src='a/it&amp;s.png'>", "a/it&s.png"),
        ("<img src=“a/b.png”>", "a/b.png"),
        ("![x](a/b.png)", "a/b.png"),
        ('![x]( a/b.png "A title" )', "a/b.png"),
        ("![](<a b/c.png>)", "a b/c.png"),
        ("![](a b/c (2).png)", "a b/c (2).png"),
        ("[![x](a/b.png)](https://example.org)", "a/b.png"),
    ],
)
def test_pictures_of_every_kind(markup: str, src: str) -> None:
    assert sources(f"x\n\n| {markup} |\n|---|") == [(src, 3, False)]


def test_pictures_stand_in_reading_order_whatever_their_markup() -> None:
    text = (
        '| ![](1.png) | <img src="2.png"> |\n|:-:|:-:|\n![](3.png)\n\n<p>\n<img\nsrc="4.png"></p>'
    )
    assert [src for src, _, _ in sources(text)] == ["1.png", "2.png", "3.png", "4.png"]


def test_pictures_in_comments_are_hidden() -> None:
    text = "a <!-- ![](1.png) --> ![](2.png)\n<!---\n\n| ![](3.png) |\n-->\n![](4.png)"
    assert sources(text) == [
        ("1.png", 1, True),
        ("2.png", 1, False),
        ("3.png", 4, True),
        ("4.png", 6, False),
    ]


def test_a_code_fence_holds_no_pictures_headings_or_comments() -> None:
    text = "```\n# no heading\n\n<!--\n![](no.png)\n```\n\nafter `<!--` all\n\n# Yes"
    first, second = sections(text)
    assert first.images == ()
    assert first.markdown == text.removesuffix("\n\n# Yes")
    assert second.title == "Yes"


def test_prose_keeps_its_markdown_and_loses_tables_of_pictures() -> None:
    prose = (
        "One *line*,\nanother  \nline.\n\n- a list\n- of <b>two</b>\n\n| no | picture |\n|---|---|"
    )
    (section,) = sections(f"{prose}\n\n| ![](a.png) |\n|---|\n\n<br>\n\n***")
    assert section.markdown == prose
    assert section.leftovers == ()


def test_a_paragraph_around_a_picture_is_prose() -> None:
    (section,) = sections("See ![this](a.png) picture.")
    assert section.markdown == "See picture."
    assert [image.src for image in section.images] == ["a.png"]


def test_an_embedded_film_is_not_lost() -> None:
    (section,) = sections('<video src="film.mp4"></video>')
    assert section.markdown == '<video src="film.mp4"></video>'


def test_captions_and_remarks_are_left_over_with_their_lines() -> None:
    (section,) = sections(
        "| Before | After |\n|:-:|:-:|\n| ![](a.png) | ![](b.png)<br>my best |\n\n"
        '<p align="center"><img src="c.png"><br>a caption</p>\n\n<!-- to do: more -->'
    )
    assert [(words.text, words.line) for words in section.leftovers] == [
        ("Before After my best", 1),
        ("a caption", 5),
        ("to do: more", 7),
    ]
    assert section.prose == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_encoding_and_line_end_is_read(tmp_path: Path, encoding: str, end: str) -> None:
    file = tmp_path / "README.md"
    file.write_bytes(f"# Für Élise – 1{end}{end}a{end}b{end}".encode(encoding))
    _, section = read(file)
    assert (section.title, section.markdown) == ("Für Élise – 1", "a\nb")


def test_bytes_of_no_encoding_still_read() -> None:
    assert decode(b"a\x81\xff\r\nb").split("\n")[1] == "b"


def test_a_readme_that_is_not_there_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"nowhere\.md: the old README cannot be read"):
        read(tmp_path / "nowhere.md")


@pytest.mark.parametrize(
    "sign", ["<a ", "<img ", "<a b='", "![[", "[a](", "![a](", "<!--", "*a ", "`"]
)
@pytest.mark.parametrize("end", ["", ">"])
def test_signs_that_are_opened_again_and_again_take_no_age(sign: str, end: str) -> None:
    # Looked for to the end of the text from each of them, they would take minutes and hours.
    flood = sign * 50_000 + end
    first, *_ = sections(f"![](a.png)\n\n# One {flood}\n\n{flood}\n")
    assert first.images[0].src == "a.png"


def test_what_is_opened_and_not_closed_is_a_text_like_any_other() -> None:
    (section,) = sections('<img src="a.png"> is 3 < 4 <b and\n<img src="b.png"')
    assert [image.src for image in section.images] == ["a.png"]
