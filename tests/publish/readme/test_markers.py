from pathlib import Path

import pytest

from dreamfolio.errors import ContentErrors
from dreamfolio.publish.readme import marker, markers

README = Path("README.md")
SLUGS = ("new_normal", "my slug", "it's", "art/2020")
START = "<!-- dreamfolio:START collection=new_normal -->"
OTHER = '<!-- dreamfolio:START collection="my slug" -->'
END = "<!-- dreamfolio:END -->"


def fill(text: str | bytes, body: str = "new\n") -> bytes:
    data = text.encode() if isinstance(text, str) else text
    blocks = markers.find(data, README, SLUGS)
    return markers.filled(data, blocks, [body] * len(blocks))


def problems(text: str | bytes) -> list[str]:
    data = text.encode() if isinstance(text, str) else text
    with pytest.raises(ContentErrors) as raised:
        markers.find(data, README, SLUGS)
    assert raised.value.exit_code == 2
    return [str(problem) for problem in raised.value.problems]


@pytest.mark.parametrize(
    "before", ["", "# Hi\n\n", "\ufeff", "\ufeffx\n", "a\x0bb\x85c\u2028d\n", "\0\n"]
)
@pytest.mark.parametrize(
    "after", ["", "\n", "\n\nlast, without an end", "\r\n\n\r mixed \t \n\n\n"]
)
@pytest.mark.parametrize("old", ["", "old\n", "old\n\n<table>\n</table>\n\n"])
def test_all_outside_the_markers_is_kept_byte_for_byte(before: str, after: str, old: str) -> None:
    text = f"{before}{START}\n{old}{END}{after}"
    assert fill(text) == f"{before}{START}\nnew\n{END}{after}".encode()


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_the_block_takes_the_line_end_in_use(newline: str) -> None:
    text = newline.join(["Hi", START, "old", END, ""])
    assert fill(text, "a\nb\n") == newline.join(["Hi", START, "a", "b", END, ""]).encode()


def test_filling_again_changes_nothing() -> None:
    once = fill(f"Hi\r\n{START}\r\n{END}", "\na\n\n")
    assert fill(once, "\na\n\n") == once


def test_blocks_are_found_in_order_with_their_slugs() -> None:
    text = "\n".join(
        [
            *[START, END, OTHER, END],
            *['<!-- dreamfolio:START collection="it\'s" -->', END],
            *["<!--dreamfolio:START   collection=art/2020-->", f"  {END}  "],
            *["<!-- dreamfolio:START collection='*' -->", END],
        ]
    )
    found = markers.find(text.encode(), README, SLUGS)
    assert [block.collection for block in found] == [
        *["new_normal", "my slug", "it's", "art/2020", "*"]
    ]


def test_a_slug_is_found_however_its_accents_are_written() -> None:
    text = f"<!-- dreamfolio:START collection=\u00e9t\u00e9 -->\n{END}".encode()
    (block,) = markers.find(text, README, ["e\u0301te\u0301"])
    assert block.collection == "e\u0301te\u0301"


@pytest.mark.parametrize(
    "text",
    [
        f"```html\n{START}\n{END}\n```\n",
        f"~~~~ x\n{START}\n~~~\n{END}\n~~~~\n",
        f"To show one, write `{START}` and `{END}`.\n",
        f"    {START}\n    {END}\n",
        f"1. write\n\n   ```\n   {START}\n   ```\n",
        f"```\n{START}\n",
        f"<!--\n  {START}\n",
    ],
)
def test_markers_shown_as_code_are_text(text: str) -> None:
    assert fill(text) == text.encode()


