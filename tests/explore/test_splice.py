"""Adding to a manifest, everything else of which stays byte for byte."""

from __future__ import annotations

import difflib
from typing import Any

import pytest
import yaml

from dreamfolio.explore.splice import add_items, add_key

NEW: list[Any] = [{"layers": ["mixed4"]}]

BLOCKS = """\
# how this came about
title: "Orbs"   # a working title

description: >-
    A long text that
    goes on.
pieces:
    # the first one
    - source: a.png
      variants:
        - layers: [x]   # loved
        # not this:
        # - layers: [y]

    # and now b
    - source: b.png
      alt: |
        What one sees.


# the end
"""


def added(before: str, after: str) -> str:
    """The lines that are in ``after`` alone; there must be none that are in ``before`` alone."""
    lines = list(difflib.ndiff(before.splitlines(True), after.splitlines(True)))
    assert not [line for line in lines if line.startswith("-")], after
    return "".join(line[2:] for line in lines if line.startswith("+"))


def test_an_item_goes_below_the_last_one_and_no_comment_moves() -> None:
    after = add_items(BLOCKS, ("pieces", 0, "variants"), NEW)
    assert added(BLOCKS, after) == "        - layers: [mixed4]\n"
    assert after.index("# loved") < after.index("mixed4") < after.index("# not this")
    assert yaml.safe_load(after)["pieces"][0]["variants"] == [{"layers": ["x"]}, *NEW]


def test_a_key_goes_below_the_last_of_its_map() -> None:
    after = add_key(BLOCKS, ("pieces", 1), "variants", NEW)
    assert added(BLOCKS, after) == "      variants:\n        - layers: [mixed4]\n"
    assert yaml.safe_load(after)["pieces"][1]["variants"] == NEW
    assert yaml.safe_load(after)["pieces"][1]["alt"] == "What one sees.\n"


def test_a_new_piece_goes_below_the_last_one() -> None:
    after = add_items(BLOCKS, ("pieces",), [{"source": "c.png", "variants": NEW}])
    assert yaml.safe_load(after)["pieces"][2] == {"source": "c.png", "variants": NEW}
    assert after.index("c.png") < after.index("# the end")
    added(BLOCKS, after)


@pytest.mark.parametrize(
    "before",
    [
        "title: Orbs\n",
        "title: Orbs",
        "title: Orbs\n# pieces:\n#   - source: a.png\n",
        "---\ntitle: Orbs\n",
        "{title: Orbs}\n",
        "title: |\n  Orbs\n\n\n",
    ],
)
def test_a_key_at_the_top(before: str) -> None:
    after = add_key(before, (), "pieces", [{"source": "a.png"}])
    title = yaml.safe_load(before)["title"]
    assert yaml.safe_load(after) == {"title": title, "pieces": [{"source": "a.png"}]}


@pytest.mark.parametrize(
    ("before", "old"),
    [
        ("v: []\nx: 1\n", []),
        ("v:\nx: 1\n", []),
        ("v: ~  # none yet\nx: 1\n", []),
        ("v: [a, b]\nx: 1\n", ["a", "b"]),
        ("v: [a, b,]  # two\nx: 1\n", ["a", "b"]),
        ("v: [\n  a,\n  b,\n]\nx: 1\n", ["a", "b"]),
        ("v:\n- a\n- b\nx: 1\n", ["a", "b"]),
        ("v:\n  -   a\n  -   b\n\nx: 1\n", ["a", "b"]),
        ("{v: [a], x: 1}\n", ["a"]),
        ("{v: [], x: 1}\n", []),
        ('v:\n- "ä 日 🐙"\nx: 1\n', ["ä 日 🐙"]),
    ],
)
def test_lists_of_every_shape(before: str, old: list[Any]) -> None:
    after = add_items(before, ("v",), NEW)
    assert yaml.safe_load(after) == {"v": [*old, *NEW], "x": 1}
    assert "#" not in before or before[before.index("#") :].split("\n")[0] in after


@pytest.mark.parametrize("before", ["p:\n- {s: a}\n", "p: [{s: a}]\n", "p:\n- s: a # x"])
def test_maps_of_every_shape(before: str) -> None:
    after = add_key(before, ("p", 0), "v", NEW)
    assert yaml.safe_load(after) == {"p": [{"s": "a", "v": NEW}]}
