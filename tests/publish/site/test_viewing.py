"""What pages hold for looking closely: the lightbox's links, comparison, how a picture was made."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
import yaml
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from dreamfolio.content.settings import SiteSettings
from dreamfolio.dream.target import Target
from helpers.site import (
    Element,
    adopted,
    broken_links,
    collection,
    parse,
    picture,
    piece,
    portfolio,
    publish,
    tree,
    variant,
)


def facts(figure: Element) -> dict[str, str]:
    return {div.all("dt")[0].text: div.all("dd")[0].text for div in figure.all("div")}


def looks(page: Element) -> list[dict[str, str]]:
    return [link.attributes for link in page.all("a", "look")]


def blender(path: Path) -> None:
    info = PngInfo()
    info.add_text("File", "/home/artist/secret/scene.blend")
    info.add_text("Date", "2021/08/22 17:28:52")
    info.add_text("RenderTime", "01:02:46.67")
    info.add_text("cycles.View Layer.samples", "128")
    Image.new("RGB", (96, 54), "navy").save(path, pnginfo=info)


def test_pictures_open_in_their_largest_size_under_a_name_of_their_own(tmp_path: Path) -> None:
    one = piece("one.png", variant("one.png", "mixed3"), variant("one.png", "mixed5"))
    fog = collection(tmp_path, "fog", one, piece("a b.png"))
    for name in ("one.png", "one_mixed3.png"):
        picture(fog.folder / name, (640, 360))
    publish(portfolio(tmp_path, fog, site=SiteSettings(widths=(160, 480))))
    here = looks(parse(tmp_path / "site/fog/one.html"))
    assert [a["id"] for a in here] == ["view/source", "view/dream-mixed3", "view/dream-mixed5"]
    assert here[1]["href"].endswith("-480.webp")
    assert here[1]["data-layers"] == "mixed3"
    grid = looks(parse(tmp_path / "site/fog/index.html"))
    assert [a["id"] for a in grid] == [
        "view/one/dream-mixed3",
        "view/one/dream-mixed5",
        "view/a%20b",
    ]
    every = looks(parse(tmp_path / "site/pieces.html"))
    assert [a["id"] for a in every] == [
        "view/fog/one/dream-mixed3",
        "view/fog/one/dream-mixed5",
        "view/fog/a%20b",
    ]


def test_a_dream_is_compared_where_its_source_is_shown(tmp_path: Path) -> None:
    fog = collection(
        tmp_path, "fog", piece("one.png", variant("one.png", "mixed3")), piece("two.png")
    )
    site = portfolio(tmp_path, fog)
    publish(site)
    button = parse(tmp_path / "site/fog/one.html").all("button", "compare")[0]
    assert "hidden" in button.attributes  # until a script is there to make it work
    assert not parse(tmp_path / "site/fog/two.html").all("button", "compare")
    (fog.folder / "one.png").unlink()
    publish(site)
    page = parse(tmp_path / "site/fog/one.html")
    assert page.all("figure")
    assert not page.all("button", "compare")


def test_a_render_tells_of_its_making_and_of_no_path(tmp_path: Path) -> None:
    fog = collection(tmp_path, "fog", piece("one.png", variant("one.png", "mixed3")))
    blender(fog.folder / "one.png")
    publish(portfolio(tmp_path, fog))
    source = parse(tmp_path / "site/fog/one.html").all("figure")[0]
    assert facts(source) == {
        "Rendered": "2021-08-22",
        "Samples": "128",
        "Duration": "1 h 2 min 47 s",
    }
    assert date.fromisoformat(source.all("time")[0].attributes["datetime"])
    for name, data in tree(tmp_path / "site").items():
        assert b"artist" not in data, name
        assert b"scene.blend" not in data, name


def test_what_a_render_tells_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fog = collection(tmp_path, "fog", piece("one.png"), piece("two.png"))
    blender(fog.folder / "one.png")
    site = portfolio(tmp_path, fog)
    publish(site)
    before = tree(tmp_path / "site")
    monkeypatch.setattr("dreamfolio.publish.site.renders.render_facts", None)
    result = publish(site)
    assert (result.pages_written, result.pictures_written) == ((), ())
    assert tree(tmp_path / "site") == before


def test_a_record_from_before_renders_were_asked_loses_no_picture(tmp_path: Path) -> None:
    fog = collection(tmp_path, "fog", piece("one.png"))
    blender(fog.folder / "one.png")
    site = portfolio(tmp_path, fog)
    publish(site)
    record = tmp_path / "site/.dreamfolio.json"
    old = json.loads(record.read_text())
    del old["renders"]
    record.write_text(json.dumps(old))
    assert publish(site).pictures_written == ()
    assert "128" in parse(tmp_path / "site/fog/one.html").all("figure")[0].text


def test_a_dream_gives_the_lines_that_make_it_again(tmp_path: Path) -> None:
    made = variant("one.png", "mixed3", recipe_asked={"base": "octaves", "steps": 7})
    found = variant("one.png", "mixed5")
    fog = collection(tmp_path, "fog", piece("one.png", made, found))
    site = portfolio(tmp_path, fog)
    publish(site)
    dreams = parse(tmp_path / "site/fog/one.html").all("figure")[1:]
    assert yaml.safe_load("".join(map(str, dreams[0].all("code")[-1].children))) == [
        {
            "layers": ["mixed3"],
            "model": "inception_v3",
            "recipe": {"base": "octaves", "steps": 7},
        }
    ]
    publish(site, locks={"fog": {"one_mixed5.png": adopted("one.png", "mixed5")}})
    dreams = parse(tmp_path / "site/fog/one.html").all("figure")[1:]
    assert not dreams[1].all("details")  # by what recipe, nobody can tell


def test_a_motif_is_called_by_its_name(tmp_path: Path) -> None:
    grown = variant("one.png", "motif-tentacle", targets=(Target("motif-tentacle"),))
    publish(portfolio(tmp_path, collection(tmp_path, "fog", piece("one.png", grown))))
    dream = parse(tmp_path / "site/fog/one.html").all("figure")[1]
    told = facts(dream)
    assert told["Motifs"] == "tentacle"
    assert "Layers" not in told
    assert dream.all("img")[0].attributes["alt"] == "A render of one, dreamed toward tentacle"
    assert "motifs: [tentacle]" in dream.all("code")[-1].text


def test_a_layer_leads_to_all_that_was_dreamed_through_it(tmp_path: Path) -> None:
    mixed = variant("one.png", "mixed3", "mixed5")
    one = piece("one.png", variant("one.png", "mixed3"), mixed)
    publish(portfolio(tmp_path, collection(tmp_path, "fog", one)))
    dreams = parse(tmp_path / "site/fog/one.html").all("figure")[1:]
    assert [[a.attributes["href"] for a in dream.all("dd")[0].all("a")] for dream in dreams] == [
        ["../pieces.html#layer=inception_v3/mixed3"],
        [],
    ]
    assert broken_links(tmp_path / "site") == []


@pytest.mark.parametrize("theme", ["gallery", "plain"])
def test_a_dream_tells_how_deep_its_layer_lies(theme: str, tmp_path: Path) -> None:
    one = piece("one.png", variant("one.png", "mixed3"))
    publish(portfolio(tmp_path, collection(tmp_path, "fog", one), theme=theme))
    dream = parse(tmp_path / "site/fog/one.html").all("figure")[1]
    found = re.fullmatch(r"inception_v3,? (\d+) % deep", facts(dream)["Network"])
    assert found
    assert 25 < int(found[1]) < 60


def test_scripts_of_others_come_with_their_licences(tmp_path: Path) -> None:
    publish(portfolio(tmp_path, collection(tmp_path, "fog", piece("one.png"))))
    vendor = tmp_path / "site/static/vendor"
    folders = [path for path in vendor.iterdir() if path.is_dir()]
    assert folders
    for folder in folders:
        assert "Permission is hereby granted" in (folder / "LICENSE").read_text()
        assert f"`{folder.name}/`" in (vendor / "VENDORED.md").read_text()
