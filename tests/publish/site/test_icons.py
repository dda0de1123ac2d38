"""What stands for the site in tabs and on home screens."""

import json
from pathlib import Path
from typing import Any

from PIL import Image

from helpers.site import collection, parse, piece, portfolio, publish


def icons(root: Path) -> list[dict[str, Any]]:
    publish(portfolio(root, collection(root, "fog", piece("one.png")), url="https://a.example/"))
    told: dict[str, list[dict[str, Any]]] = json.loads(
        (root / "site/site.webmanifest").read_text(encoding="utf-8")
    )
    return told["icons"]


def test_a_home_screen_finds_an_icon_of_every_kind(tmp_path: Path) -> None:
    told = icons(tmp_path)
    assert {(icon["sizes"], icon["purpose"]) for icon in told} >= {
        ("any", "any"),
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    }
    for icon in told:
        if icon["type"] == "image/png":
            with Image.open(tmp_path / "site" / icon["src"]) as image:
                assert icon["sizes"] == f"{image.width}x{image.height}"
                if icon["purpose"] == "maskable":
                    # A phone cuts it to a shape of its own: nothing of it may be see-through.
                    assert image.convert("RGBA").getextrema()[3] == (255, 255)
    page = tmp_path / "site/fog/one.html"
    links = {link.attributes["rel"]: link.attributes["href"] for link in parse(page).all("link")}
    with Image.open(page.parent / links["apple-touch-icon"]) as touch:
        assert touch.size == (180, 180)


def test_an_icon_of_ones_own_is_not_shown_as_another_picture(tmp_path: Path) -> None:
    own = tmp_path / "themes/gallery/static/icon.svg"
    own.parent.mkdir(parents=True)
    own.write_text("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'/>")
    assert [icon["type"] for icon in icons(tmp_path)] == ["image/svg+xml"]
    page = parse(tmp_path / "site/index.html")
    assert "apple-touch-icon" not in {link.attributes["rel"] for link in page.all("link")}
    Image.new("RGB", (192, 192)).save(own.with_name("icon-192.png"))
    assert [icon["sizes"] for icon in icons(tmp_path)] == ["any", "192x192"]
