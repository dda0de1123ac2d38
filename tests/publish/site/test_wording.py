"""Words: in one file a language, which a portfolio can translate."""

from dataclasses import replace
from pathlib import Path

import pytest

from dreamfolio.errors import ContentError
from dreamfolio.publish.site.wording import Wording, load
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
    assert home.all("p", "quiet")[0].text == "1 Werk · 1 dream"


def test_the_narrower_language_wins(tmp_path: Path) -> None:
    write(tmp_path, "en.yaml", "a: one\nb: one\nc: one")
    write(tmp_path, "pt.yaml", "a: um\nb: um")
    write(tmp_path, "pt-BR.yaml", "a: só um")
    say = load([tmp_path], "pt-BR")
    assert [say("a"), say("b"), say("c")] == ["só um", "um", "one"]


def test_gaps_are_filled_and_foreign_braces_left() -> None:
    say = Wording({"a": "{n} of {total} {else} {", "b": {"one": "{n} day", "other": "{n} days"}})
    assert say("a", n=2, total=3) == "2 of 3 {else} {"
    assert [say("b", n=n) for n in (0, 1, 2)] == ["0 days", "1 day", "2 days"]


@pytest.mark.parametrize("text", ["- a", "a: [x]", "a: {one: x}", "a: 3"])
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
