"""A README that would be larger than GitHub shows: covers in it, a page for each collection."""

import contextlib
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest

from dreamfolio.content.objects import Collection, Portfolio
from dreamfolio.files import sha256_of_file, write_atomically
from dreamfolio.publish.readme import publish
from dreamfolio.publish.readme.result import ReadmeResult, diff
from helpers.readme import (
    Tables,
    as_on_github,
    collection,
    picture,
    piece,
    portfolio,
    tree,
    variant,
)

START = "<!-- dreamfolio:START collection={} -->"
END = "<!-- dreamfolio:END -->"
SMALL = 900


def one(root: Path, slug: str, description: str = "") -> Collection:
    made = collection(
        root,
        slug,
        piece("a b.png", variant("a b_x.png", "a b.png", "x"), alt="A globe"),
        piece("c.png"),
        description=description,
    )
    for name in ("a b.png", "a b_x.png", "c.png"):
        picture(made.folder / name)
    return made


@pytest.fixture
def sea(tmp_path: Path) -> Portfolio:
    """Three collections, one within another, and one whose name an address must quote."""
    slugs = ("sea", "sea/deep", "100% shore")
    return portfolio(tmp_path, *(one(tmp_path, slug, f"Of *{slug}*.") for slug in slugs))


def render(portfolio: Portfolio, limit: int = SMALL) -> ReadmeResult:
    return publish.render(portfolio, sha256_of_file, limit)


def build(portfolio: Portfolio, limit: int = SMALL) -> ReadmeResult:
    result = publish.write(render(portfolio, limit))
    assert not result.problems
    assert not render(portfolio, limit).outdated
    return result


def page(portfolio: Portfolio, slug: str, name: str = "README.md") -> Path:
    return portfolio.root / "collections" / slug / name


def shown(file: Path) -> Tables:
    """A page as GitHub shows it; whatever it links to, from its own folder, is there."""
    found = Tables(as_on_github(file.read_text()))
    for cell in (cell for table in found.tables for row in table for cell in row if cell.href):
        for path in (cell.href, cell.src):
            assert path is None or (file.parent / unquote(path)).is_file(), path
    return found


def test_below_the_limit_all_tables_stand_in_one_readme(sea: Portfolio) -> None:
    result = build(sea, 100_000)
    assert len(shown(result.path).tables) == 3
    assert result.together == 0
    assert not list(sea.root.glob("collections/**/*.md"))


def test_above_it_covers_lead_to_a_page_for_each_collection(sea: Portfolio) -> None:
    size = len(render(sea, 100_000).new)
    result = build(sea)
    assert result.together == size
    (covers,) = shown(result.path).tables
    cells = [cell for row in covers for cell in row if cell.href]
    assert [unquote(cell.href or "") for cell in cells] == [
        "collections/sea/README.md",
        "collections/sea/deep/README.md",
        "collections/100% shore/README.md",
    ]
    assert cells[1].text == "Sea/Deep · 2 pieces"
    assert unquote(cells[1].src or "") == "collections/sea/deep/thumbs/a b_x.png.webp"


def test_a_page_holds_what_the_readme_would(sea: Portfolio) -> None:
    build(sea)
    for slug in ("sea", "sea/deep", "100% shore"):
        (table,) = shown(page(sea, slug)).tables
        assert [unquote(cell.href or "") for row in table for cell in row] == ["a b_x.png", "c.png"]
        assert unquote(table[0][0].src or "") == "thumbs/a b_x.png.webp"
    text = page(sea, "sea/deep").read_text()
    html = as_on_github(text)
    assert "<h1>Sea/Deep</h1>" in html
    assert "<em>sea/deep</em>" in html
    assert '<a href="../../../README.md">Dreams</a>' in html


def test_tables_of_single_markers_go_apart_as_well(sea: Portfolio) -> None:
    readme = sea.root / "README.md"
    readme.write_text(f"Mine\n\n{START.format('sea')}\n{END}\n\nBye {'x' * SMALL}\n")
    build(sea)
    (covers,) = shown(readme).tables
    assert [cell.href for cell in covers[0]] == ["collections/sea/README.md", None]
    assert readme.read_text().startswith("Mine\n")
    assert page(sea, "sea").exists()
    assert not page(sea, "sea/deep").exists()


@pytest.mark.parametrize(("setting", "pages"), [("always", 3), ("never", 0)])
def test_a_setting_goes_before_the_size(sea: Portfolio, setting: str, pages: int) -> None:
    asked = replace(sea, readme=sea.readme.model_copy(update={"split": setting}))
    limit = 100_000 if setting == "always" else SMALL
    result = build(asked, limit)
    assert len(list(sea.root.glob("collections/**/README.md"))) == pages
    assert result.too_large == ((result.path,) if setting == "never" else ())


def test_below_the_limit_again_all_is_as_it_was(sea: Portfolio) -> None:
    build(sea, 100_000)
    before = tree(sea.root)
    build(sea)
    assert tree(sea.root) != before
    build(sea, 100_000)
    assert tree(sea.root) == before


