"""What the site tells other programs: links for search engines, cards, feeds, sitemaps."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from dreamfolio.content.day import Day
from dreamfolio.content.objects import Portfolio
from helpers.site import collection, parse, picture, piece, portfolio, publish, tree, variant

URL = "https://example.org/p/"
HOSTILE = "</script><script>alert(1)</script> \"q\" 'q' & ]]> <!-- \x07 夢\udcff"
ATOM = "{http://www.w3.org/2005/Atom}"
XML = "{http://www.w3.org/XML/1998/namespace}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def example(root: Path, date: str | None = "2020", **changes: Any) -> Portfolio:
    one = piece("one.png", variant("one.png", "mixed3"), variant("one.png", "mixed5"))
    fog = collection(root, "fog", one, piece("two.png"), date=Day.parse(date) if date else None)
    return portfolio(root, fog, collection(root, "a/b", piece("s.png")), **{"url": URL, **changes})


def data(page: Path) -> list[dict[str, Any]]:
    scripts = [
        script
        for script in parse(page).all("script")
        if script.attributes.get("type") == "application/ld+json"
    ]
    assert len(scripts) == 1
    graph = json.loads("".join(str(child) for child in scripts[0].children))
    assert graph["@context"] == "https://schema.org"
    nodes: list[dict[str, Any]] = graph["@graph"]
    return nodes


def metas(page: Path) -> dict[str, str]:
    return {
        e.attributes.get("property") or e.attributes.get("name", ""): e.attributes["content"]
        for e in parse(page).all("meta")
        if "content" in e.attributes
    }


def on_disk(root: Path, address: str) -> Path:
    assert address.startswith(URL)
    return root / "site" / address.removeprefix(URL)


def test_a_card_shows_the_real_picture_with_its_size(tmp_path: Path) -> None:
    publish(example(tmp_path))
    told = metas(tmp_path / "site/fog/one.html")
    assert told["og:type"] == "article"
    assert told["og:url"] == f"{URL}fog/one.html"
    with Image.open(on_disk(tmp_path, told["og:image"])) as shown:
        assert (str(shown.width), str(shown.height)) == (
            told["og:image:width"],
            told["og:image:height"],
        )
        assert told["og:image:type"] == f"image/{str(shown.format).lower()}"
    assert told["og:image:alt"] == "A render of one, dreamed through mixed3"


def test_a_tall_picture_gets_the_small_card_and_a_wide_one_the_large(tmp_path: Path) -> None:
    fog = collection(tmp_path, "fog", piece("tall.png"), piece("wide.png"))
    picture(fog.folder / "tall.png", (300, 900))
    picture(fog.folder / "wide.png", (900, 450))
    site = portfolio(tmp_path, fog, url=URL)
    publish(replace(site, site=replace_widths(site)))
    assert metas(tmp_path / "site/fog/tall.html")["twitter:card"] == "summary"
    assert metas(tmp_path / "site/fog/wide.html")["twitter:card"] == "summary_large_image"


def replace_widths(site: Portfolio) -> Any:
    return site.site.model_copy(update={"widths": (480, 960)})


def test_a_piece_tells_of_itself_as_an_artwork(tmp_path: Path) -> None:
    publish(example(tmp_path, author="A. N. Artist"))
    artwork, trail = data(tmp_path / "site/fog/one.html")
    assert artwork["@type"] == "VisualArtwork"
    assert artwork["creator"] == {"@type": "Person", "name": "A. N. Artist"}
    assert artwork["isPartOf"]["url"] == f"{URL}fog/"
    assert len(artwork["image"]) == 3
    for image in artwork["image"]:
        assert on_disk(tmp_path, image["contentUrl"]).is_file()
    assert [item["name"] for item in trail["itemListElement"]] == ["Dreams", "Fog", "One"]


def test_without_an_address_of_its_own_a_site_names_none(tmp_path: Path) -> None:
    publish(example(tmp_path, url=None))
    for page in (tmp_path / "site").rglob("*.html"):
        html = parse(page)
        assert not [s for s in html.all("script") if "type" in s.attributes]
        told = {link.attributes["rel"] for link in html.all("link")}
        assert not told - {"apple-touch-icon", "icon", "stylesheet"}
    for name in ("feed.xml", "sitemap.xml", "robots.txt"):
        assert not (tmp_path / "site" / name).exists()


def test_hostile_words_break_no_data_and_no_feed(tmp_path: Path) -> None:
    one = piece("one.png", variant("one.png", "mixed3"), title=HOSTILE, alt=HOSTILE)
    fog = collection(tmp_path, "fog", one, title=HOSTILE, date=Day.parse("2020"))
    publish(portfolio(tmp_path, fog, title=HOSTILE, author=HOSTILE, url=URL))
    said = HOSTILE.replace("\udcff", "?")
    raw = (tmp_path / "site/fog/one.html").read_text()
    assert "<script>alert" not in raw
    assert data(tmp_path / "site/fog/one.html")[0]["name"] == said
    feed = ElementTree.parse(tmp_path / "site/feed.xml").getroot()
    title = feed.findtext(f"{ATOM}entry/{ATOM}title") or ""
    assert title.startswith("</script><script>alert(1)</script> \"q\" 'q' & ]]> <!-- ")
    assert "\x07" not in title
    manifest = json.loads((tmp_path / "site/site.webmanifest").read_text())
    assert manifest["name"] == said


def test_the_feed_is_an_atom_feed_with_each_piece_once(tmp_path: Path) -> None:
    publish(example(tmp_path, author="A. N. Artist", language="pt-BR"))
    feed = ElementTree.parse(tmp_path / "site/feed.xml").getroot()
    assert feed.tag == f"{ATOM}feed"
    assert feed.attrib[f"{XML}lang"] == "pt-BR"
    for place in [feed, *feed.findall(f"{ATOM}entry")]:
        # RFC 4287, 4.1.1 and 4.1.2: exactly one of each.
        assert [len(place.findall(f"{ATOM}{name}")) for name in ("id", "title", "updated")] == [
            1,
            1,
            1,
        ]
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "A. N. Artist"
    links = {link.attrib["rel"]: link.attrib["href"] for link in feed.findall(f"{ATOM}link")}
    assert links == {"self": f"{URL}feed.xml", "alternate": URL}
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")]
    assert ids == [f"{URL}fog/one.html", f"{URL}fog/two.html", f"{URL}a/b/s.html"]
    content = parse(feed.findtext(f"{ATOM}entry/{ATOM}content") or "")
    assert len(content.all("img")) == 2
    assert on_disk(tmp_path, content.all("img")[0].attributes["src"]).is_file()
    # What a description leads to by a relative link is relative to its page.
    for entry in feed.iter(f"{ATOM}entry"):
        base = entry.find(f"{ATOM}content").get(f"{XML}base")  # type: ignore[union-attr]
        assert base == entry.findtext(f"{ATOM}id")


def test_entries_are_dated_by_their_render_and_others_are_no_newer_than_the_oldest(
    tmp_path: Path,
) -> None:
    site = example(tmp_path, date=None)
    stamp = PngInfo()
    stamp.add_text("Date", "2021/08/22 17:03:09")
    Image.new("RGB", (96, 54), "red").save(tmp_path / "collections/fog/two.png", pnginfo=stamp)
    publish(site)
    feed = ElementTree.parse(tmp_path / "site/feed.xml").getroot()
    told = [
        (e.findtext(f"{ATOM}title"), e.findtext(f"{ATOM}updated"))
        for e in feed.iter(f"{ATOM}entry")
    ]
    assert told == [
        ("Two", "2021-08-22T17:03:09Z"),
        ("One", "2021-08-22T17:03:09Z"),
        ("S", "2021-08-22T17:03:09Z"),
    ]
    assert [len(e.findall(f"{ATOM}published")) for e in feed.iter(f"{ATOM}entry")] == [1, 0, 0]
    assert feed.findtext(f"{ATOM}updated") == "2021-08-22T17:03:09Z"
    urls = ElementTree.parse(tmp_path / "site/sitemap.xml").getroot()
    dates = {u.findtext(f"{MAP}loc"): u.findtext(f"{MAP}lastmod") for u in urls}
    assert dates[f"{URL}fog/two.html"] == "2021-08-22"
    assert dates[f"{URL}fog/one.html"] is None


@pytest.mark.parametrize("theme", ["gallery", "plain"])
def test_where_nothing_is_dated_there_is_no_feed_and_nobody_is_led_to_one(
    tmp_path: Path, theme: str
) -> None:
    def feeds() -> list[str]:
        home = (tmp_path / "site/fog/one.html").read_text()
        return [word for word in ("feed.xml", "application/atom+xml") if word in home]

    publish(example(tmp_path, theme=theme))
    assert (tmp_path / "site/feed.xml").exists()
    assert feeds() == ["feed.xml", "application/atom+xml"]
    publish(example(tmp_path, date=None, theme=theme))
    assert not (tmp_path / "site/feed.xml").exists()
    assert feeds() == []


def test_a_feed_holds_the_latest_pieces_of_many(tmp_path: Path) -> None:
    days = [Day.parse(f"{1500 + number}") for number in range(250)]
    many = [piece(f"{day.iso}.png", date=day) for day in days]
    fog = collection(tmp_path, "fog")
    same = picture(fog.folder / "same.png", (24, 24)).read_bytes()
    for each in many:
        (fog.folder / each.source).write_bytes(same)
    publish(portfolio(tmp_path, replace(fog, pieces=tuple(many)), url=URL))
    feed = ElementTree.parse(tmp_path / "site/feed.xml").getroot()
    titles = [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]
    assert (len(titles), titles[0], titles[-1]) == (200, "1749", "1550")


def test_the_manifests_dates_go_before_the_renders_and_the_collections_after(
    tmp_path: Path,
) -> None:
    pieces = [
        piece("a.png", date=Day.parse("2019-05"), tags=("Night", "sea")),
        piece("b.png"),
        piece("c.png"),
    ]
    fog = collection(tmp_path, "fog", *pieces, date=Day.parse("2020"), tags=("SEA",))
    stamp = PngInfo()
    stamp.add_text("Date", "2021/08/22 17:03:09")
    for name in ("a.png", "b.png"):
        Image.new("RGB", (96, 54), "red").save(fog.folder / name, pnginfo=stamp)
    publish(portfolio(tmp_path, fog, collection(tmp_path, "old", piece("d.png")), url=URL))
    feed = ElementTree.parse(tmp_path / "site/feed.xml").getroot()
    told = [
        (e.findtext(f"{ATOM}title"), e.findtext(f"{ATOM}updated"), e.findtext(f"{ATOM}published"))
        for e in feed.iter(f"{ATOM}entry")
    ]
    assert told == [
        ("B", "2021-08-22T17:03:09Z", "2021-08-22T17:03:09Z"),
        ("C", "2020-01-01T00:00:00Z", "2020-01-01T00:00:00Z"),
        ("A", "2019-05-01T00:00:00Z", "2019-05-01T00:00:00Z"),
        ("D", "2019-05-01T00:00:00Z", None),
    ]
    terms = [c.attrib["term"] for c in list(feed.iter(f"{ATOM}entry"))[2].iter(f"{ATOM}category")]
    assert terms == ["Fog", "Night", "sea"]
    artwork = data(tmp_path / "site/fog/a.html")[0]
    assert (artwork["dateCreated"], artwork["keywords"]) == ("2019-05", "Night, sea")
    assert data(tmp_path / "site/fog/index.html")[0]["dateCreated"] == "2020"
    times = [
        time.attributes["datetime"] for time in parse(tmp_path / "site/fog/a.html").all("time")
    ]
    assert times == ["2019-05"]


def test_the_sitemap_names_every_page_but_that_for_the_lost(tmp_path: Path) -> None:
    publish(example(tmp_path))
    urls = ElementTree.parse(tmp_path / "site/sitemap.xml").getroot()
    named = {str(u.findtext(f"{MAP}loc")) for u in urls}
    pages = {
        p.relative_to(tmp_path / "site").as_posix() for p in (tmp_path / "site").rglob("*.html")
    }
    public = {URL + page.removesuffix("index.html") for page in pages - {"404.html"}}
    assert named == public
    for image in urls.iter("{http://www.google.com/schemas/sitemap-image/1.1}loc"):
        assert on_disk(tmp_path, str(image.text)).is_file()
    robots = (tmp_path / "site/robots.txt").read_text()
    assert f"Sitemap: {URL}sitemap.xml" in robots.splitlines()
    assert metas(tmp_path / "site/404.html")["robots"] == "noindex"


def test_two_builds_in_two_places_are_one_and_what_is_gone_leaves_them(tmp_path: Path) -> None:
    here, there = (example(tmp_path / name) for name in ("here", "there"))
    publish(here)
    publish(there)
    assert tree(tmp_path / "here/site") == tree(tmp_path / "there/site")
    again = publish(replace(here, collections=here.collections[1:]))
    assert again.pictures_written == ()
    assert {"fog/one.html", "atlas.html", "about.html"} <= set(again.removed)
    assert "fog" not in (tmp_path / "here/site/sitemap.xml").read_text()
