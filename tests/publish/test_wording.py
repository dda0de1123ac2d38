"""Words: in one file a language, which a portfolio can translate."""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from dreamfolio.content import yaml_file
from dreamfolio.content.themes import BASE, shipped_themes
from dreamfolio.dream.recipe import NAMED
from dreamfolio.errors import ContentError
from dreamfolio.files import sha256_of_file
from dreamfolio.publish.readme import body
from dreamfolio.publish.wording import Wording, load, shipped
from helpers.site import collection, parse, piece, portfolio, publish, variant


def write(root: Path, name: str, text: str) -> None:
    file = root / "words" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def test_a_translation_goes_before_english_word_by_word(tmp_path: Path) -> None:
    site = portfolio(
        tmp_path, collection(tmp_path, "fog", piece("one.png", variant("one.png", "mixed3")))
    )
    words = "skip: Zu den <Bildern>\npieces: {one: '{n} Werk', other: '{n} Werke'}\n"
    write(tmp_path / "themes/gallery", "de.yaml", words)
    publish(replace(site, language="de-AT"))
    home = parse(tmp_path / "site/index.html")
    assert home.all("html")[0].attributes["lang"] == "de-AT"
    assert home.all("a", "skip")[0].text == "Zu den <Bildern>"
    assert home.all("p", "quiet")[0].text == "1 Werk · 1 Traum"


def test_the_narrower_language_wins(tmp_path: Path) -> None:
    write(tmp_path, "en.yaml", "a: one\nb: one\nc: one")
    write(tmp_path, "pt.yaml", "a: um\nb: um")
    write(tmp_path, "pt-BR.yaml", "a: só um")
    say = load([tmp_path], "pt-BR")
    assert [say("a"), say("b"), say("c")] == ["só um", "um", "one"]


def test_gaps_are_filled_and_foreign_braces_left() -> None:
    say = Wording({"a": "{n} of {total} {else} {"})
    assert say("a", n=2, total=3) == "2 of 3 {else} {"


POLISH = '"n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2"'
ARABIC = (
    '"n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5"'
)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("a: {one: one, other: more}", {0: "more", 1: "one", 2: "more"}),
        ("a: [one, more]", {0: "more", 1: "one", 2: "more"}),
        ("counting: n > 1\na: [one, more]", {0: "one", 1: "one", 2: "more"}),
        ("counting: 0\na: [all]", {0: "all", 1: "all", 2: "all"}),
        (f"counting: {POLISH}\na: [x, y, z]", {1: "x", 2: "y", 5: "z", 12: "z", 22: "y", 112: "z"}),
        (f"counting: {ARABIC}\na: [r, s, t, u, v, w]", {0: "r", 2: "t", 7: "u", 50: "v", 101: "w"}),
        # What is not yet translated is counted in English.
        (f"counting: {POLISH}\na: {{one: one, other: more}}", {1: "one", 2: "more", 22: "more"}),
    ],
)
def test_a_language_counts_in_its_own_forms(
    tmp_path: Path, written: str, told: Mapping[int, str]
) -> None:
    write(tmp_path, "xx.yaml", written)
    say = load([tmp_path], "xx")
    assert {n: say("a", n=n) for n in told} == told


@pytest.mark.parametrize(
    ("count", "german", "english"),
    [
        (100, "0,1\u00a0kB", "0.1\u00a0kB"),
        (2_000, "2\u00a0kB", "2\u00a0kB"),
        (999_960, "1\u00a0MB", "1\u00a0MB"),
        (12_345_678, "12,3\u00a0MB", "12.3\u00a0MB"),
        (7_250_000_000_000, "7250\u00a0GB", "7250\u00a0GB"),
    ],
)
def test_a_size_is_written_as_the_language_writes_numbers(
    count: int, german: str, english: str
) -> None:
    assert shipped("de").size(count) == german
    assert shipped("en").size(count) == english


@pytest.mark.parametrize(
    "text",
    [
        *("- a", "a: [x]", "a: {one: x}", "a: {one: x, other: y, few: z}", "a: 3", "a: [1, 2]"),
        *("counting: n > 1\na: [x, y, z]", "counting: [a]\na: x", "counting: 1 % n\na: x"),
        *("counting: __import__('os')\na: x", 'counting: ""\na: x'),
    ],
)
def test_what_is_no_text_is_named_with_its_place(tmp_path: Path, text: str) -> None:
    write(tmp_path, "en.yaml", text)
    with pytest.raises(ContentError) as caught:
        load([tmp_path], "en")
    assert caught.value.place is not None
    assert caught.value.place.file.name == "en.yaml"


def test_a_language_written_from_right_to_left_says_so(tmp_path: Path) -> None:
    publish(portfolio(tmp_path, collection(tmp_path, "fog", piece("one.png")), language="ar"))
    html = parse(tmp_path / "site/index.html").all("html")[0]
    assert html.attributes["dir"] == "rtl"


def gaps(text: str | Mapping[str, str]) -> dict[str, list[str]]:
    """The gaps in each form of a text."""
    forms = {"": text} if isinstance(text, str) else dict(text)
    return {form: sorted(re.findall(r"{\w+}", words)) for form, words in forms.items()}


SHIPPED = sorted((shipped_themes() / BASE / "words").glob("*.yaml"))


def words_of(file: Path) -> dict[str, str | Mapping[str, str]]:
    return dict(yaml_file.load(file).data)


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_a_language_that_ships_says_all_that_english_says(file: Path) -> None:
    english, other = words_of(SHIPPED[0].with_name("en.yaml")), words_of(file)
    assert list(other) == list(english)
    for key, text in english.items():
        assert gaps(other[key]) == gaps(text), key


def test_german_is_spoken_on_every_page_and_in_every_alt_text(tmp_path: Path) -> None:
    recipe = NAMED["octaves"].model_copy(update={"steps": 40, "mask": None})
    dream = variant("one.png", "mixed3", recipe=recipe, recipe_asked="octaves")
    fog = collection(tmp_path, "fog", piece("one.png", dream, alt="Ein Nebel"))
    publish(portfolio(tmp_path, fog, language="de"))
    page = parse(tmp_path / "site/fog/one.html")
    alts = [image.attributes["alt"] for image in page.all("img")]
    assert alts == ["Ein Nebel", "Ein Nebel, geträumt durch mixed3"]
    assert "40 Schritte" in page.text
    # Whatever is said in both languages in the same words says nothing.
    german, english = (words_of(SHIPPED[0].with_name(f"{name}.yaml")) for name in ("de", "en"))
    told = [text for key, text in english.items() if isinstance(text, str) and german[key] != text]
    for file in (tmp_path / "site").rglob("*.html"):
        text = parse(file).text
        for phrase in told:
            if "{" not in phrase and len(phrase) > 12:
                assert phrase not in text, file


def test_the_readme_speaks_the_portfolios_language(tmp_path: Path) -> None:
    fog = collection(tmp_path, "fog", piece("one.png", variant("one.png", "mixed3")))
    site = portfolio(tmp_path, fog, language="de")
    told = body.text(body.tables_of(site, fog, True, sha256_of_file), site.readme)
    assert "A render of one, geträumt durch mixed3" in told
