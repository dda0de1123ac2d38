"""YAML as artists write it: plain values with their places, and a clear word on what is odd."""

from __future__ import annotations

from pathlib import Path

import pytest

from dreamfolio.content.yaml_file import MAX_BYTES, MAX_DEPTH, Document, load
from dreamfolio.errors import ContentError


def loaded(folder: Path, text: str | bytes) -> Document:
    file = folder / "some.yaml"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return load(file, Path("some.yaml"))


def complaint(folder: Path, text: str | bytes) -> str:
    with pytest.raises(ContentError) as caught:
        loaded(folder, text)
    said = str(caught.value)
    assert "\n" not in said
    return said


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("No", "No"),
        ("yes", "yes"),
        ("on", "on"),
        ("2021-08-22", "2021-08-22"),
        ("12:30", "12:30"),
        ("1_000", "1_000"),
        ("true", True),
        ("False", False),
        ("~", None),
        ("", None),
        ("null", None),
        ("2021", 2021),
        ("-3", -3),
        ("0x1F", 31),
        ("0o17", 15),
        ("017", 17),
        ("1.5", 1.5),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("'2021'", "2021"),
        ('"true"', "true"),
        (".inf", float("inf")),
    ],
)
def test_values_are_those_of_yaml_1_2(tmp_path: Path, text: str, value: object) -> None:
    data = loaded(tmp_path, f"key: {text}\n").data
    assert data == {"key": value}
    assert isinstance(data["key"], type(value))


@pytest.mark.parametrize("text", ["007", "1.10", "+5", "0x1F", "1e3", "2_0"])
def test_a_number_reads_as_it_was_written_where_it_is_text(tmp_path: Path, text: str) -> None:
    assert str(loaded(tmp_path, f"title: {text}\n").data["title"]) == text


def test_every_key_and_value_knows_its_place(tmp_path: Path) -> None:
    document = loaded(tmp_path, "title: Ä\npieces:\n  - source: a.png\n    'alt':  x\n")
    assert str(document.place(("title",))) == "some.yaml:1:8"
    assert str(document.place(("title",), key=True)) == "some.yaml:1:1"
    assert str(document.place(("pieces", 0, "source"))) == "some.yaml:3:13"
    assert str(document.place(("pieces", 0, "alt"))) == "some.yaml:4:13"
    assert str(document.place(("pieces", 0))) == "some.yaml:3:5"


def test_what_is_not_there_is_placed_at_the_nearest_thing_around_it(tmp_path: Path) -> None:
    document = loaded(tmp_path, "a:\n  b: {c: 1}\n")
    assert str(document.place(("a", "b", "nothing", 3))) == "some.yaml:2:6"


@pytest.mark.parametrize(
    ("text", "mend"),
    [
        ('title: "Orbs\nlayers: [mixed3]\n', "close the quotation mark of line 1"),
        ("title: Orbs\nlayers: [mixed3\npieces: []\n", "close the [ of line 2"),
        ("title: Orbs\nlayers: {mixed3: 1\n", "close the { of line 2"),
        ("title: Orbs\n\tlayers: mixed3\n", "indent with spaces, not tabs"),
        ("title: Orbs\ndescription: *bold* words\n", "put text that begins with *"),
        ("title: Orbs\ndescription: *bold words\n", "put text that begins with * in quotes"),
        ("title: 'it's'\n", "quotation marks"),
        ("pieces:\n- source: a\n source: b\n", "check the indentation"),
        ("pieces:\n  - source: a\n   title: b\n", "check the indentation"),
        ('title: "a\\q"\n', r"write \\ for \,"),
    ],
)
def test_a_slip_of_form_is_told_with_its_mend(tmp_path: Path, text: str, mend: str) -> None:
    assert mend in complaint(tmp_path, text)


def test_columns_count_characters(tmp_path: Path) -> None:
    document = loaded(tmp_path, "{ä: ö, 😀: 1, z: 2}\n")
    assert str(document.place(("z",), key=True)) == "some.yaml:1:14"


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n"])
def test_an_empty_file_holds_nothing(tmp_path: Path, text: str) -> None:
    document = loaded(tmp_path, text)
    assert document.data == {}
    assert document.place(("title",)).line == 1


