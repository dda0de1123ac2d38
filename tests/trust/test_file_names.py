"""Names of files and folders, however odd: pages, tables, addresses and archives stay right."""

from __future__ import annotations

import json
import os
import re
import shlex
import sys
import unicodedata
import zipfile
from collections import Counter
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pytest

from dreamfolio.cli.printable import printable
from dreamfolio.content.names import fold, variant_file
from dreamfolio.pictures import decode
from dreamfolio.pictures.web import to_srgb
from helpers.home import Home, Said, make_home
from helpers.readme import Tables, as_on_github
from helpers.site import broken_links, inline_scripts, links, parse

pytest.importorskip("keras")
if sys.platform != "linux":
    pytest.skip("other systems hold few of these names", allow_module_level=True)

PORTFOLIO = """\
title: Studies
author: A
url: https://example.org/p/
dream:
  model: {file: networks/tiny.keras, preprocess: unit}
  recipe: {base: classic, steps: 1}
  layers: [conv_a]
readme: {columns: 3, show: both, sources: table, width: 32}
site: {widths: [32], zip: true}
"""
NAMES = [
    *("caf\u00e9.png", "cafe\u0301.png", "Fog.png", "fog.png", "FOG.png"),
    *("Straße.png", "STRASSE.png", "İ.png", "i̇.png", "\ufb01.png", "fi.png"),
    *("it's.png", 'say "hi".png', "tick`s.png", "new\nline.png", "tab\there.png"),
    *("<script>alert(1)<script>.png", "a &amp; b.png", "a & b.png", "#1.png", "what?.png"),
    *("%20.png", "100%.png", "%2e%2e.png", "a+b.png", "a=b.png", "a~b.png", "a:b.png", "@me.png"),
    *("-rf.png", "--help.png", "trailing..png", "space .png", " lead.png", "~home.png", "!x.png"),
    *("con.png", "AUX.png", "nul.png", "com1.png", "CONIN$.png", "index.png", "404.png"),
    *(f"{'L' * 251}.png", f"{'夢' * 83}.png", f"{'L' * 250}2.png"),
    *("\u202egnp.exe.png", "\u2028ls.png", "zero\u200bwidth.png", "\u0085nel.png", "\x7fdel.png"),
    *(
        "\x07bell.png",
        "\x1b[31mred.png",
        "\ufeffbom.png",
        "\uffff.png",
        "🦑 squid.png",
        "👩‍👩‍👧.png",
    ),
    *("a|b.png", "a]b).png", "[x](y).png", "*_[](){}.png", "__init__.png", "^.png"),
    *("{{ 7*7 }}.png", "{% raw %}.png", "$(touch x).png", "; rm -rf ~.png", "'; DROP TABLE.png"),
    *("-->.png", "<!-- dreamfolio:END -->.png", "]]>.png", "</td></table>.png", "onerror=x.png"),
]
NAMES = [name.replace("/", "\u2215") for name in NAMES]
FOLDERS = [
    *("con", "a & <b> #1?", "a & <b> #1?/ünï %2e%2e", "-rf", "[x](y)|z", "new\nline", "nul.txt"),
    *("index.html", "pictures", "trailing. ", "\u202eeert", "夢" * 80, "'\"`", "404.html"),
]
MARKED = "# Mine\n\n<!-- dreamfolio:START collection=* -->\n<!-- dreamfolio:END -->\n\n# After\n"
RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\..*)?", re.I)


class Built:
    """A portfolio of all of these names at once, each of its own colours; built once."""

    def __init__(self, root: Path):
        self.home: Home = make_home(root, PORTFOLIO, pictures=0)
        self.paths = [f"collections/odd/{name}" for name in NAMES]
        self.paths += [f"collections/{folder}/one.png" for folder in FOLDERS]
        for number, name in enumerate(self.paths):
            self.home.paint(name, seed=number, size=(12, 10))
        self.home.write("README.md", MARKED)
        self.home.write("collections/odd/collection.yaml", "title: odd\ndate: 2020\n")
        self.before = {name: self.home.read(name) for name in self.paths}
        self.said: Said = self.home.run("build")
        self.site = root / "site"
        self.pages = {path: parse(path) for path in sorted(self.site.rglob("*.html"))}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return Built(tmp_path_factory.mktemp("odd"))


