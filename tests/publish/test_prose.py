"""Prose: Markdown becomes HTML that can do nothing but be read."""

import re

import pytest

from dreamfolio.publish.prose import to_html, to_markdown, to_text


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "[click](javascript:alert(1))",
        "[click](JaVaScRiPt&#58;alert(1))",
        '<a href="data:text/html,<script>alert(1)</script>">x</a>',
        '<iframe src="https://example.org"></iframe>',
        '<p onclick="alert(1)" style="position:fixed">x</p>',
        "<svg><script>alert(1)</script></svg>",
        "<style>body{display:none}</style>",
        '<form action="https://example.org"><input name=q></form>',
        '<meta http-equiv="refresh" content="0;url=https://example.org">',
    ],
)
def test_nothing_that_acts_survives(hostile: str) -> None:
    html = to_html(f"Before {hostile} after.\n\n{hostile}").lower()
    for tag in ("script", "img", "iframe", "svg", "style", "form", "input", "meta"):
        assert f"<{tag}" not in html
    for word in (" onerror", " onclick", " style=", "javascript:", 'href="data:'):
        assert word not in html
    assert "before" in html


def test_markdown_is_rendered() -> None:
    html = to_html("Some *words* and a [link](https://example.org/a?b=1&c=2).\n\n- one\n- two\n")
    assert "<em>words</em>" in html
    assert 'href="https://example.org/a?b=1&amp;c=2"' in html
    assert html.count("<li>") == 2


@pytest.mark.parametrize("indent", [2, 3, 4])
def test_a_list_within_a_list_stays_there_however_far_it_is_indented(indent: int) -> None:
    html = to_html(f"- one\n{' ' * indent}- two\n- three\n")
    assert "".join(html.split()) == "<ul><li>one<ul><li>two</li></ul></li><li>three</li></ul>"


def test_a_list_needs_no_blank_line_before_it() -> None:
    assert to_html("Made with\n- Blender\n- a network").count("<li>") == 2


def test_a_table_keeps_its_cells_and_where_its_columns_stand() -> None:
    html = to_html("| a | b | c | d |\n|---|:---|:---:|---:|\n| 1 | 2 | 3 | 4 |\n")
    for cells in ("<th>a</th>", "<td>1</td>", "<td>2</td>"):
        assert cells in html
    assert '<th class="center">c</th>' in html
    assert '<td class="center">3</td>' in html
    assert '<td class="right">4</td>' in html


def test_no_other_class_is_taken_from_an_artist() -> None:
    html = to_html('<table><tr><td class="right">a</td><td class="card">b</td></tr></table>')
    assert '<td class="right">a</td>' in html
    assert "card" not in html


def test_headings_leave_the_first_level_to_the_page() -> None:
    assert to_html("# Top\n\n## Below") == "<h2>Top</h2>\n<h3>Below</h3>"


def test_a_link_to_nowhere_good_is_left_as_its_words() -> None:
    assert to_html("[out](vbscript:x)") == '<p><a rel="noopener">out</a></p>'


def test_links_do_not_hand_over_the_window() -> None:
    assert 'rel="noopener"' in to_html("[out](https://example.org)")


def test_text_is_plain_and_on_one_line() -> None:
    assert to_text("# Title\n\nA *b* & c\n\n- one\n- two") == "Title A b & c one two"


def test_text_is_cut_at_a_words_end() -> None:
    cut = to_text("alpha beta gamma delta", 12)
    assert cut == "alpha beta…"
    assert to_text("alpha beta", 10) == "alpha beta"


def test_a_summary_says_what_the_paragraphs_say() -> None:
    listed = "# Title\n\nA *b* & c\n\n- one\n- two\n\n| a |\n| - |\n| 1 |\n\nThe end."
    assert to_text(listed, 100) == "A b & c The end."
    assert to_text("# Title\n\n- one\n- two", 100) == "Title one two"


def test_a_summary_ends_with_a_sentence_where_that_says_enough() -> None:
    assert to_text("It is late. The last of the lamps is lit.", 20) == "It is late."
    assert to_text("Is it? The last of the lamps is lit.", 20) == "Is it? The last of…"
    assert to_text("A room of Dr. Faust, seen from above", 24) == "A room of Dr. Faust…"


def test_text_without_spaces_is_cut_all_the_same() -> None:
    assert to_text("夢" * 50, 10) == "夢" * 9 + "…"


@pytest.mark.parametrize(
    "harmless",
    [
        "*words* and 1 < 2 & <https://example.org> <a@b.example>\n\n# Top\n",
        "the data: a, b",
        "a <- b",
    ],
)
def test_harmless_markdown_is_left_to_others_as_it_is(harmless: str) -> None:
    assert to_markdown(harmless) == harmless


@pytest.mark.parametrize(
    "hostile",
    [
        "a <script>alert(1)</script> b",
        "[x](javascript:alert(1))",
        "[x]( java&#115;cript&colon;alert(1))",
        "[x](<javascript\\:alert(1)>)",
        "[x][y]\n\n[y]: VBscript:x",
        "```\n<b>\n\n<script>alert(1)</script>\n```",
        "<!-- x -->",
    ],
)
def test_markdown_that_could_act_is_handed_on_as_safe_html(hostile: str) -> None:
    made = to_markdown(f"{hostile}\n\n*after*")
    assert "<script" not in made
    assert "script:" not in made.lower().replace("&colon;", ":")
    assert "<!--" not in made
    assert "\n\n" not in made
    assert "<em>after</em>" in made


def test_no_words_give_no_html() -> None:
    assert to_html("") == ""
    assert to_text(" \n ") == ""


@pytest.mark.parametrize(
    ("written", "levels"),
    [
        ("## One\n\n### Two\n\n## Three\n", [2, 3, 2]),
        ("#### Deep\n\n# High\n", [2, 2]),
        ("# One\n\n#### Two\n\n##### Three\n", [2, 3, 4]),
    ],
)
def test_headings_leave_no_level_out(written: str, levels: list[int]) -> None:
    html = to_html(written)
    assert [int(level) for level in re.findall(r"<h(\d)", html)] == levels
    assert [int(level) for level in re.findall(r"</h(\d)", html)] == levels


@pytest.mark.parametrize(
    "flood",
    [
        *("[" * 8_000, "![" * 6_000, "[a](" * 5_000, "<a " * 5_000, "`a" * 6_000),
        *("a\n: b\n" * 2_000, "1. " * 4_000, "word " * 60_000),
        *("# a\n" * 40_000, "a\n=\n" * 40_000, "=\n" * 90_000, "-\n" * 90_000, "<a\n\n" * 40_000),
        *("~~~a\n" * 30_000, "```a\n\n" * 30_000, ">- \n" * 40_000),
    ],
    ids=lambda flood: repr(flood[:6]),
)
def test_what_markdown_would_never_be_done_with_is_shown_as_it_was_written(flood: str) -> None:
    shown = to_html(f"**see** <script>alert(1)</script>\n\n{flood}")
    assert shown.startswith("<p>**see** &lt;script&gt;alert(1)&lt;/script&gt;</p>\n")
    assert to_text(flood, 100)


def test_a_long_essay_with_many_links_is_none_of_it() -> None:
    essay = "\n\n".join(f"# {n}\n\n{'*Word* and [link](a.html). ' * 12}" for n in range(250))
    assert to_html(essay).count('<a href="a.html"') == 3_000
