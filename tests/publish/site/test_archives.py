"""A collection as one file: every picture at full size, nothing that tells, always the same."""

import io
import os
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from dreamfolio.content.objects import Portfolio
from dreamfolio.content.settings import SiteSettings
from dreamfolio.pictures.decode import decode
from dreamfolio.pictures.digest import pixels_digest
from dreamfolio.publish.site.folder import SiteFolder
from dreamfolio.publish.wording import shipped
from helpers.secrets import MAKERS, WORD
from helpers.site import (
    broken_links,
    collection,
    links,
    parse,
    picture,
    piece,
    portfolio,
    publish,
    variant,
)

NAMES = [f"telling{suffix}" for suffix in MAKERS]


def made(root: Path) -> Portfolio:
    folder = root / "collections/sea/fog"
    folder.mkdir(parents=True)
    for name in NAMES:
        MAKERS[Path(name).suffix](folder / name)
    dreamed = piece("é plain.png", variant("é plain.png", "mixed3"), slug="plain")
    pieces = [dreamed, *(piece(name, slug=name.replace(".", "-")) for name in NAMES)]
    fog = collection(root, "sea/fog", *pieces)
    settings = SiteSettings(widths=(16,), zip=True)
    return portfolio(root, collection(root, "sea"), fog, site=settings)


def archive(root: Path) -> Path:
    (found,) = (root / "site/pictures").glob("*.zip")
    return found


def test_it_holds_every_picture_with_the_very_same_pixels(tmp_path: Path) -> None:
    site = made(tmp_path)
    assert not publish(site).problems
    folder = tmp_path / "collections/sea/fog"
    with zipfile.ZipFile(archive(tmp_path)) as packed:
        assert packed.testzip() is None
        names = packed.namelist()
        assert names == [
            "fog/é plain.png",
            "fog/é plain_mixed3.png",
            "fog/telling.png",
            "fog/telling.jpg",
            "fog/telling.webp",
            "fog/telling.tif.png",
            "fog/telling.gif",
        ]
        for name in names:
            original = folder / name.removeprefix("fog/").replace(".tif.png", ".tif")
            copy = tmp_path / f"copy{Path(name).suffix}"
            copy.write_bytes(packed.read(name))
            assert pixels_digest(decode(copy)) == pixels_digest(decode(original))
            assert WORD.encode() not in packed.read(name)
        plain = packed.read("fog/é plain.png")
        assert plain == (folder / "é plain.png").read_bytes()
        assert Image.open(io.BytesIO(plain)).size == (96, 54)


@pytest.mark.parametrize("theme", ["gallery", "plain"])
def test_the_collections_page_leads_to_it_and_its_parents_does_not(
    tmp_path: Path, theme: str
) -> None:
    publish(replace(made(tmp_path), theme=theme))
    assert broken_links(tmp_path / "site") == []
    page = parse(tmp_path / "site/sea/fog/index.html")
    assert len([link for link in links(page) if link.endswith(".zip")]) == 1
    assert "Download all 7 pictures as a ZIP file" in page.text
    assert not any(".zip" in link for link in links(parse(tmp_path / "site/sea/index.html")))


def test_its_size_is_written_as_the_portfolios_language_does(tmp_path: Path) -> None:
    publish(replace(made(tmp_path), language="de"))
    size = shipped("de").size(archive(tmp_path).stat().st_size)
    assert "," in size
    page = (tmp_path / "site/sea/fog/index.html").read_text(encoding="utf-8")
    assert f"Alle 7 Bilder als ZIP-Datei herunterladen</a> ({size})" in page


def test_two_places_make_the_same_bytes_and_a_second_build_writes_nothing(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    publish(made(here))
    site = made(there)
    for path in (there / "collections").rglob("*.png"):
        os.utime(path, (1, 1))
        path.chmod(0o600)
    publish(site)
    assert archive(here).name == archive(there).name
    assert archive(here).read_bytes() == archive(there).read_bytes()
    again = publish(site)
    assert (again.pages_written, again.pictures_written, again.removed) == ((), (), ())


def test_it_is_made_anew_with_another_picture_and_goes_when_not_asked_for(tmp_path: Path) -> None:
    site = made(tmp_path)
    publish(site)
    before = archive(tmp_path)
    picture(tmp_path / "collections/sea/fog/é plain.png", (90, 54), "#123456")
    publish(site)
    assert archive(tmp_path) != before
    assert not before.exists()
    publish(replace(site, site=SiteSettings(widths=(16,))))
    assert not list((tmp_path / "site").rglob("*.zip"))
    assert ".zip" not in (tmp_path / "site/sea/fog/index.html").read_text()


def test_however_many_there_are_the_record_is_written_once_for_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[list[str]] = []
    announce = SiteFolder.announce

    def heard(folder: SiteFolder, addresses: Iterable[str]) -> None:
        told.append([*addresses])
        announce(folder, told[-1])

    monkeypatch.setattr(SiteFolder, "announce", heard)
    parts = [collection(tmp_path, slug, piece(f"{slug}.png")) for slug in ("fog", "sea", "sun")]
    publish(portfolio(tmp_path, *parts, site=SiteSettings(widths=(16,), zip=True)))
    (zips,) = [one for one in told if any(address.endswith(".zip") for address in one)]
    assert len(zips) == 3


def test_a_file_of_somebody_elses_is_not_overwritten(tmp_path: Path) -> None:
    site = made(tmp_path)
    publish(site)
    place = archive(tmp_path)
    (tmp_path / "site/.dreamfolio.json").unlink()
    place.write_bytes(b"mine")
    result = publish(site)
    assert place.read_bytes() == b"mine"
    assert any(place.name in str(problem) for problem in result.problems)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_names_unpack_on_every_system_and_stay_apart(tmp_path: Path) -> None:
    names = ['a:b "c".png', "a?b *c*.png", "A-b -c-.png"]
    folder = tmp_path / "collections/sea"
    folder.mkdir(parents=True)
    pieces = []
    for number, name in enumerate(names):
        picture(folder / name, (20 + number, 10))
        pieces.append(piece(name, slug=str(number)))
    settings = SiteSettings(widths=(16,), zip=True)
    made = portfolio(tmp_path, collection(tmp_path, "sea", *pieces), site=settings)
    assert not publish(made).problems
    with zipfile.ZipFile(archive(tmp_path)) as packed:
        packed_names = packed.namelist()
    assert len(packed_names) == len({name.casefold() for name in packed_names}) == 3
    assert not any(set(name) & set('":?*<>|\\') for name in packed_names)