def test_each_is_dreamed_and_no_source_is_touched(built: Built) -> None:
    assert built.said.code == 0, built.said.err
    variants = json.loads(built.home.run("status", "--json").out)["variants"]
    assert Counter(one["state"] for one in variants) == {"current": len(built.paths)}
    assert {one["source"] for one in variants} == set(built.paths)
    files = [one["file"] for one in variants]
    assert len({fold(file) for file in files}) == len(files)
    assert {name: built.home.read(name) for name in built.paths} == built.before
    again = built.home.run("build")
    assert again.code == 0
    assert "dreamed" not in again.err
    assert "up to date" in again.err


def test_the_readme_has_one_table_a_picture_with_links_to_the_very_files(built: Built) -> None:
    root = built.home.root
    text = (root / "README.md").read_text(encoding="utf-8")
    assert text.startswith("# Mine\n")
    assert text.endswith("<!-- dreamfolio:END -->\n\n# After\n")
    html = as_on_github(text)
    assert re.findall(r"<h1>(.*?)</h1>", html)[::2][0] == "Mine"
    assert "<h1>After</h1>" in html
    assert "<script" not in html
    tables = Tables(html)
    assert len(tables.tables) == 2 * (1 + len(FOLDERS))
    assert all(len(row) == 3 for table in tables.tables for row in table)
    cells = [cell for table in tables.tables for row in table for cell in row if cell.href]
    led_to = Counter(unquote(cell.href or "") for cell in cells)
    variants = json.loads(built.home.run("status", "--json").out)["variants"]
    assert led_to == Counter([*built.paths, *(one["file"] for one in variants)])
    for cell in cells:
        assert (root / unquote(cell.src or "")).is_file()
        assert set(cell.href or "") <= set("/" + _UNRESERVED + "%")


def test_each_thumbnail_shows_its_own_picture(built: Built) -> None:
    tables = Tables(as_on_github(built.home.read("README.md").decode()))
    cells = [cell for table in tables.tables for row in table for cell in row if cell.href]
    for cell in cells:
        shown, meant = (
            to_srgb(decode.decode(built.home.root / unquote(name or "")))
            for name in (cell.src, cell.href)
        )
        assert shown.size == meant.size
        pairs = zip(shown.tobytes(), meant.tobytes(), strict=True)
        # Of so few pixels a lossy format keeps little; those of another picture are some 60 off.
        assert sum(abs(a - b) for a, b in pairs) / len(meant.tobytes()) < 30, cell.href


def test_every_page_is_well_formed_and_every_link_leads_to_a_file(built: Built) -> None:
    assert broken_links(built.site) == []
    for path, page in built.pages.items():
        assert not inline_scripts(page), path
        for element in page.walk():
            assert not [name for name in element.attributes if name.startswith("on")], path
            assert element.tag not in ("iframe", "object", "embed", "base"), path
        for link in links(page):
            assert urlsplit(link).scheme in ("", "https"), link
            assert not link.startswith(("/", "\\")), link


def test_each_piece_has_a_page_with_its_own_title(built: Built) -> None:
    listed = parse(built.site / "odd/index.html")
    paths = {urlsplit(link).path for link in links(listed)}
    leads = {path for path in paths if path.endswith(".html") and "/" not in path}
    assert len(leads - {"index.html"}) == len(NAMES)
    titles = [parse(built.site / "odd" / unquote(link)).all("h1")[0].text for link in leads]
    script = next(title for title in titles if "alert(1)" in title)
    assert script == "<script>alert(1)<script>"


