import pytest

from dreamfolio.publish.readme.tables import Cell, grid, heading, hidden, placed, url
from helpers.readme import Tables, as_on_github

NASTY = "a|b <i>\"c\" & `d` [e](f) --> 'g' \\ *h* &amp; $x$\n\nnext"


def cells(count: int) -> list[Cell]:
    return [
        Cell(f"c/{i}.png", f"c/thumbs/{i}.png.webp", f"Alt {i}", f"Title {i}", "activation_3")
        for i in range(count)
    ]


@pytest.mark.parametrize("columns", [1, 2, 3, 12])
@pytest.mark.parametrize("count", [1, 2, 3, 7])
@pytest.mark.parametrize("around", ["{}", "words\n{}words", "<div>\n{}</div>\n", "- a\n\n{}"])
def test_on_github_it_is_one_table_with_each_picture_in_its_cell(
    columns: int, count: int, around: str
) -> None:
    (table,) = Tables(as_on_github(around.format(grid(cells(count), columns)))).tables
    assert len(table) == -(-count // columns)
    assert {len(row) for row in table} == {columns}
    seen = [cell for row in table for cell in row]
    for i, cell in enumerate(seen[:count]):
        assert (cell.href, cell.src) == (f"c/{i}.png", f"c/thumbs/{i}.png.webp")
        assert cell.alt == f"Alt {i}"
        assert cell.text == f"Title {i} · activation_3"
    assert all(cell.src is None and not cell.text for cell in seen[count:])


def test_all_columns_are_equal_and_centred_also_the_empty_ones() -> None:
    ((row,),) = Tables(as_on_github(grid(cells(1), 3))).tables
    assert {cell.attributes["width"] for cell in row} == {"33%"}
    assert {cell.attributes["align"] for cell in row} == {"center"}


def test_no_pictures_no_table() -> None:
    assert grid([], 2) == ""
    assert placed("", "", "details") == ""


def test_whatever_a_title_or_an_alt_text_holds_is_shown_as_it_is() -> None:
    html = as_on_github(f"words\n{grid([Cell('a', 'b', NASTY, NASTY, NASTY)], 1)}\nwords")
    (((cell,),),) = Tables(html).tables
    one_line = " ".join(NASTY.split())
    assert cell.alt == one_line
    assert cell.text == f"{one_line} · {one_line}"
    assert "<i>" not in html
    assert "<code>" not in html


def test_a_long_layer_name_may_break_and_still_reads_as_it_is() -> None:
    detail = "batch_normalization_34 + 0.5 × activation_5 + x_y"
    html = as_on_github(grid([Cell("a", "b", "c", "", detail)], 3))
    assert "batch_<wbr>normalization_<wbr>34 + 0.5" in html
    assert "x_y" in html
    assert Tables(html).tables[0][0][0].text.replace("\N{NO-BREAK SPACE}", " ") == detail


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("c/a b.png", "c/a%20b.png"),
        ("c/#1?.png", "c/%231%3F.png"),
        ("c/100%.png", "c/100%25.png"),
        ("c/(a)+'b'\".png", "c/%28a%29%2B%27b%27%22.png"),
        ("c/é|<&>`[x].png", "c/%C3%A9%7C%3C%26%3E%60%5Bx%5D.png"),
        ("c/a_activation_3+mixed5~x.png", "c/a_activation_3%2Bmixed5~x.png"),
    ],
)
def test_paths_are_quoted(path: str, address: str) -> None:
    assert url(path) == address
    (((cell,),),) = Tables(as_on_github(grid([Cell(path, path, "x")], 1))).tables
    assert (cell.href, cell.src) == (address, address)


def test_a_file_name_that_is_no_utf_8_still_has_an_address() -> None:
    assert url("c/caf\udce9.png") == "c/caf%E9.png"
    grid([Cell("c", "c", "caf\udce9")], 1).encode()


def test_two_hyphens_in_an_alt_text_do_not_end_the_comment() -> None:
    table = grid([Cell("a--b.png", "a--b.png", "x --> y <!-- z --- --!>")], 2)
    html = as_on_github(f"{hidden(table)}\nafter")
    page = Tables(html)
    (comment,) = page.comments
    assert page.tables == []
    assert "--" not in comment
    assert html.endswith("<p>after</p>\n")
    (((cell, _),),) = Tables(comment).tables
    assert (cell.src, cell.alt) == ("a--b.png", "x --> y <!-- z --- --!>")


@pytest.mark.parametrize(
    ("place", "order"),
    [("details", [("2", True)]), ("table", []), ("comment", None)],
)
def test_the_sources_stand_where_they_are_asked_to(place: str, order: object) -> None:
    main, sources = grid(cells(1), 1), grid([Cell("s.png", "s.webp", "Source")], 1)
    page = Tables(as_on_github(placed(main, sources, place)))  # type: ignore[arg-type]
    alts = [table[0][0].alt for table in page.tables]
    if place == "details":
        assert (alts, page.details) == (["Alt 0", "Source"], [False, True])
    elif place == "table":
        assert (alts, page.details) == (["Source", "Alt 0"], [False, False])
    else:
        assert alts == ["Alt 0"]
        assert "Source" in page.comments[0]


@pytest.mark.parametrize(
    "title",
    ["New Normal", "C#", "C #", "*a* _b_ `c` [d](e)", "<b>", "&amp; R&D", "\\", "a\nb", "~~x~~"],
)
def test_a_heading_reads_as_the_title_does(title: str) -> None:
    import html

    shown = as_on_github(heading(title, 2))
    assert html.unescape(shown) == f"<h2>{' '.join(title.split())}</h2>\n"
    assert "<" not in shown.removeprefix("<h2>").removesuffix("</h2>\n")
