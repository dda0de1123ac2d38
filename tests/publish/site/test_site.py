"""The site as a visitor meets it: pages that hold together, say what they should, and are safe."""

import os
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image

from dreamfolio.content.settings import SiteSettings
from dreamfolio.dream.recipe import Recipe
from dreamfolio.dream.target import Target
from helpers.site import (
    adopted,
    broken_links,
    collection,
    inline_scripts,
    links,
    parse,
    picture,
    piece,
    portfolio,
    publish,
    tree,
    variant,
)

HOSTILE = """</title><script>alert(1)</script> "quoted" 'single' & <b>bold</b> #?% {{ 7 * 7 }}"""


def test_a_portfolio_gets_a_page_for_each_thing_and_every_link_leads_somewhere(
    tmp_path: Path,
) -> None:
    fog = collection(
        tmp_path,
        "fog",
        piece("one.png", variant("one.png", "mixed3"), variant("one.png", "mixed5")),
        piece("two.png"),
    )
    result = publish(portfolio(tmp_path, fog, collection(tmp_path, "fire", piece("f.png"))))
    assert not result.problems
    site = tmp_path / "site"
    pages = {page.relative_to(site).as_posix() for page in site.rglob("*.html")}
    assert pages == {
        "404.html",
        "about.html",
        "atlas.html",
        "index.html",
        "pieces.html",
        "fire/f.html",
        "fire/index.html",
        "fog/index.html",
        "fog/one.html",
        "fog/two.html",
    }
    assert broken_links(site) == []


def test_home_has_a_card_for_each_collection(tmp_path: Path) -> None:
    fog = collection(tmp_path, "fog", piece("one.png", variant("one.png", "mixed3")))
    publish(portfolio(tmp_path, fog, collection(tmp_path, "fire", piece("f.png"), piece("g.png"))))
    cards = parse(tmp_path / "site/index.html").all("article", "card")
    assert [card.all("h2")[0].text for card in cards] == ["Fog", "Fire"]
    assert [card.all("p")[0].text for card in cards] == ["1 piece · 1 dream", "2 pieces"]
    assert [card.all("a")[0].attributes["href"] for card in cards] == [
        "fog/index.html",
        "fire/index.html",
    ]
    assert all(card.all("img") for card in cards)


def test_a_collection_shows_its_dreams_and_the_sources_of_what_has_none(tmp_path: Path) -> None:
    dreamed = piece("one.png", variant("one.png", "mixed3"), variant("one.png", "mixed5"))
    publish(portfolio(tmp_path, collection(tmp_path, "fog", dreamed, piece("two.png"))))
    tiles = parse(tmp_path / "site/fog/index.html").all("li", "tile")
    assert [tile.text for tile in tiles] == ["One mixed3", "One mixed5", "Two"]
    assert [[a.attributes["href"] for a in tile.all("a")] for tile in tiles] == [
        ["one.html#dream-mixed3"] * 2,
        ["one.html#dream-mixed5"] * 2,
        ["two.html"] * 2,
    ]


def test_a_piece_hangs_its_source_beside_its_dreams_and_tells_of_each(tmp_path: Path) -> None:
    weighted = variant(
        "one.png",
        "mixed3",
        targets=(Target("mixed3"), Target("mixed5", 0.5)),
        recipe=Recipe(steps=7),
        recipe_asked={"base": "classic", "steps": 7},
    )
    publish(portfolio(tmp_path, collection(tmp_path, "fog", piece("one.png", weighted))))
    figures = parse(tmp_path / "site/fog/one.html").all("figure")
    assert [figure.all("h2")[0].text for figure in figures] == ["Source", "Dream"]
    facts = {div.all("dt")[0].text: div.all("dd")[0].text for div in figures[1].all("div")}
    assert facts == {
        "Layers": "mixed3 + 0.5 × mixed5",
        "Network": "inception_v3 32 % deep",
        "Recipe": "classic, 7 steps",
    }