def test_whatever_is_published_has_a_name_that_every_system_holds(built: Built) -> None:
    """Windows, a Mac, servers that do not tell case: none refuses one or takes two for one."""
    taken: Counter[str] = Counter()
    refused = r'[<>:"\\|?*\x00-\x1f\x7f-\x9f\u2028-\u202e\ufeff\uffff]'
    for path in built.site.rglob("*"):
        address = path.relative_to(built.site).as_posix()
        taken[unicodedata.normalize("NFC", address).casefold()] += 1
        name = path.name
        assert not re.search(refused, name), address
        assert not set(name) & set("%#?"), address
        assert name == name.strip(" ").rstrip("."), address
        assert name == unicodedata.normalize("NFC", name), address
        assert not RESERVED.fullmatch(name), address
        assert len(name.encode()) <= 240, address
    assert max(taken.values()) == 1


def test_dreams_have_names_that_every_system_holds(built: Built) -> None:
    """They are committed, and checked out by others."""
    variants = json.loads(built.home.run("status", "--json").out)["variants"]
    for one in variants:
        name = PurePosixPath(one["file"]).name
        assert not re.search(r'[<>:"\\|?*\x00-\x1f\x7f]', name), name
        assert not RESERVED.fullmatch(name), name
        assert len(name.encode()) <= 255, name


def test_feed_map_manifest_and_data_are_sound(built: Built) -> None:
    for name in ("feed.xml", "sitemap.xml"):
        tree = ElementTree.parse(built.site / name)
        found = [one.text for one in tree.iter() if one.tag.endswith("}loc")]
        found += [one.get("href") for one in tree.iter() if one.tag.endswith("}link")]
        assert found
        for url in filter(None, found):
            assert url.startswith("https://example.org/p/")
            file = built.site / unquote(url.removeprefix("https://example.org/p/"))
            assert file.is_file() or (file / "index.html").is_file(), url
    json.loads((built.site / "site.webmanifest").read_text(encoding="utf-8"))
    data = 0
    for page in built.pages.values():
        for script in page.all("script"):
            if script.attributes.get("type") == "application/ld+json":
                json.loads("".join(str(child) for child in script.children))
                data += 1
    assert data >= len(built.paths)


def test_archives_unpack_everywhere_and_hold_every_picture(built: Built) -> None:
    archives = sorted((built.site / "pictures").glob("*.zip"))
    assert len(archives) == 1 + len(FOLDERS)
    largest = max(archives, key=lambda path: path.stat().st_size)
    with zipfile.ZipFile(largest) as packed:
        assert packed.testzip() is None
        names = packed.namelist()
        assert len({fold(name) for name in names}) == len(names) == 2 * len(NAMES)
        for name in names:
            folder, _, file = name.partition("/")
            assert folder == "odd"
            assert "/" not in file
            assert not re.search(r'[<>:"\\|?*\x00-\x1f\x7f]', file), name
            assert not RESERVED.fullmatch(file), name
            assert file == file.rstrip(". ")


def test_nothing_that_is_said_steers_the_terminal(built: Built) -> None:
    table = built.home.run("status")
    (built.home.root / "collections/odd" / "\x1b[31mred.png").write_bytes(b"torn")
    try:
        broken = built.home.run("build")
        assert broken.code == 1
    finally:
        built.home.write("collections/odd/\x1b[31mred.png", built.before[_RED])
    for said in (built.said, table, broken):
        assert printable(said.everything) == said.everything
    (line,) = [one for one in broken.err.splitlines() if one.startswith("error:")]
    assert "?[31mred.png: is not a picture" in line
    assert table.out.count("\n") == len(built.paths) + 3


def test_no_result_steers_the_terminal_either(tmp_path: Path) -> None:
    """What a README holds is shown by what would change in it, and files by their names."""
    home = make_home(tmp_path / "home")
    marks = "<!-- dreamfolio:START collection=* -->\n\x1b[2J\x9b31m old\n<!-- dreamfolio:END -->\n"
    home.write("README.md", f"\x1b]0;mine\x07\r\u202egpj\n{marks}")
    sly = home.paint("collections/orbs/a\x9b31m\u202egpj.png", seed=9)
    diff = home.run("readme", "--check")
    assert diff.code == 1
    assert "-?[2J?31m old" in diff.out
    assert home.run("build").code == 0
    data = home.run("status", "--json")
    assert sly.name in {Path(one["source"]).name for one in json.loads(data.out)["variants"]}
    sly.unlink()
    dropped = home.run("gc", "--orphans", "--dry-run")
    assert "would drop collections/orbs/a?31m?gpj_conv_b.png" in dropped.out
    for said in (diff, data, dropped, home.run("status")):
        assert printable(said.everything) == said.everything
    home.write("README.md", marks.replace("\n", "\r\n"))
    assert "-?[2J?31m old\r\n" in home.run("readme", "--check").out, "a line may end in any way"


