"""``dreamfolio layers``."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys

from dreamfolio.dream.pocket.catalogue import embedded_catalogue
from helpers.home import Home


def test_networks_there_are(home: Home) -> None:
    said = home.run("layers")
    assert said.code == 0
    [row] = [row for row in said.out.splitlines() if row.startswith("inception_v3 ")]
    assert "MB" in row
    first = said.out.splitlines()[1]
    assert first.startswith("pocket ")
    assert first.endswith("in the box")
    names = json.loads(home.run("layers", "--json").out)
    assert names[0] == "pocket"
    assert {"inception_v3", "vgg16", "resnet50"} <= set(names)


def test_layers_of_a_named_network_by_depth(home: Home) -> None:
    said = home.run("layers", "inception_v3")
    assert said.code == 0
    names = [row.split()[2] for row in said.out.splitlines()[1:]]
    assert names.index("conv2d") < names.index("mixed3") < names.index("mixed7")
    data = json.loads(home.run("layers", "InceptionV3", "--json").out)
    assert data["network"] == "inception_v3"
    [one] = [layer for layer in data["layers"] if layer["name"] == "mixed4"]
    assert one["channels"] == 768
    assert one["stride"] == 16
    assert one["field"] == 351
    assert "likes" not in one
    assert "write in a collection.yaml:\n  layers: [mixed6]\n  model: inception_v3\n" in said.err
    assert data["recommended"] == "mixed6"


def test_layers_of_a_file(home: Home) -> None:
    said = home.run("layers", "networks/tiny.keras")
    assert said.code == 0
    assert [name in said.out for name in ("conv_a", "conv_b", "conv_c")] == [True] * 3
    assert "  layers: [conv_b]\n  model: {file: ../../networks/tiny.keras}\n" in said.err
    [row] = [row.split() for row in said.out.splitlines() if "conv_b" in row]
    assert row[2:7] == ["conv_b", "Conv2D", "1", "5", "8"]


def test_layers_of_the_network_in_the_box_with_what_they_like(home: Home) -> None:
    said = home.run("layers", "pocket")
    assert said.code == 0
    liked = {layer.name: list(layer.likes) for layer in embedded_catalogue().layers}
    data = json.loads(home.run("layers", "pocket", "--json").out)
    assert {one["name"]: one["likes"] for one in data["layers"]} == liked
    assert all(one["field"] > one["stride"] for one in data["layers"])
    assert all(", ".join(likes) in said.out for likes in liked.values())
    assert "layers pocket --motifs" in said.err


def test_files_that_will_not_do(home: Home) -> None:
    home.write("networks/torn.keras", home.read("networks/tiny.keras")[:500])
    for file, code in (("networks/torn.keras", 1), ("networks/none.keras", 2)):
        said = home.run("layers", file)
        assert said.code == code
        assert said.err.startswith("error: ")
        assert file in said.err
        assert said.err.count("\n") == 1


def test_unknown_network_has_a_suggestion(home: Home) -> None:
    said = home.run("layers", "inceptionv3x")
    assert said.code == 2
    assert "inception" in said.err


def test_reader_of_the_pipe_may_have_enough(home: Home) -> None:
    process = subprocess.run(
        f"'{sys.executable}' -m dreamfolio layers inception_v3 | head -n 1",
        shell=True,
        capture_output=True,
        text=True,
        check=True,
    )
    assert process.stdout.startswith("DEPTH")
    assert "Traceback" not in process.stderr
    assert "Exception ignored" not in process.stderr


def test_the_mend_for_an_unknown_layer_of_a_file_lists_its_layers(home: Home) -> None:
    home.write("net works/tiny.keras", home.read("networks/tiny.keras"))
    home.write(
        "collections/orbs/collection.yaml",
        "title: Orbs\nlayers: [qqqqq]\nmodel: {file: ../../net works/tiny.keras}\n",
    )
    network = ["--model", "net works/tiny.keras"]
    for asked in (
        ["status"],
        ["explore", "collections/orbs/orb_1.png", *network, "--layers", "qqqqq"],
        ["explore", "collections/orbs/orb_1.png", *network, "--write", "qqqqq"],
    ):
        if asked[0] == "explore":
            (home.root / "collections/orbs/collection.yaml").unlink(missing_ok=True)
        said = home.run(*asked)
        assert said.code == 2, said.everything
        command = said.err.partition("; dreamfolio ")[2].partition(" lists them")[0]
        listed = home.run(*shlex.split(command))
        assert listed.code == 0, listed.everything
        assert "conv_b" in listed.out
