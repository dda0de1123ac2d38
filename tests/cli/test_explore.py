"""``dreamfolio explore``: the sheet, what it costs to make it again, and what is written down."""

from __future__ import annotations

import re
import signal
import sys
import webbrowser
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from dreamfolio.explore import dreaming
from dreamfolio.pictures.provenance import read_provenance
from helpers.heard import Heard
from helpers.home import Home, clean_environment
from helpers.tiny_network import tiny_network

ORB = "collections/orbs/orb_1.png"
SHEET = ".dreamfolio/explore/orbs/orb_1-tiny"
LAYERS = ["conv_a", "conv_b", "conv_c", "pool"]


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What is kept outside of any portfolio is kept here; and no test starts a browser."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(webbrowser, "open", lambda url: pytest.fail(f"a browser for {url}"))
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    return tmp_path / "cache"


def page(home: Home, folder: str = SHEET) -> str:
    return home.read(f"{folder}/index.html").decode()


def shown(home: Home, folder: str = SHEET) -> list[str]:
    """The layers that the page shows a picture of, in its order; each picture is there."""
    found = re.findall(r'href="(tiles/\S+)" data-name="([\w:-]+)"', page(home, folder))
    assert found[0][1] == "source"
    for file, _ in found:
        with Image.open(home.root / folder / file) as picture:
            picture.load()
    return [name for _, name in found[1:]]


def test_help_teaches(home: Home) -> None:
    said = home.run("explore", "--help")
    assert said.code == 0
    assert "Examples" in said.out
    for word in ("--write", "--layers", "--channels", "--motifs", "--recipe"):
        assert word in said.out.split("Examples")[1]


def test_a_sheet_of_every_layer_by_depth(home: Home) -> None:
    before = home.works()
    said = home.run("explore", ORB)
    assert said.code == 0, said.err
    assert said.out == f"{home.root / SHEET / 'index.html'}\n"
    assert shown(home) == LAYERS
    assert "refresh" not in page(home)
    assert "http" not in page(home).replace("http-equiv", ""), "it needs nothing from outside"
    with Image.open(home.root / SHEET / "sheet.png") as sheet:
        assert sheet.width > 400
    assert home.works() == before, "nothing of the artist's is touched"
    assert home.leftovers() == []


def test_the_way_is_told_with_the_time_left(home: Home) -> None:
    said = home.run("explore", ORB)
    assert re.search(r"\[2/4\] conv_b, about \d+ s left\n", said.err), said.err
    assert "[4/4] pool\n" in said.err


def test_nothing_is_dreamed_twice(home: Home) -> None:
    assert home.run("explore", ORB, "--layers", "conv_b").code == 0
    said = home.run("explore", ORB)
    assert "1 tile dreamed before" in said.err
    assert "dreaming 3 tiles" in said.err
    home.root.joinpath(ORB).rename(home.root / "collections/orbs/renamed.png")
    again = home.run("explore", "collections/orbs/renamed.png")
    assert "4 tiles dreamed before" in again.err
    assert "loading" not in again.err


def test_tiles_and_variants_serve_each_other(home: Home) -> None:
    assert home.run("explore", ORB, "--recipe", "preview").code == 0
    text = home.read("portfolio.yaml").decode()
    home.write("portfolio.yaml", text.replace("{base: classic, steps: 2}", "preview"))
    assert home.states()["orb_1_conv_b.png"] == "restorable"
    assert home.run("build").code == 0
    told = read_provenance(home.root / "collections/orbs/orb_1_conv_b.png")
    assert told
    assert told["layers"] == {"conv_b": 1.0}
    assert "keras" in told["versions"]
    said = home.run("explore", "collections/orbs/orb_2.png", "--recipe", "preview")
    assert "1 tile dreamed before" in said.err


def test_other_layers_in_the_same_folder_leave_no_old_tiles(home: Home) -> None:
    home.run("explore", ORB)
    own = home.paint(f"{SHEET}/tiles/my_own.webp")
    home.run("explore", ORB, "--layers", "conv_a,pool")
    assert shown(home) == ["conv_a", "pool"]
    assert len(list((home.root / SHEET / "tiles").iterdir())) == 4
    assert own.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")