def test_a_check_names_each_page_and_writes_none(sea: Portfolio) -> None:
    build(sea, 100_000)
    before = tree(sea.root)
    said = diff(render(sea))
    assert "collections/sea/deep/README.md: missing\n" in said
    assert tree(sea.root) == before
    build(sea)
    picture(page(sea, "sea", "c.png"), "gold")
    changed = replace(sea.collections[0], title="The Sea")
    said = diff(render(replace(sea, collections=(changed, *sea.collections[1:]))))
    assert "collections/sea/README.md: out of date\n" in said
    assert "collections/sea/deep/README.md: " not in said


def test_what_an_artist_wrote_around_the_tables_stays(sea: Portfolio) -> None:
    build(sea)
    mine = page(sea, "sea")
    words = f"My own words.\n\n{mine.read_text()}\nMore.\n"
    mine.write_text(words)
    changed = replace(sea.collections[0], pieces=sea.collections[0].pieces[:1])
    less = replace(sea, collections=(changed, *sea.collections[1:]))
    build(less)
    text = mine.read_text()
    assert text.startswith("My own words.\n\n# Sea\n")
    assert text.endswith("\nMore.\n")
    assert "c.png" not in text
    build(less, 100_000)
    assert mine.read_text() == text
    assert not page(sea, "sea/deep").exists()


def test_a_readme_of_the_artists_own_is_left_alone(sea: Portfolio) -> None:
    mine = page(sea, "sea")
    mine.write_text("# Mine\n")
    result = build(sea)
    other = page(sea, "sea", "GALLERY.md")
    assert mine.read_text() == "# Mine\n"
    assert result.passed_over == ((mine, other),)
    assert len(shown(other).tables) == 1
    (covers,) = shown(result.path).tables
    assert covers[0][0].href == "collections/sea/GALLERY.md"
    mine.write_text(f"# Mine\n\n{START.format('sea')}\n{END}\n")
    build(sea)
    assert len(shown(mine).tables) == 1
    assert not other.exists()


def test_where_both_names_are_taken_it_is_told_how(sea: Portfolio) -> None:
    for name in ("Readme.md", "GALLERY.md"):
        page(sea, "sea", name).write_text("Mine")
    result = publish.write(render(sea))
    (problem,) = result.problems
    assert "sea/Readme.md: has no markers" in str(problem)
    assert START.format("*") in str(problem)
    assert [page(sea, "sea", name).read_text() for name in ("Readme.md", "GALLERY.md")] == [
        "Mine",
        "Mine",
    ]
    assert page(sea, "sea/deep").exists()


def test_a_link_is_not_written_through(sea: Portfolio, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.txt"
    elsewhere.write_text(f"{START.format('*')}\n{END}\n")
    page(sea, "sea").symlink_to(elsewhere)
    build(sea)
    assert "<table" not in elsewhere.read_text()
    assert page(sea, "sea", "GALLERY.md").exists()


def test_wrong_markers_cost_that_page_and_are_told(sea: Portfolio) -> None:
    mine = page(sea, "sea")
    mine.write_text(f"{START.format('shore')}\n")
    result = publish.write(render(sea))
    assert 'README.md:1:1: there is no collection "shore"' in str(result.problems[0])
    assert mine.read_text() == f"{START.format('shore')}\n"
    assert page(sea, "sea/deep").exists()


def test_a_page_with_markers_shows_its_tables_though_the_readme_does_not(sea: Portfolio) -> None:
    (sea.root / "README.md").write_text(f"{START.format('sea/deep')}\n{END}\n")
    mine = page(sea, "sea")
    mine.write_text(f"{START.format('*')}\n{END}\n")
    build(sea, 100_000)
    assert len(shown(mine).tables) == 1


def test_a_folder_that_is_no_collection_any_more_loses_its_page(sea: Portfolio) -> None:
    build(sea)
    build(replace(sea, collections=sea.collections[:1]), 10)
    assert page(sea, "sea").exists()
    assert not page(sea, "sea/deep").exists()
    assert not page(sea, "sea/deep").with_name("thumbs").exists()


def test_a_page_that_is_larger_than_github_shows_is_told(sea: Portfolio) -> None:
    result = build(sea, 400)
    assert page(sea, "sea") in result.too_large


def test_a_collection_without_pictures_is_told_by_its_title(sea: Portfolio) -> None:
    empty = collection(sea.root, "none yet")
    result = build(replace(sea, collections=(empty, *sea.collections)))
    (covers,) = Tables(as_on_github(result.new.decode())).tables
    assert (covers[0][0].text, covers[0][0].src) == ("None Yet0 pieces", None)


@pytest.mark.parametrize("writes", range(7))
def test_a_run_that_was_killed_leaves_pages_that_are_known(
    sea: Portfolio, monkeypatch: pytest.MonkeyPatch, writes: int
) -> None:
    build(sea)
    expected = tree(sea.root)
    renamed = replace(sea, collections=tuple(replace(c, title="New") for c in sea.collections))
    left = iter(range(writes))

    def killed(path: Path, data: bytes) -> None:
        if next(left, None) is None:
            raise KeyboardInterrupt
        write_atomically(path, data)

    with monkeypatch.context() as patched:
        patched.setattr(publish, "write_atomically", killed)
        with contextlib.suppress(KeyboardInterrupt):
            publish.write(render(renamed))
    build(sea)
    assert tree(sea.root) == expected