def test_a_byte_order_mark_and_windows_line_ends_are_no_matter(tmp_path: Path) -> None:
    document = loaded(tmp_path, b"\xef\xbb\xbftitle: A\r\nalt: |\r\n  x\r\n  y\r\n")
    assert document.data == {"title": "A", "alt": "x\ny\n"}
    assert str(document.place(("title",), key=True)) == "some.yaml:1:1"
    assert str(document.place(("alt",), key=True)) == "some.yaml:2:1"


def test_what_is_not_utf_8_is_told_with_its_line(tmp_path: Path) -> None:
    said = complaint(tmp_path, "title: ok\nalt: Bär\n".encode("latin-1"))
    assert said == "some.yaml:2: not UTF-8; save it as UTF-8"
    assert "not UTF-8" in complaint(tmp_path, "title: x".encode("utf-16"))


def test_a_tab_is_told_with_what_to_do(tmp_path: Path) -> None:
    said = complaint(tmp_path, "title: A\npieces:\n\t- source: a.png\n")
    assert said.startswith("some.yaml:3:1: ")
    assert "indent with spaces, not tabs" in said


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("title: A: B\n", "some.yaml:1:9"),
        ("a: [1, 2\nb: 3\n", "some.yaml:2:"),
        ('title: "open\n', "some.yaml:"),
        ("a: 1\n b: 2\n", "some.yaml:2:"),
        ("a: *nowhere\n", "some.yaml:1:4"),
        ("a: 1\n---\nb: 2\n", "some.yaml:2:1"),
        ("title: a\0b\n", "some.yaml:1:9"),
        ("a: b\ntitle: x \x1b[2J\n", "some.yaml:2:10"),
    ],
)
def test_broken_yaml_is_told_with_its_place(tmp_path: Path, text: str, place: str) -> None:
    assert complaint(tmp_path, text).startswith(place)


def test_a_key_that_stands_twice_is_told_with_both_lines(tmp_path: Path) -> None:
    said = complaint(tmp_path, "title: A\nalt: b\ntitle: C\n")
    assert said.startswith('some.yaml:3:1: "title" stands here a second time')
    assert "line 1" in said


@pytest.mark.parametrize(
    "text",
    [
        "a: !!python/object/apply:os.system [echo hi]\n",
        "a: !mine 3\n",
        "a: !!binary aGk=\n",
        "a: !!set {x, y}\n",
        "a: !!timestamp 2021-01-01\n",
        "!secret {a: 1}\n",
    ],
)
def test_tags_are_refused(tmp_path: Path, text: str) -> None:
    said = complaint(tmp_path, text)
    assert said.startswith("some.yaml:1:")
    assert "the tag" in said
    assert "write the value plainly" in said


def test_a_tag_that_lies_about_a_number_is_told(tmp_path: Path) -> None:
    assert '"many" is not a number' in complaint(tmp_path, "a: !!int many\n")


def test_aliases_may_be_used(tmp_path: Path) -> None:
    data = loaded(tmp_path, "a: &deep {steps: 3}\nb: *deep\nc: [*deep, *deep]\n").data
    assert data["b"] == data["a"] == data["c"][1] == {"steps": 3}