def test_interrupted_it_goes_on_where_it_stopped(home: Home, tmp_path: Path) -> None:
    asked = ["explore", ORB, "--recipe", "steps=3", "--no-open"]
    with Heard(home.start(*asked, env=endless_after_the_first(tmp_path))) as process:
        process.wait_for("[1/4]")
        running = page(home)
        assert "location.reload()" in running
        assert "not dreamed yet" in running
        process.send(signal.SIGINT)
        assert process.ended() == 130
    assert "Stopped. 1 tile is kept; the same command goes on" in process.said
    assert "Traceback" not in process.said
    stopped = page(home)
    assert "location.reload()" not in stopped
    assert "Stopped at" in stopped
    assert shown(home) == LAYERS[:1]
    assert home.leftovers() == []

    said = home.run(*asked)
    assert said.code == 0
    assert "1 tile dreamed before" in said.err
    assert shown(home) == LAYERS


def endless_after_the_first(folder: Path) -> dict[str, str]:
    """The environment of a process whose second dream goes on until it is told to stop."""
    (folder / "sitecustomize.py").write_text(
        "from dreamfolio.explore import dreaming\n"
        "dream, before = dreaming.dream, []\n"
        "def endless(*arguments, **options):\n"
        "    dreamed = dream(*arguments, **options)\n"
        "    while before:\n"
        "        dream(*arguments, **options)\n"
        "    before.append(1)\n"
        "    return dreamed\n"
        "dreaming.dream = endless\n"
    )
    return clean_environment(PYTHONPATH=str(folder))