_RED = "collections/odd/\x1b[31mred.png"
_UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"


@pytest.mark.parametrize("stem", ["L" * 251, "夢" * 83, "e\u0301" * 83, "🦑" * 62, "%" * 251])
def test_a_variant_of_the_longest_name_fits_and_is_none_of_its_neighbour(stem: str) -> None:
    one, other = (
        variant_file(f"{text}.png", ["conv2d_93", "mixed10"], ".png", "soft and slow")
        for text in (stem, stem[:-1] + "x")
    )
    assert one != other
    for name in (one, other):
        assert len(f".dreamfolio-{name}"[:1].encode()) + len(name.encode()) < 240


def test_a_name_that_is_no_unicode_is_one_line(tmp_path: Path) -> None:
    home = make_home(tmp_path, PORTFOLIO, pictures=1)
    folder = os.fsencode(tmp_path / "collections/orbs")
    with open(folder + b"/caf\xe9.png", "wb") as file:  # noqa: PTH123
        file.write(home.read("collections/orbs/orb_1.png"))
    for command in ("build", "status", "dream", "site"):
        said = home.run(command)
        assert said.code == 2
        assert said.err == (
            'error: collections/orbs: the name "caf?.png" is not valid Unicode; rename it\n'
        )


def test_a_backslash_is_one_line(tmp_path: Path) -> None:
    """Elsewhere it would lead out of the folder."""
    home = make_home(tmp_path, PORTFOLIO, pictures=0)
    home.paint("collections/orbs/a\\up.png")
    said = home.run("build")
    assert said.code == 2
    assert said.err == (
        'error: collections/orbs: the name "a\\up.png" has a backslash in it; rename it\n'
    )


def test_collections_that_differ_in_case_alone_are_refused(tmp_path: Path) -> None:
    home = make_home(tmp_path, PORTFOLIO, pictures=1)
    home.paint("collections/Orbs/other.png")
    said = home.run("build")
    assert said.code == 2
    assert "would have one address" in said.err
    assert len(said.err.splitlines()) == 1


def test_doctor_names_what_other_systems_cannot_hold(built: Built, tmp_path: Path) -> None:
    said = built.home.run("doctor").out
    (line,) = [one for one in said.splitlines() if " names " in one]
    assert line.startswith("note")
    assert "names that Windows or a Mac cannot hold beside each other or at all" in line
    sound = make_home(tmp_path, PORTFOLIO, pictures=2).run("doctor").out
    (line,) = [one for one in sound.splitlines() if " names " in one]
    assert line.startswith("ok")


def test_a_commands_hint_can_be_pasted_whatever_the_file_is_called(tmp_path: Path) -> None:
    home = make_home(tmp_path / "it's; $(a) portfolio", PORTFOLIO, pictures=0)
    name = "collections/orbs/-rf 'x' $(touch y) \" # *.png"
    home.paint(name, size=(12, 10))
    said = home.run("explore", "--layers", "conv_a", "--", name)
    assert said.code == 0, said.err
    (line,) = [
        one for one in said.err.splitlines() if one.startswith("to dream one at full size: ")
    ]
    words = shlex.split(line.removeprefix("to dream one at full size: "))
    assert words[:2] == ["dreamfolio", "explore"]
    assert Path(words[2]) == home.root / name
    assert home.run(*words[1:-1], "conv_b").code == 0
    assert "conv_b" in (home.root / "collections/orbs/collection.yaml").read_text()
