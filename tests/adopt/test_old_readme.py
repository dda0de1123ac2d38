from __future__ import annotations

from pathlib import Path

import pytest

from dreamfolio.adopt.markdown import sections
from dreamfolio.adopt.old_readme import OldReadme, understand

AT = Path("/old/README.md")


def understood(text: str, *folders: str) -> OldReadme:
    return understand(sections(text), AT, [AT.parent / folder for folder in folders])


def notes(old: OldReadme) -> list[tuple[int | None, str]]:
    return [(note.line, note.text) for note in old.unplaced]


def test_a_folder_is_matched_to_the_heading_over_its_pictures() -> None:
    old = understood(
        "# All\nThe series.\n\n# One\nFirst.\n\n| ![](./one/a.png) |\n|---|\n\n"
        "# Two\n![](two/b.png)\n\nSecond.\n",
        "one",
        "two",
    )
    one, two = old.folders.values()
    assert (old.title, old.description) == ("All", "The series.")
    assert (one.title, one.description) == ("One", "First.")
    assert (two.title, two.description) == ("Two", "Second.")
    assert [(shown.name, shown.line) for shown in one.pictures] == [("a.png", 7)]
    assert old.unplaced == ()


def test_typos_are_the_artists_own() -> None:
    old = understood("# Oppurtunity\nRepesents teh raise.\n\n![](one/a.png)", "one")
    said = old.folders[AT.parent / "one"]
    assert (said.title, said.description) == ("Oppurtunity", "Repesents teh raise.")


def test_headings_for_sources_and_dreams_lie_within_the_collection() -> None:
    old = understood(
        "# Mine\n\n## One\nWords.\n\n### Sources\n![](one/a.png)\n\n### Dreams\n"
        "![](one/a_mixed3.png)\n\n### Making\nBy hand.\n\n## Two\n![](two/b.png)",
        "one",
        "two",
    )
    one = old.folders[AT.parent / "one"]
    assert one.title == "One"
    assert one.description == "Words.\n\n### Making\n\nBy hand."
    assert notes(old) == [(6, "the heading “Sources”"), (9, "the heading “Dreams”")]
    assert old.title == "Mine"


def test_a_picture_in_the_introduction_does_not_take_the_title() -> None:
    old = understood(
        "# Mine\n![](one/a.png)\n\n## One\n![](one/a.png)\n![](one/b.png)\n\n"
        "## Two\n![](two/a.png)",
        "one",
        "two",
    )
    assert old.folders[AT.parent / "one"].title == "One"


def test_a_heading_over_two_folders_is_the_title_of_neither() -> None:
    old = understood("# Top\n\n# Both\nWords.\n\n![](one/a.png) ![](two/b.png)", "one", "two")
    assert {said.title for said in old.folders.values()} == {None}
    assert [[shown.name for shown in said.pictures] for said in old.folders.values()] == [
        ["a.png"],
        ["b.png"],
    ]
    assert notes(old) == [(3, "the section “Both”, its prose (line 4)")]


def test_what_has_no_place_is_told_with_its_line() -> None:
    old = understood(
        "# Mine\n\n# One\n![](one/a.png)\n\n# Gone\nLost\nwords.\n\n"
        "![](gone/a.png) ![](gone/b.png)\n\n# Licence\nAll mine.\n\n<!-- to do -->",
        "one",
    )
    assert notes(old) == [
        (
            6,
            "the section “Gone”, lines 7 to 8, 2 pictures in gone, which is not adopted here",
        ),
        (12, "the section “Licence”, its prose (line 13)"),
        (15, "the words “to do”"),
    ]


def test_a_section_of_a_folder_that_is_not_adopted_is_no_introduction() -> None:
    old = understood("# Gone\nWords.\n\n![](gone/a.png)\n\n# One\n![](one/a.png)", "one")
    assert (old.title, old.description) == (None, "")
    assert [line for line, _ in notes(old)] == [1]


def test_a_badge_does_not_cost_the_introduction() -> None:
    old = understood(
        "# Mine\n![build](https://example.org/badge.svg)\n\nWords.\n\n# One\n![](one/a.png)", "one"
    )
    assert (old.title, old.description) == ("Mine", "Words.")
    assert [line for line, _ in notes(old)] == [2]


def test_paths_are_read_as_people_write_them() -> None:
    old = understood(
        "![](My%20Orbs/a.png) ![](.\\My Orbs\\b.png) ![](/art/my orbs/c.png) "
        "![](https://example.org/blob/main/My%20Orbs/d.png?raw=true) ![](other/e.png)",
        "My Orbs",
    )
    (said,) = old.folders.values()
    assert [shown.name for shown in said.pictures] == ["a.png", "b.png", "c.png", "d.png"]


def test_a_readme_within_the_folder_is_understood() -> None:
    (said,) = understood("# One\n![](a.png)", ".").folders.values()
    assert (said.title, [shown.name for shown in said.pictures]) == ("One", ["a.png"])


def test_an_alt_text_is_taken_unless_it_stands_under_other_pictures_too() -> None:
    (said,) = understood(
        "![screenshot](one/a.png) ![screenshot](one/b.png) ![A red orb](one/c.png)", "one"
    ).folders.values()
    assert [shown.alt for shown in said.pictures] == ["", "", "A red orb"]


@pytest.mark.parametrize(
    "src", ["http://[one/a.png", "one/\0a.png", "<![](one", "../" * 300 + "a.png", "one/", "%ff%00"]
)
def test_no_path_is_too_odd(src: str) -> None:
    old = understood(f'# One\n![](one/a.png)\n\n<![ <!x <? <img src="{src}">', "one")
    assert old.folders[AT.parent / "one"].title == "One"
    assert "a.png" in [shown.name for shown in old.folders[AT.parent / "one"].pictures]