def test_the_page_fills_while_it_runs(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[list[str]] = []
    dream = dreaming.dream

    def watched(*arguments: Any, **options: Any) -> Any:
        seen.append(shown(home))
        return dream(*arguments, **options)

    monkeypatch.setattr(dreaming, "dream", watched)
    assert home.run("explore", ORB).code == 0
    assert seen == [LAYERS[:count] for count in range(4)]
    assert shown(home) == LAYERS


def test_outside_of_any_portfolio(home: Home, tmp_path: Path, own_cache: Path) -> None:
    elsewhere = Home(tmp_path / "elsewhere")
    elsewhere.paint("shell.jpg", seed=3)
    model = str(elsewhere.write("mine.keras", tiny_network()))
    asked = ["explore", "shell.jpg", "--model", model, "--preprocess", "unit"]
    said = elsewhere.run(*asked)
    assert said.code == 0, said.err
    assert shown(elsewhere, "shell-mine-explore") == LAYERS
    assert "--write" not in said.everything
    told = page(elsewhere, "shell-mine-explore")
    assert f"model: {{file: {model}, preprocess: unit}}" in told, "wherever it is pasted"
    assert own_cache.is_dir()
    again = elsewhere.run(*asked, "--out", "second")
    assert "4 tiles dreamed before" in again.err
    assert shown(elsewhere, "second") == LAYERS
    other = elsewhere.run(*asked[:-1], "tf", "--layers", "conv_a")
    assert "dreaming 1 tile" in other.err, "another input range is another dream"
    refused = elsewhere.run(*asked, "--write", "conv_a")
    assert refused.code == 2
    assert "lies in no collection" in refused.err


def test_a_layer_out_of_reach_costs_itself(home: Home) -> None:
    home.paint(ORB, size=(6, 6))
    said = home.run("explore", ORB)
    assert said.code == 1
    assert "conv_c: a picture of 6 × 6 pixels does not reach conv_c of tiny" in said.err
    assert shown(home) == ["conv_a", "conv_b"]
    assert "does not reach conv_c" in page(home)
    assert "2 could not be dreamed" in said.err


@pytest.mark.parametrize("case", ["gone", "torn", "weights"])
def test_a_network_that_is_not_to_be_had_is_one_error(home: Home, case: str) -> None:
    network = home.root / "networks/tiny.keras"
    if case == "gone":
        network.unlink()
    elif case == "torn":
        network.write_bytes(network.read_bytes()[:-9000])
    else:
        home.write("portfolio.yaml", "dream: {model: {name: vgg16, weights: none.h5}}\n")
    said = home.run("explore", ORB)
    assert said.code in (1, 2)
    assert said.err.count("error: ") == 1, said.err
    assert ("none.h5" if case == "weights" else "tiny.keras") in said.err
    if (home.root / SHEET).exists():
        assert "location.reload()" not in page(home)


def test_errors_name_place_and_mend(home: Home) -> None:
    home.write("collections/orbs/torn.png", home.read(ORB)[:60])
    for asked, code, words in (
        (["collections/orbs/orb_3.png"], 2, "did you mean orb_"),
        (["collections/orbs"], 2, "is a folder"),
        (["collections/orbs/torn.png"], 1, "torn.png"),
        ([ORB, "--layers", "Conv_*"], 2, "did you mean conv_a"),
        ([ORB, "--model", "networks/no.keras"], 2, "no.keras"),
        ([ORB, "--recipe", "stpes=2"], 2, "did you mean steps"),
        ([ORB, "--out", "collections/new"], 2, "would be taken for a collection"),
        ([ORB, "--out", "networks"], 2, "holds something else already"),
        ([ORB, "--out", "portfolio.yaml"], 2, "is no folder"),
        ([ORB, "--out", "portfolio.yaml/sheet"], 2, "cannot be written"),
    ):
        before = home.works()
        said = home.run("explore", *asked)
        assert said.code == code, (asked, said.err)
        assert words in said.err
        assert said.err.count("error: ") == 1
        assert home.works() == before


def test_the_page_is_opened_where_there_is_a_screen(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    monkeypatch.setenv("DISPLAY", ":0")
    home.run("explore", ORB, "--no-open")
    assert opened == []
    home.run("explore", ORB)
    assert opened == [(home.root / SHEET / "index.html").as_uri()]


def test_without_tensorflow_what_is_known_is_shown_again(home: Home, tmp_path: Path) -> None:
    home.run("explore", ORB)
    # As where it is not installed.
    (tmp_path / "tensorflow.py").write_text("raise ImportError\n")
    (tmp_path / "keras.py").write_text("raise ImportError\n")
    said = home.run_apart("explore", ORB, env=clean_environment(PYTHONPATH=str(tmp_path)))
    assert said.code == 0, said.err
    assert shown(home) == LAYERS


# Single channels and motifs

CHANNELS = ["explore", ORB, "--layers", "conv_a,conv_c", "--channels", "2"]


def test_single_channels_follow_their_layer(home: Home) -> None:
    said = home.run(*CHANNELS)
    assert said.code == 0, said.err
    assert "dreaming 6 tiles" in said.err
    names = shown(home)
    assert [re.sub(r":\d+", ":N", name) for name in names] == [
        *("conv_a", "conv_a:N", "conv_a:N"),
        *("conv_c", "conv_c:N", "conv_c:N"),
    ]
    assert len(set(names)) == 6
    assert all(int(name.split(":")[1]) < 6 for name in names if "conv_a:" in name)
    assert f"- layers: [{names[1]}]" in page(home)
    assert "one of 6 channels" in page(home)
    assert home.leftovers() == []


def test_channels_once_chosen_are_neither_chosen_nor_dreamed_again(home: Home) -> None:
    assert home.run("explore", ORB, "--layers", "conv_a,conv_c").code == 0
    assert "2 tiles dreamed before\ndreaming 4 tiles" in home.run(*CHANNELS).err
    names = shown(home)
    again = home.run(*CHANNELS)
    assert "6 tiles dreamed before" in again.err
    assert "loading" not in again.err
    assert shown(home) == names
    more = home.run(*CHANNELS[:-1], "3")
    assert "dreaming 2 tiles" in more.err
    assert [name for name in shown(home) if name in names] == names


def test_room_is_made_for_channels_as_soon_as_they_are_known(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    dream = dreaming.dream

    def watched(*arguments: Any, **options: Any) -> Any:
        seen.append(page(home))
        return dream(*arguments, **options)

    monkeypatch.setattr(dreaming, "dream", watched)
    home.run(*CHANNELS)
    running = seen[0]
    assert running.count('id="conv_a%3A') == running.count('id="conv_c%3A') == 2
    assert "not dreamed yet" in running


def test_a_layer_out_of_reach_costs_no_other_its_channels(home: Home) -> None:
    home.paint(ORB, size=(6, 6))
    said = home.run(*CHANNELS)
    assert said.code == 1
    assert [name.split(":")[0] for name in shown(home)] == ["conv_a"] * 3
    assert "conv_c: a picture of 6 × 6 pixels does not reach conv_c" in said.err
    assert "1 could not be dreamed" in said.err


QUICK = ["--recipe", "steps=1"]
ORB_1_POCKET = ".dreamfolio/explore/orbs/orb_1-pocket"


def test_motifs_on_a_sheet_need_no_network_to_be_named(home: Home) -> None:
    asked = ["explore", ORB, "--motifs", "tentacle,nautil*", *QUICK]
    said = home.run(*asked, "--channels", "2")
    assert said.code == 0, said.err
    assert set(shown(home, ORB_1_POCKET)) == {"motif-tentacle", "motif-nautilus"}
    told = page(home, ORB_1_POCKET)
    assert "2 motifs" in told
    assert '<span class="percent">motif</span>' in told
    assert "- motifs: [tentacle]\n" in told
    assert "model:" not in told, "a motif says which network is meant"
    by_layers = home.run("explore", ORB, "--layers", "motif-tentacle,motif-nautilus", *QUICK)
    assert "2 tiles dreamed before" in by_layers.err
    beside = home.run("explore", ORB, "--model", "pocket", "--layers", "stage1_1", *asked[2:])
    assert "2 tiles dreamed before\ndreaming 1 tile" in beside.err
    assert shown(home, ORB_1_POCKET)[0] == "stage1_1"
    assert "1 of its" in page(home, ORB_1_POCKET)


def test_motifs_that_cannot_be_had_are_told_of(home: Home) -> None:
    for asked, words in (
        (["--motifs", "tentcle"], "did you mean tentacle?"),
        (["--motifs", "owl", "--model", "networks/tiny.keras"], "tiny knows no motifs"),
        (["--motifs", "owl", "--layers", "conv_a"], "tiny knows no motifs"),
        (["--layers", "motif-owll"], "did you mean owl?"),
        (["--channels", "-1"], "--channels"),
    ):
        said = home.run("explore", ORB, *asked)
        assert said.code == 2, asked
        assert words in said.err


# Written into the manifest

MANIFEST = """\
# the orbs, of an afternoon
title: "Orbs"
pieces:
  # the best one
  - source: orb_1.png
    alt: An orb.   # says it all
    variants:
      - layers: [conv_a]
        recipe: {steps: 1}

  - source: orb_2.png
"""


def write(home: Home, layers: str, *more: str, picture: str = ORB) -> str:
    said = home.run("explore", picture, *more, "--write", layers)
    assert said.code == 0, said.err
    return home.read("collections/orbs/collection.yaml").decode()


def test_layers_are_added_and_the_rest_stays(home: Home) -> None:
    home.write("collections/orbs/collection.yaml", MANIFEST)
    text = write(home, "conv_c,pool")
    assert text == MANIFEST.replace(
        "        recipe: {steps: 1}\n",
        "        recipe: {steps: 1}\n      - layers: [conv_c]\n      - layers: [pool]\n",
    )
    states = home.states()
    assert states["orb_1_conv_c.png"] == states["orb_1_pool.png"] == "missing"
    assert not (home.root / ".dreamfolio/explore").exists(), "nothing is dreamed for it"


def test_what_is_there_is_not_added_twice(home: Home) -> None:
    home.write("collections/orbs/collection.yaml", MANIFEST)
    text = write(home, "conv_c")
    said = home.run("explore", ORB, "--write", "conv_c, conv_c")
    assert "conv_c: orb_1.png has this variant already" in said.err
    assert write(home, "conv_c") == text
    assert "- layers: [conv_a]\n      - layers: [pool]" in write(home, "conv_a,pool").replace(
        "        recipe: {steps: 1}\n      - layers: [conv_c]\n", ""
    ), "by another recipe it is another variant"


def test_a_piece_without_variants_keeps_the_one_it_inherited(home: Home) -> None:
    home.write("collections/orbs/collection.yaml", MANIFEST)
    text = write(home, "pool", picture="collections/orbs/orb_2.png")
    assert text.endswith(
        "  - source: orb_2.png\n    variants:\n      - layers: [conv_b]\n      - layers: [pool]\n"
    )
    assert {"orb_2_conv_b.png", "orb_2_pool.png"} <= set(home.states())


def test_what_was_written_is_told_and_what_the_picture_keeps(home: Home) -> None:
    said = home.run("explore", ORB, "--write", "conv_c,pool")
    file = home.root / "collections/orbs/collection.yaml"
    assert said.out == (
        f"{file}: conv_c, pool are new variants of orb_1.png. Now run: dreamfolio build\n"
    )
    assert (
        said.err == "orb_1.png keeps the variant that it had without naming one: layers: [conv_b]\n"
    )


def test_a_dream_is_no_piece_to_write_variants_of_unless_it_is_listed(home: Home) -> None:
    assert home.run("dream", "--only", "orb_1*").code == 0
    before = home.works()
    said = home.run("explore", "collections/orbs/orb_1_conv_b.png", "--write", "conv_c")
    assert said.code == 2
    assert "orb_1_conv_b.png: is a dream of orb_1.png" in said.err
    assert home.works() == before
    home.write(
        "collections/orbs/collection.yaml",
        "title: Orbs\npieces: [{source: orb_1.png}, {source: orb_1_conv_b.png}]\n",
    )
    said = home.run("explore", "collections/orbs/orb_1_conv_b.png", "--write", "conv_c")
    assert said.code == 0, said.err


@pytest.mark.parametrize("names", ["tentacle", "conv_a,motif-tentacle"])
def test_a_motif_among_layers_of_another_network_is_told_apart(home: Home, names: str) -> None:
    said = home.run("explore", ORB, "--write", names)
    assert said.code == 2
    assert said.err.endswith(
        "it is a motif, and motifs are written by themselves: --write motif-tentacle\n"
    )
    assert home.run("explore", ORB, "--write", "motif-tentacle").code == 0


def test_a_collection_without_a_manifest_gets_one(home: Home) -> None:
    text = write(home, "conv_c")
    assert text == (
        "title: Orbs\npieces:\n  - source: orb_1.png\n    variants:\n"
        "      - layers: [conv_b]\n      - layers: [conv_c]\n"
    )
    assert set(home.states()) == {"orb_1_conv_b.png", "orb_1_conv_c.png", "orb_2_conv_b.png"}


def test_line_ends_and_byte_order_mark_stay(home: Home) -> None:
    before = "\ufeff" + MANIFEST.replace("\n", "\r\n")
    home.write("collections/orbs/collection.yaml", before.encode())
    after = write(home, "pool")
    assert after == before.replace("{steps: 1}\r\n", "{steps: 1}\r\n      - layers: [pool]\r\n")


def test_another_network_and_recipe_are_written_with_the_layer(home: Home) -> None:
    home.write("networks/other.keras", tiny_network(2))
    asked = ["--model", "networks/other.keras", "--preprocess", "unit", "--recipe", "objective=l2"]
    text = write(home, "conv_c", *asked)
    assert text.endswith(
        "      - layers: [conv_c]\n"
        "        model: {file: ../../networks/other.keras, preprocess: unit}\n"
        "        recipe: {objective: l2}\n"
    )
    assert home.states()["orb_1_conv_c.png"] == "missing"
    assert write(home, "conv_c", *asked) == text


def test_layers_of_a_collection_with_a_network_of_its_own(home: Home) -> None:
    home.write("portfolio.yaml", "dream: {model: inception_v3, layers: [mixed4]}\n")
    model = "{file: ../../networks/tiny.keras, preprocess: unit}"
    home.write("collections/orbs/collection.yaml", f"title: Orbs\nmodel: {model}\nlayers: []\n")
    assert home.run("explore", ORB, "--layers", "conv_a").code == 0
    text = write(home, "conv_a")
    assert text.endswith(
        "\npieces:\n  - source: orb_1.png\n    variants:\n      - layers: [conv_a]\n"
    )


def test_inherited_layers_are_kept_as_the_network_that_holds_names_them(home: Home) -> None:
    home.write("portfolio.yaml", "dream: {model: inception_v3, layers: [mixed4]}\n")
    home.write("collections/orbs/collection.yaml", "title: Orbs\nmodel: vgg16\n")
    (before,) = (name for name in home.states() if name.startswith("orb_1"))
    layer = before.removeprefix("orb_1_").removesuffix(".png")
    assert layer.startswith("block")
    text = write(home, "block1_conv1")
    assert text.endswith(f"      - layers: [{layer}]\n      - layers: [block1_conv1]\n")
    assert {before, "orb_1_block1_conv1.png"} < set(home.states())


def test_where_nothing_is_named_the_embedded_network_is_explored(home: Home) -> None:
    home.write("portfolio.yaml", "title: Studies\n")
    asked = ["--layers", "stage1_1", "--recipe", "steps=1"]
    said = home.run("explore", ORB, *asked)
    assert said.code == 0, said.err
    assert shown(home, ".dreamfolio/explore/orbs/orb_1-pocket") == ["stage1_1"]
    text = write(home, "stage1_1")
    assert text.endswith("    variants:\n      - layers: [stage1_1]\n        model: pocket\n")
    assert write(home, "stage1_1") == text
    assert home.states() == {"orb_1_stage1_1.png": "missing"}


def test_a_single_channel_is_written_and_understood(home: Home) -> None:
    home.write("collections/orbs/collection.yaml", MANIFEST)
    text = write(home, "conv_b:3")
    assert "      - layers: [conv_b:3]\n" in text
    assert home.states()["orb_1_conv_b-3.png"] == "missing"
    assert write(home, "conv_b:3") == text
    said = home.run("explore", ORB, "--write", "conv_b:8")
    assert said.code == 2
    assert "conv_b has 8 channels" in said.err


def test_a_channel_of_the_embedded_network_that_holds_by_its_layers(home: Home) -> None:
    home.write("portfolio.yaml", "title: Studies\ndream: {layers: [stage4_3]}\n")
    assert write(home, "stage4_3:12").endswith("      - layers: [stage4_3:12]\n")
    assert home.states()["orb_1_stage4_3-12.png"] == "missing"


@pytest.mark.parametrize("named", ["motif-tentacle", "tentacle"])
def test_a_motif_is_written_as_one(home: Home, named: str) -> None:
    home.write("collections/orbs/collection.yaml", MANIFEST)
    text = write(home, named, *([] if "-" in named else ["--model", "pocket"]))
    assert text == MANIFEST.replace(
        "        recipe: {steps: 1}\n",
        "        recipe: {steps: 1}\n      - motifs: [tentacle]\n",
    )
    assert home.states()["orb_1_motif-tentacle.png"] == "missing"
    assert write(home, "motif-tentacle") == text


@pytest.mark.parametrize(
    ("manifest", "layers", "words"),
    [
        ("titel: Orbs\n", "conv_a", "titel"),
        (MANIFEST, "conv_x", "did you mean conv_"),
        (MANIFEST, "motif-tentcle", "did you mean tentacle"),
        (MANIFEST, " ", "no layer is named"),
        ("title: Orbs\npieces: &p [{source: orb_1.png, variants: &v []}]\n", "conv_a", ""),
    ],
)
def test_nothing_is_written_where_it_would_not_be_right(
    home: Home, manifest: str, layers: str, words: str
) -> None:
    home.write("collections/orbs/collection.yaml", manifest)
    before = home.works()
    said = home.run("explore", ORB, "--write", layers)
    if said.code == 0:  # It could be added after all: then it means what was asked for.
        assert not words
        assert "orb_1_conv_a.png" in home.states()
        return
    assert said.code == 2
    assert words in said.err
    assert home.works() == before


def test_tiles_take_the_mask_and_the_guide_that_hold_for_the_picture(home: Home) -> None:
    recipe = "recipe: {mask: hand.png, guide: orb_2.png}"
    home.write("collections/orbs/collection.yaml", f"title: Orbs\n{recipe}\n")
    Image.new("L", (24, 20)).save(home.root / "collections/orbs/hand.png")
    said = home.run("explore", ORB, "--layers", "conv_b")
    assert said.code == 0, said.everything
    (tile,) = (home.root / SHEET / "tiles").glob("*conv_b*")
    masked = tile.read_bytes()
    Image.new("L", (24, 20), 255).save(home.root / "collections/orbs/hand.png")
    home.run("explore", ORB, "--layers", "conv_b")
    (tile,) = (home.root / SHEET / "tiles").glob("*conv_b*")
    (source,) = (home.root / SHEET / "tiles").glob("*source*")
    assert masked == source.read_bytes() != tile.read_bytes()
    (home.root / "collections/orbs/hand.png").write_bytes(b"torn")
    said = home.run("explore", ORB, "--layers", "conv_b")
    assert said.code == 1
    assert "hand.png: " in said.err


def test_several_channels_and_the_strongest_are_written(home: Home) -> None:
    said = home.run("explore", ORB, "--write", "conv_a, conv_b:[3, 1],conv_a:strongest(2)")
    assert said.code == 0, said.everything
    assert {"orb_1_conv_a.png", "orb_1_conv_b-1-3.png", "orb_1_conv_a-strongest2.png"} <= set(
        home.states()
    )