def test_aliases_that_would_eat_the_machine_are_refused(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    for i in range(1, 12):
        lines.append(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]")
    assert "aliases that unfold without end" in complaint(tmp_path, "\n".join(lines))


def test_an_alias_within_itself_is_refused(tmp_path: Path) -> None:
    assert "without end" in complaint(tmp_path, "a: &a [1, *a]\n")


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_deep_nests_are_refused(tmp_path: Path, opening: str) -> None:
    assert f"nested more than {MAX_DEPTH} levels" in complaint(tmp_path, opening * 50_000)


@pytest.mark.parametrize("line", ["{0}a:\n", "{0}-\n", "{0}a:\n{0}-\n", "a: {{\n", "[[x],\n"])
def test_nests_of_many_short_lines_are_refused(tmp_path: Path, line: str) -> None:
    text = "".join(line.format(" " * i) for i in range(MAX_DEPTH + 1))
    assert f"nested more than {MAX_DEPTH} levels" in complaint(tmp_path, text)


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    said = complaint(tmp_path, "#" * (MAX_BYTES + 1))
    assert said == "some.yaml: larger than 2 MB; a manifest holds words, not data"


def test_a_key_that_is_no_text_is_refused(tmp_path: Path) -> None:
    assert "a key must be plain text" in complaint(tmp_path, "[a, b]: c\n")


def test_a_number_too_long_to_be_one_is_told(tmp_path: Path) -> None:
    said = complaint(tmp_path, f"a: {'9' * 5000}\n")
    assert '…" is not a number; ' in said
    assert len(said) < 200


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="cannot be read"):
        load(tmp_path / "nothing.yaml")


def test_more_values_than_words_are_refused_before_they_fill_memory(tmp_path: Path) -> None:
    said = complaint(tmp_path, f"a: [{'x,' * 900_000}]\n")
    assert "holds more than 200,000 keys and values; a manifest holds words, not data" in said


def test_aliases_of_aliases_are_no_deeper_than_anything_else(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x]", *(f"a{i}: &a{i} [*a{i - 1}]" for i in range(1, 600))]
    assert f"nested more than {MAX_DEPTH} levels" in complaint(tmp_path, "\n".join(lines))


@pytest.mark.parametrize("key", ["<<: *a", "<<: [*a, *a]", "<<: {x: 1}"])
def test_merge_keys_are_told_and_not_passed_over(tmp_path: Path, key: str) -> None:
    said = complaint(tmp_path, f"a: &a {{x: 1}}\nb:\n  {key}\n")
    assert said.startswith("some.yaml:3:3: << is not read here; ")
    assert loaded(tmp_path, '"<<": 1\n').data == {"<<": 1}


@pytest.mark.parametrize("key", ["!!binary aGk=", "!!python/name:os.system x", "!mine x"])
def test_keys_have_no_tags_either(tmp_path: Path, key: str) -> None:
    assert "the tag" in complaint(tmp_path, f"{key}: 1\n")


@pytest.mark.parametrize("sign", ["\t", "\n", "\x85", "\xa0", "\xad", "\ue000", "\ufffd", "😀"])
def test_signs_that_do_no_harm_are_read(tmp_path: Path, sign: str) -> None:
    escaped = f'title: "a\\U{ord(sign):08x}b"\n'
    assert loaded(tmp_path, escaped).data == {"title": f"a{sign}b"}


@pytest.mark.parametrize("escape", ["\\0", "\\a", "\\e", "\\x7f", "\\x9b", "\\ufffe", "\\uffff"])
@pytest.mark.parametrize("text", ['title: "a{}b"\n', '"a{}b": 1\n', 'a: ["x", "{}"]\n'])
def test_control_characters_are_refused_however_they_are_written(
    tmp_path: Path, text: str, escape: str
) -> None:
    said = complaint(tmp_path, text.format(escape))
    assert "holds the character U+" in said
    assert said.isprintable()


@pytest.mark.parametrize("escape", ["\\n", "\\t", "\\N", "\\u00e4", "\\U0001F991"])
def test_other_escapes_are_text(tmp_path: Path, escape: str) -> None:
    assert len(loaded(tmp_path, f'title: "a{escape}b"\n').data["title"]) == 3


@pytest.mark.parametrize("number", ["0x" + "f" * 5000, "0o" + "7" * 5000, "9" * 1001])
def test_numbers_that_nobody_counts_to_are_told(tmp_path: Path, number: str) -> None:
    assert "is not a number; put it in quotes" in complaint(tmp_path, f"a: {number}\n")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_other_encodings_are_told(tmp_path: Path, encoding: str) -> None:
    said = complaint(tmp_path, "title: Bär\nalt: [ü".encode(encoding))
    assert said.startswith("some.yaml:1")


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="is no file; write a text in its place"):
        load(tmp_path)