def test_a_fence_around_an_example_does_not_hide_the_real_block() -> None:
    example = f"```\n{START}\n{END}\n```\n\n"
    assert fill(f"{example}{START}\nold\n{END}\n") == f"{example}{START}\nnew\n{END}\n".encode()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"\n{START}\n", "README.md:2:1: this START has no END; put <!-- dreamfolio:END -->"),
        (f"\n\n  {END}\n", "README.md:3:3: this END has no START before it; remove it"),
        (f"{START}\n{END}\n{START}\n{END}", 'README.md:3:1: collection "new_normal" has its place'),
        (f"a {START}\n{END}", "README.md:1:3: this marker shares its line"),
        (f"{START} a\n{END}", "README.md:1:1: this marker shares its line"),
        (f"- {START}\n\n{END}", "README.md:1:3: this marker shares its line"),
        (f"- a\n\n  {START}\n\n{END}", "README.md:3:3: this marker stands in a list"),
        (f"<!-- dreamfolio:START\ncollection=new_normal -->\n{END}", "does not end on its line"),
        ("<!-- dreamfolio:START collection=new_normal\n", "does not end on its line"),
        (f"<!-- dreamfolio:START collection=new_normal\n{END}", "does not end on its line"),
        ("<!-- dreamfolio:BEGIN collection=new_normal -->", 'is START or END, not "BEGIN"'),
        (f"<!-- dreamfolio:Start collection=* -->\n{END}", "did you mean START?"),
        (f"<!-- dreamfolio:START -->\n{END}", "this marker names no collection"),
        (f"<!-- dreamfolio:START collection= -->\n{END}", "this marker names no collection"),
        (f"<!-- dreamfolio:START collection=new_normla -->\n{END}", "did you mean new_normal?"),
        (f"<!-- dreamfolio:START collection=zzz -->\n{END}", "there are: new_normal, my slug"),
        (f"<!-- dreamfolio:START colection=* -->\n{END}", "did you mean collection?"),
        (f"<!-- dreamfolio:START collection=* columns=3 -->\n{END}", 'unknown word "columns"'),
        (
            f"<!-- dreamfolio:START collection=my slug -->\n{END}",
            "put a name with spaces in quotes",
        ),
        (f"<!-- dreamfolio:START collection=* collection=* -->\n{END}", "given twice"),
        (f'<!-- dreamfolio:START collection="my slug -->\n{END}', "is not understood here"),
        (f"{START}\n<!-- dreamfolio:END collection=new_normal -->", 'unknown word "collection"'),
    ],
)
def test_a_wrong_marker_is_told_with_its_place_and_a_mend(text: str, said: str) -> None:
    (problem,) = problems(text)
    assert said in problem


def test_nested_markers_are_told() -> None:
    first, second = problems(f"{START}\n{OTHER}\n{END}\n{END}\n")
    assert "README.md:1:1: this START has no END, and line 2 starts another" in first
    assert "README.md:4:1: this END has no START" in second


def test_all_problems_are_told_at_once_in_the_order_of_the_text() -> None:
    said = problems(f"{END}\n<!-- dreamfolio:START collection=nope -->\n{END}\nx {END}\n{START}\n")
    places = [problem.split(": ")[0] for problem in said]
    assert places == ["README.md:1:1", "README.md:2:1", "README.md:4:3", "README.md:5:1"]


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"a\r\nb\rc\n caf\xe9\n", "README.md:4:5"),
        ("\u00e9\u00e9\n\u00e9".encode() + b"\xff", "README.md:2:2"),
        ("\ufeff# Hi".encode("utf-16"), "README.md:1:1"),
    ],
)
def test_what_is_no_utf_8_is_told_with_its_line(data: bytes, place: str) -> None:
    assert problems(data) == [f"{place}: is not UTF-8 text; save it as UTF-8"]


@pytest.mark.parametrize(
    ("before", "gap"),
    [
        ("# Hi\n", "\n"),
        ("# Hi", "\n\n"),
        ("# Hi\r\n\r\na\r\n", "\r\n"),
        ("\ufeff- a\n", "\n"),
        ("", ""),
        ("\ufeff", ""),
    ],
)
def test_markers_can_be_added_at_the_end(before: str, gap: str) -> None:
    added = markers.with_markers(before.encode(), README)
    newline = "\r\n" if "\r\n" in before else "\n"
    assert added.decode() == f"{before}{gap}{marker.START_ALL}{newline}{marker.END}{newline}"
    (block,) = markers.find(added, README, SLUGS)
    assert block.collection == "*"
    assert markers.with_markers(added, README) == added


def test_markers_are_not_added_where_they_would_be_code() -> None:
    with pytest.raises(ContentErrors, match=r"README.md:2: the code fence ``` is never closed"):
        markers.with_markers(b"a\n```\nb\n", README)


@pytest.mark.parametrize("prose", ["A *fine* one.\n\n- a\n- b", "```\ncode\n```", "<div>", "`a"])
def test_sound_prose_may_stand_between_markers(prose: str) -> None:
    assert markers.unsafe_between_markers(prose) is None


@pytest.mark.parametrize("prose", ["a\n```\nb", "<!-- a", "<pre>", f"a\n\n{END}", f"a {START}"])
def test_prose_that_would_swallow_or_feign_a_marker_may_not(prose: str) -> None:
    assert markers.unsafe_between_markers(prose)
