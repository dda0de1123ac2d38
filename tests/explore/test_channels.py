"""Single channels behind their layers, and what is remembered of them."""

from __future__ import annotations

from pathlib import Path

from dreamfolio.dream.networks.catalogue import LayerInfo
from dreamfolio.dream.networks.known import catalogue_of
from dreamfolio.dream.networks.reference import NetworkReference
from dreamfolio.explore.channels import ChannelMemory, channels_key, has_channels, with_channels

KEY = {"pixels": "p", "size": (20, 24), "layer": "a", "preprocess": "tf", "network": "n"}


def test_each_layer_is_followed_by_its_loudest() -> None:
    a, b, c = (LayerInfo(name, "ReLU", depth, 2, 8) for depth, name in enumerate("abc"))
    laid = with_channels((a, b, c), {"a": (5, 0, 7), "c": (1,)}, 2)
    assert [one.name for one in laid] == ["a", "a:5", "a:0", "b", "c", "c:1"]
    assert [one.depth for one in laid] == [0, 0, 0, 1, 2, 2]


def test_motifs_and_single_channels_have_none() -> None:
    pocket = catalogue_of(NetworkReference(name="pocket"))
    assert pocket
    assert has_channels(pocket.layers[0], pocket)
    assert not has_channels(pocket.by_name["motif-tentacle"], pocket)
    assert not has_channels(LayerInfo("mask", "Conv2D", 1, 1, 1), pocket)


def test_what_was_found_is_remembered(tmp_path: Path) -> None:
    file = tmp_path / ".dreamfolio" / "channels.json"
    key = channels_key(**KEY)  # type: ignore[arg-type]
    assert ChannelMemory(file).get(key) is None
    ChannelMemory(file).put({key: (3, 1), "nothing": ()})
    again = ChannelMemory(file)
    assert again.get(key) == (3, 1)
    assert again.get("nothing") == (), "that there are none is known, too"
    assert (file.parent / ".gitignore").read_text() == "*\n"


def test_anything_that_may_change_the_choice_changes_the_key() -> None:
    keys = {channels_key(**KEY)}  # type: ignore[arg-type]
    for name in KEY:
        other = {**KEY, name: (24, 20) if name == "size" else "other"}
        keys.add(channels_key(**other))  # type: ignore[arg-type]
    assert len(keys) == 1 + len(KEY)


def test_a_damaged_memory_costs_nothing_but_time(tmp_path: Path) -> None:
    file = tmp_path / "channels.json"
    for text in ("", "[]", '{"version": 1}', '{"version": 1, "loudest": {"k": ["x"]}}'):
        file.write_text(text)
        memory = ChannelMemory(file)
        assert memory.get("k") is None
        memory.put({"k": (1,)})
        assert ChannelMemory(file).get("k") == (1,)