def test_alt_texts_are_the_artists_own(tmp_path: Path) -> None:
    one = piece("one.png", variant("one.png", "mixed3"), alt="A brain, half of it green")
    publish(portfolio(tmp_path, collection(tmp_path, "fog", one)))
    alts = [img.attributes["alt"] for img in parse(tmp_path / "site/fog/one.html").all("img")]
    assert alts == [
        "A brain, half of it green",
        "A brain, half of it green, dreamed through mixed3",
    ]


def test_the_lock_says_what_a_variant_really_is(tmp_path: Path) -> None:
    one = variant("one.png", "mixed3", file="one_activation_2482.png")
    site = portfolio(tmp_path, collection(tmp_path, "fog", piece("one.png", one)))
    lock = {"one_activation_2482.png": adopted("one.png", "activation_38", asked="activation_2482")}
    publish(site, locks={"fog": lock})
    dream = parse(tmp_path / "site/fog/one.html").all("figure")[1]
    facts = {div.all("dt")[0].text: div.all("dd")[0].text for div in dream.all("div")}
    assert facts["Layers"] == "activation_38 asked for as activation_2482"
    assert "before" in facts["Origin"]
    assert "Recipe" not in facts


@pytest.mark.parametrize("theme", ["gallery", "plain"])
def test_a_page_tells_which_channels_the_source_chose(tmp_path: Path, theme: str) -> None:
    one = variant("one.png", "mixed4:strongest(2)", file="one_mixed4-strongest2.png")
    site = portfolio(tmp_path, collection(tmp_path, "fog", piece("one.png", one)), theme=theme)
    entry = replace(
        adopted("one.png", "mixed4:strongest(2)"), versions={"strongest": "mixed4:3,17"}
    )
    publish(site, locks={"fog": {one.file: entry}})
    dream = parse(tmp_path / "site/fog/one.html").all("figure")[1]
    facts = {div.all("dt")[0].text: div.all("dd")[0].text for div in dream.all("div")}
    assert facts["Layers"] == "mixed4:strongest(2) which were mixed4:3,17"


def test_a_picture_that_no_lock_knows_claims_no_recipe(tmp_path: Path) -> None:
    taken_in = variant("one.png", "mixed3", recipe_asked=None)
    wanted = variant("one.png", "mixed5")
    site = portfolio(tmp_path, collection(tmp_path, "fog", piece("one.png", taken_in, wanted)))

    def recipes() -> list[bool]:
        dreams = parse(tmp_path / "site/fog/one.html").all("figure")[1:]
        return ["Recipe" in [dt.text for dt in dream.all("dt")] for dream in dreams]

    publish(site)
    assert recipes() == [False, True]
    publish(site, locks={"fog": {}})
    assert recipes() == [False, False]


def test_pieces_lead_to_their_neighbours(tmp_path: Path) -> None:
    pieces = [piece(f"{name}.png") for name in "abc"]
    publish(portfolio(tmp_path, collection(tmp_path, "fog", *pieces)))

    def neighbours(name: str) -> dict[str, str]:
        found = parse(tmp_path / f"site/fog/{name}.html").all("a")
        return {a.attributes["rel"]: a.attributes["href"] for a in found if "rel" in a.attributes}

    assert neighbours("a") == {"next": "b.html"}
    assert neighbours("b") == {"prev": "a.html", "next": "c.html"}
    assert neighbours("c") == {"prev": "b.html"}


def test_a_parent_shows_its_children_and_home_only_the_outermost(tmp_path: Path) -> None:
    publish(
        portfolio(
            tmp_path,
            collection(tmp_path, "series", piece("s.png")),
            collection(tmp_path, "series/deep/part", piece("p.png"), piece("q.png")),
            collection(tmp_path, "series/empty"),
        )
    )
    home = parse(tmp_path / "site/index.html").all("article", "card")
    assert [card.all("h2")[0].text for card in home] == ["Series"]
    assert home[0].all("p")[0].text == "2 collections · 3 pieces"
    parent = parse(tmp_path / "site/series/index.html").all("article", "card")
    assert [card.all("h2")[0].text for card in parent] == ["Part", "Empty"]
    trail = parse(tmp_path / "site/series/deep/part/p.html").all("nav", "trail")[0]
    assert trail.text == "Dreams Series Part"
    assert broken_links(tmp_path / "site") == []


