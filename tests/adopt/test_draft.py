from __future__ import annotations

import pytest
import yaml

from dreamfolio.adopt.adoption import AdoptedPiece, AdoptedVariant
from dreamfolio.adopt.draft import draft, scalar

HOSTILE = [
    "New Normal",
    "it's",
    'say "no"',
    "a: b",
    "a #1",
    "#1",
    "- dash",
    "-dash.png",
    "yes",
    "null",
    "1e3",
    "0x10.png",
    "[a, b]",
    "{a}",
    "a, b",
    "*star",
    "&and",
    "!bang",
    "%per cent",
    "@at",
    "`tick",
    "back\\slash",
    " leading",
    "trailing ",
    "Élise – naïve 日本語",
    "🌍 earth",
    "tab\there",
    "zero\u200bwidth",
    "del\x7f nel\x85 line\u2028end",
    "? what",
    "a]b",
    "---",
    "2020-01-01",
    "",
]


def piece(source: str, *variants: AdoptedVariant, alt: str = "") -> AdoptedPiece:
    return AdoptedPiece(source, alt, variants)


def variant(file: str, *layers: str, network: str = "inception_v3", **more: object):
    return AdoptedVariant(
        **{"file": file, "present": True, "asked": "", "layers": layers, "network": network, **more}
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_any_name_and_words_read_back_as_they_were(text: str) -> None:
    dream = variant(f"{text}_mixed3.png", "mixed3", alt=text)
    form = yaml.safe_load(draft(text, f"{text}\n\n  {text}", [piece(f"{text}.png", dream)]))
    assert form["title"] == text
    assert form["description"].rstrip("\n") == f"{text}\n\n  {text}".strip("\n")
    assert form["pieces"][0]["source"] == f"{text}.png"
    assert form["pieces"][0]["variants"][0]["file"] == f"{text}_mixed3.png"
    assert form["pieces"][0]["variants"][0].get("alt", "") == text


def test_plain_words_stand_without_quotes() -> None:
    assert scalar("New Normal") == "New Normal"
    assert scalar("covid_11.png") == "covid_11.png"
    assert scalar("Über uns (2).png") == "Über uns (2).png"


def test_the_manifest_reads_as_a_person_would_write_it() -> None:
    text = draft(
        "Old Normal",
        "One line.\n\nAnother.",
        [
            piece("a.png", variant("a_conv2d_97.png", "conv2d_3"), alt="An orb"),
            piece("b.png", variant("b_mixed3.png", "mixed3", "mixed5", present=False)),
            piece("c.png"),
        ],
    )
    assert text == (
        "title: Old Normal\n"
        "description: |\n"
        "  One line.\n"
        "\n"
        "  Another.\n"
        "model: inception_v3\n"
        "recipe: classic\n"
        "layers: []  # name layers of inception_v3 here to dream by them what has no variants\n"
        "pieces:\n"
        "  - source: a.png\n"
        "    alt: An orb\n"
        "    variants:\n"
        "      - layers: [conv2d_3]\n"
        "        file: a_conv2d_97.png\n"
        "  - source: b.png\n"
        "    variants:\n"
        "      - layers: [mixed3, mixed5]\n"
        "        file: b_mixed3.png  # in the old README alone: to be dreamed anew\n"
        "  - source: c.png\n"
    )


def test_renders_that_were_never_dreamed_take_what_the_portfolio_says() -> None:
    assert draft("T", "", [piece("a.png")]) == "title: T\npieces:\n  - source: a.png\n"


def test_a_variant_of_another_network_says_so() -> None:
    form = yaml.safe_load(
        draft(
            "T",
            "",
            [
                piece("a.png", variant("1", "mixed3"), variant("2", "mixed4")),
                piece("b.png", variant("3", "block5_conv4", network="vgg19")),
            ],
        )
    )
    assert form["model"] == "inception_v3"
    assert form["pieces"][1]["variants"] == [
        {"layers": ["block5_conv4"], "file": "3", "model": "vgg19"}
    ]


def test_a_layer_named_twice_counts_twice() -> None:
    form = yaml.safe_load(draft("T", "", [piece("a.png", variant("1", "mixed3", "mixed3"))]))
    assert form["pieces"][0]["variants"][0]["layers"] == {"mixed3": 2.0}
