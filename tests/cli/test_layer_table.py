"""The table of layers, as wide as the terminal it is shown on."""

from __future__ import annotations

import re

import pytest

from dreamfolio.cli import layer_table as module
from dreamfolio.cli.layer_table import WIDEST
from dreamfolio.dream.networks.catalogue import LayerInfo
from dreamfolio.publish.site.depth import LayerView

LIKES = ("pythagoras-tree", "julia-dendrite", "lorenz-butterfly", "sierpinski-triangle")
LIKING = [LayerInfo(f"stage{i}_1", "ReLU", i, 2**i, 8, 3 * i + 1, LIKES) for i in range(4)]
PLAIN = [LayerInfo(f"a_name_of_some_length_{i}", "Conv2D", i, 2**i, 8, None) for i in range(4)]


def layer_table(layers: list[LayerInfo], columns: int) -> str:
    return re.sub(r"\x1b\[\d*m", "", module.layer_table(layers, columns))


@pytest.mark.parametrize("columns", [48, 72, 80, 100, 110, 240])
def test_likes_fit_and_no_name_is_broken(columns: int) -> None:
    shown = layer_table(LIKING, columns)
    assert max(map(len, shown.splitlines())) <= min(columns, WIDEST)
    for name in LIKES:
        assert shown.count(name) == len(LIKING)


def test_likes_go_on_below_where_they_began() -> None:
    head, *rows = layer_table(LIKING, 90).splitlines()
    begin = head.index("LIKES")
    assert rows[0][begin:].startswith("pythagoras-tree, ")
    assert rows[1][:begin].strip() == ""
    assert rows[1][begin:].strip()


def test_a_word_on_depth_is_left_out_before_a_name_is_cut() -> None:
    assert "forms and objects" in layer_table(PLAIN, 120)
    narrow = layer_table(PLAIN, 64)
    assert "forms and objects" not in narrow
    assert max(map(len, narrow.splitlines())) <= 64
    assert all(layer.name in narrow for layer in PLAIN)
    assert all(layer.name in layer_table(PLAIN, 20) for layer in PLAIN)


def test_strides_and_fields_that_nobody_knows_are_blank() -> None:
    row = layer_table([LayerInfo("mean", "GlobalAveragePooling2D", 0, None, 8, None)], 120)
    assert row.splitlines()[1].split() == [
        *("0", "%", "mean", "GlobalAveragePooling2D", "8"),
        *("strokes,", "grain,", "edges"),
    ]


def test_the_depth_is_rounded_as_the_site_rounds_it() -> None:
    rows = [row for row in layer_table(LIKING, 240).splitlines() if "%" in row]
    assert [row.split("%")[0].strip() for row in rows] == [
        str(LayerView("pocket", layer.name, depth=layer.depth + 1, of=len(LIKING)).percent)
        for layer in LIKING
    ]