def test_missing_variants_are_not_shown_and_no_problem(tmp_path: Path) -> None:
    one = piece("one.png", variant("one.png", "mixed3"), variant("one.png", "mixed5"))
    fog = collection(tmp_path, "fog", one)
    (fog.folder / "one_mixed3.png").unlink()
    result = publish(portfolio(tmp_path, fog))
    assert not result.problems
    page = parse(tmp_path / "site/fog/one.html")
    assert page.all("figure")[1].all("code")[0].text == "mixed5"
    assert len(page.all("figure")) == 2


def test_a_piece_without_its_source_shows_its_dreams(tmp_path: Path) -> None:
    fog = collection(tmp_path, "fog", piece("one.png", variant("one.png", "mixed3")))
    (fog.folder / "one.png").unlink()
    publish(portfolio(tmp_path, fog))
    page = parse(tmp_path / "site/fog/one.html")
    assert [figure.all("h2")[0].text for figure in page.all("figure")] == ["Dream"]


def test_a_broken_picture_costs_only_itself_and_is_named(tmp_path: Path) -> None:
    fog = collection(tmp_path, "fog", piece("bad.png"), piece("cut.png"), piece("good.png"))
    (fog.folder / "bad.png").write_bytes(b"no picture at all")
    cut = picture(fog.folder / "cut.png", (400, 300))
    cut.write_bytes(cut.read_bytes()[:200])
    result = publish(portfolio(tmp_path, fog))
    places = {Path(str(problem.place)).name for problem in result.problems}
    assert places == {"bad.png", "cut.png"}
    assert [t.text for t in parse(tmp_path / "site/fog/index.html").all("li", "tile")] == ["Good"]
    assert not (tmp_path / "site/fog/bad.html").exists()
    assert broken_links(tmp_path / "site") == []


def test_hostile_words_stay_words(tmp_path: Path) -> None:
    one = piece("one.png", variant("one.png", "mixed3"), title=HOSTILE, alt=HOSTILE)
    fog = collection(tmp_path, "fog", one, title=HOSTILE, description=HOSTILE)
    publish(portfolio(tmp_path, fog, title=HOSTILE, author=HOSTILE, description=HOSTILE))
    for page in (tmp_path / "site").rglob("*.html"):
        html = parse(page)
        assert not inline_scripts(html), page
        assert not html.all("b") or page.name == "index.html", page  # prose may be bold
        assert not any(name.startswith("on") for e in html.walk() for name in e.attributes)
    piece_page = parse(tmp_path / "site/fog/one.html")
    assert piece_page.all("h1")[0].text == HOSTILE
    assert piece_page.all("img")[0].attributes["alt"] == HOSTILE


@pytest.mark.parametrize(
    "name", ["a b", "50% #1?", "quo'te\"s", "<script>", "rêve 夢", "a&b;c", "x" * 240, "C:\\x"]
)
def test_odd_names_make_pages_that_can_be_reached(tmp_path: Path, name: str) -> None:
    if len(name) < 200:
        one = piece(f"{name}.png", variant(f"{name}.png", "mixed3"), slug=name)
    else:
        one = piece(f"{name}.png", slug=name)
    result = publish(portfolio(tmp_path, collection(tmp_path, name, one)))
    assert not result.problems
    assert broken_links(tmp_path / "site") == []
    assert len(list((tmp_path / "site").glob("*/*.html"))) == 2


def test_names_that_differ_only_in_case_get_pages_of_their_own(tmp_path: Path) -> None:
    pieces = [piece("fog.png"), piece("Fog.png", slug="Fog", title="Other")]
    publish(portfolio(tmp_path, collection(tmp_path, "x", *pieces)))
    pages = sorted(page.name for page in (tmp_path / "site/x").iterdir())
    assert pages == ["Fog-2.html", "fog.html", "index.html"]
    assert parse(tmp_path / "site/x/Fog-2.html").all("h1")[0].text == "Other"


