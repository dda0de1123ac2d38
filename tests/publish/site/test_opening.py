"""Home opens with a render and its dream in one frame, and every page leads on to another one."""

from __future__ import annotations

from pathlib import Path

from dreamfolio.content.objects import Collection
from dreamfolio.content.settings import SiteSettings
from helpers.site import Element, collection, parse, picture, piece, portfolio, publish, variant

SIZE = (640, 360)
WIDTHS = SiteSettings(widths=(480,))


def dreamed(
    root: Path, slug: str, *names: str, size: tuple[int, int] = SIZE, dream: tuple[int, int] = SIZE
) -> Collection:
    """Pieces of these names with a dream each, their pictures of these sizes."""
    pieces = [piece(f"{name}.png", variant(f"{name}.png", "mixed3")) for name in names]
    for number, each in enumerate(pieces):
        colour = f"#{len(slug) * 9:02x}{40 * number:02x}80"
        picture(root / "collections" / slug / each.source, size, colour)
        picture(root / "collections" / slug / each.variants[0].file, dream, colour)
    return collection(root, slug, *pieces)


def opening(root: Path, *collections: Collection) -> Element | None:
    publish(portfolio(root, *collections, site=WIDTHS))
    found = parse(root / "site/index.html").all("figure")
    return found[0] if found else None


def test_home_opens_with_a_piece_that_no_card_shows(tmp_path: Path) -> None:
    found = opening(tmp_path, dreamed(tmp_path, "fog", "a", "b"), dreamed(tmp_path, "sea", "c"))
    assert found
    assert found.all("a")[0].attributes["href"] == "fog/b.html#dream-mixed3"
    alts = [image.attributes["alt"] for image in found.all("img")]
    assert alts == ["A render of b", "A render of b, dreamed through mixed3"]
    assert "B, the render" in found.text


def test_nothing_that_would_not_lie_upon_its_source_opens(tmp_path: Path) -> None:
    tall = dreamed(tmp_path, "tall", "a", "b", size=(360, 640), dream=(360, 640))
    other = dreamed(tmp_path, "other", "a", "b", dream=(640, 480))
    small = dreamed(tmp_path, "small", "a", "b", size=(64, 36), dream=(64, 36))
    assert opening(tmp_path, tall, other, small) is None
    assert opening(tmp_path, dreamed(tmp_path, "only", "a", "b")) is None


def onto(root: Path, page: str) -> list[tuple[str, str, str]]:
    """Where the foot of a page leads: how it is called, the address and the picture's words."""
    found = parse(root / "site" / page).all("a", "onto")
    return [
        (
            a.attributes.get("rel", ""),
            a.attributes["href"],
            next((image.attributes["alt"] for image in a.all("img")), ""),
        )
        for a in found
    ]


def test_the_end_of_each_collection_leads_to_the_next_and_the_last_to_the_first(
    tmp_path: Path,
) -> None:
    publish(
        portfolio(
            tmp_path,
            collection(tmp_path, "fog", piece("a.png"), piece("b.png")),
            collection(tmp_path, "fog/deep", piece("c.png")),
            collection(tmp_path, "nothing"),
            collection(tmp_path, "sea", piece("d.png")),
        )
    )
    assert onto(tmp_path, "fog/index.html") == [("", "deep/index.html", "A render of c")]
    assert onto(tmp_path, "fog/deep/index.html") == [("", "../../sea/index.html", "A render of d")]
    assert onto(tmp_path, "sea/index.html") == [("", "../fog/index.html", "A render of a")]
    assert onto(tmp_path, "fog/b.html") == [
        ("prev", "a.html", "A render of a"),
        ("", "deep/index.html", "A render of c"),
    ]


def test_the_only_collection_leads_nowhere_else(tmp_path: Path) -> None:
    publish(portfolio(tmp_path, collection(tmp_path, "fog", piece("a.png"))))
    assert onto(tmp_path, "fog/index.html") == onto(tmp_path, "fog/a.html") == []


def test_plain_leads_on_as_well(tmp_path: Path) -> None:
    shown = [collection(tmp_path, slug, piece("a.png"), piece("b.png")) for slug in ("fog", "sea")]
    publish(portfolio(tmp_path, *shown, theme="plain"))
    for page, to in {
        "fog/index.html": "../sea/index.html",
        "sea/b.html": "../fog/index.html",
    }.items():
        (link,) = parse(tmp_path / "site" / page).all("a", "onward")
        assert link.attributes["href"] == to
    assert not parse(tmp_path / "site/fog/a.html").all("a", "onward")