def test_pictures_come_in_widths_with_their_sizes_told(tmp_path: Path) -> None:
    fog = collection(tmp_path, "fog", piece("one.png"))
    picture(fog.folder / "one.png", (640, 360))
    settings = SiteSettings(widths=(480, 960), formats=("avif", "webp", "jpeg"))
    publish(portfolio(tmp_path, fog, site=settings))
    page = parse(tmp_path / "site/fog/one.html")
    assert [s.attributes["type"] for s in page.all("source")] == ["image/avif", "image/webp"]
    image = page.all("img")[0].attributes
    assert (image["width"], image["height"]) == ("640", "360")
    widths = [candidate.split()[1] for candidate in image["srcset"].split(", ")]
    assert widths == ["480w", "640w"]
    for link in links(page):
        if "pictures/" in link:
            with Image.open(page_file(tmp_path, link)) as published:
                assert f"-{published.width}." in link
                assert published.height == round(published.width * 360 / 640)
    linked = next(a.attributes["href"] for a in page.all("figure")[0].all("a"))
    assert linked.endswith("-640.avif")


def test_a_picture_larger_than_the_pages_need_is_there_in_full_but_not_among_theirs(
    tmp_path: Path,
) -> None:
    fog = collection(tmp_path, "fog", piece("one.png"))
    picture(fog.folder / "one.png", (640, 360))
    publish(portfolio(tmp_path, fog, site=SiteSettings(widths=(24, 48, "original"))))
    published = (tmp_path / "site/pictures").iterdir()
    assert sorted(Image.open(file).width for file in published) == [24, 48, 640]
    page = parse(tmp_path / "site/fog/one.html")
    assert not any("640w" in image.attributes["srcset"] for image in page.all("img"))


def page_file(root: Path, link: str) -> Path:
    return root / "site" / "fog" / link


def test_published_pictures_carry_nothing_but_pixels(tmp_path: Path) -> None:
    fog = collection(tmp_path, "fog", piece("one.png"))
    from PIL.PngImagePlugin import PngInfo

    secrets = PngInfo()
    secrets.add_text("File", "/home/artist/secret/scene.blend")
    Image.new("RGB", (64, 64), "red").save(fog.folder / "one.png", pnginfo=secrets)
    publish(portfolio(tmp_path, fog, site=SiteSettings(widths=(64,), formats=("webp", "jpeg"))))
    for published in (tmp_path / "site/pictures").iterdir():
        assert b"artist" not in published.read_bytes()


def test_the_first_picture_loads_at_once_and_the_others_when_near(tmp_path: Path) -> None:
    pieces = [piece(f"{name}.png") for name in "abcdef"]
    publish(portfolio(tmp_path, collection(tmp_path, "fog", *pieces)))
    images = parse(tmp_path / "site/fog/index.html").all("img")
    lazy = ["loading" in image.attributes for image in images]
    assert lazy == [False, True, True, True, True, True]
    assert [image.attributes.get("decoding") == "async" for image in images] == lazy


def test_until_a_picture_is_there_its_colours_stand_in_its_place(tmp_path: Path) -> None:
    """But not where they would be seen for good: through transparency, or around a small one."""
    from dreamfolio.pictures.blur import colour

    names = ("opaque.png", "through.png", "small.png")
    fog = collection(tmp_path, "fog", *map(piece, names))
    picture(fog.folder / "opaque.png", (640, 360), "#e81818")
    Image.new("RGBA", (640, 360), (0, 0, 0, 99)).save(fog.folder / "through.png")
    settings = SiteSettings(widths=(480, 960))
    publish(portfolio(tmp_path, fog, site=settings))
    images = parse(tmp_path / "site/fog/index.html").all("img")
    classes = [image.attributes.get("class", "").split() for image in images]
    assert classes[1:] == [[], ["small"]]
    assert classes[0][0] == "blur"
    corners = dict(each.split("-") for each in classes[0][1:])
    assert corners.keys() == {"nw", "ne", "sw", "se"}
    assert colour(int(corners["ne"])) == "#e81818"


def test_other_sites_are_handed_a_picture_that_they_can_read(tmp_path: Path) -> None:
    settings = SiteSettings(widths=(480, 960), formats=("avif", "webp", "jpeg"))
    fog = collection(tmp_path, "fog", piece("one.png"))
    publish(portfolio(tmp_path, fog, site=settings, url="https://example.org/p/"))
    html = parse(tmp_path / "site/fog/one.html")
    meta = {e.attributes.get("property"): e.attributes["content"] for e in html.all("meta")[2:]}
    assert meta["og:image"].endswith(".jpg")


def test_public_addresses_appear_only_where_the_url_is_known(tmp_path: Path) -> None:
    fog = collection(tmp_path, "fog", piece("one.png"))
    publish(portfolio(tmp_path, fog))
    page = (tmp_path / "site/fog/one.html").read_text()
    assert "canonical" not in page
    assert "og:" not in page
    publish(portfolio(tmp_path, fog, url="https://example.org/p/"))
    html = parse(tmp_path / "site/fog/one.html")
    canonical = [e for e in html.all("link") if e.attributes["rel"] == "canonical"]
    assert canonical[0].attributes["href"] == "https://example.org/p/fog/one.html"
    meta = {e.attributes.get("property"): e.attributes["content"] for e in html.all("meta")[2:]}
    assert meta["og:image"].startswith("https://example.org/p/pictures/one-")
    lost = links(parse(tmp_path / "site/404.html"))
    assert "https://example.org/p/static/style.css" in lost
    assert broken_links(tmp_path / "site") == []


def test_pages_allow_a_strict_content_security_policy(tmp_path: Path) -> None:
    one = piece("one.png", variant("one.png", "mixed3"))
    publish(portfolio(tmp_path, collection(tmp_path, "fog", one)))
    for page in (tmp_path / "site").rglob("*.html"):
        for element in parse(page).walk():
            assert element.tag != "style"
            assert "style" not in element.attributes
            assert not any(name.startswith("on") for name in element.attributes)
            if element.tag == "script" and element.attributes.get("type") != "application/ld+json":
                assert element.attributes["src"]
                assert element.text == ""
        for link in links(parse(page)):
            assert not link.startswith(("http:", "https:", "//", "data:"))


def test_a_page_has_the_landmarks_that_readers_jump_by(tmp_path: Path) -> None:
    publish(portfolio(tmp_path, collection(tmp_path, "fog", piece("one.png"))))
    for page in (tmp_path / "site").rglob("*.html"):
        html = parse(page)
        assert len(html.all("h1")) == 1
        assert len(html.all("main")) == 1
        assert html.all("html")[0].attributes["lang"] == "en"
        skip = html.all("a", "skip")[0].attributes["href"]
        assert any(e.attributes.get("id") == skip[1:] for e in html.walk())
        levels = [int(e.tag[1]) for e in html.walk() if e.tag in ("h1", "h2", "h3")]
        assert all(b - a <= 1 for a, b in pairwise(levels))


def test_an_empty_portfolio_still_has_a_home(tmp_path: Path) -> None:
    result = publish(portfolio(tmp_path))
    assert not result.problems
    assert "Nothing is shown here yet" in parse(tmp_path / "site/index.html").text


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_in_the_site_s_folder_is_not_written_through(tmp_path: Path) -> None:
    made = portfolio(tmp_path, collection(tmp_path, "fog", piece("one.png")))
    publish(made)
    away = tmp_path / "away"
    (tmp_path / "site/fog").rename(away)
    (tmp_path / "site/fog").symlink_to(away)
    before = tree(away)
    result = publish(replace(made, title="Another"))
    assert tree(away) == before
    assert any("others of that name stand there" in str(one) for one in result.problems)
