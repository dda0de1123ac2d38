import contextlib
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from dreamfolio.content.objects import Collection, Portfolio
from dreamfolio.errors import ContentErrors
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


@pytest.fixture
def globes(tmp_path: Path) -> Collection:
    """Three pieces, the first dreamed twice, the second once and the third not yet."""
    made = collection(
        tmp_path,
        "new_normal",
        piece(
            "a.png",
            variant("a_x.png", "a.png", "x"),
            variant("a_x+y.png", "a.png", "x", "y"),
            alt="A globe",
        ),
        piece("b.png", variant("b_x.png", "b.png", "x"), variant("b_z.png", "b.png", "z")),
        piece("c d#1.png", variant("c_x.png", "c d#1.png", "x"), title='C | "D"'),
        description="The **old** normal.",
    )
    for name in ("a.png", "a_x.png", "a_x+y.png", "b.png", "b_x.png", "c d#1.png"):
        picture(made.folder / name)
    return made


def render(portfolio: Portfolio) -> ReadmeResult:
    return publish.render(portfolio, sha256_of_file)


def build(portfolio: Portfolio) -> str:
    result = publish.write(render(portfolio))
    assert not result.problems
    return result.path.read_bytes().decode()


def test_between_its_markers_a_collection_is_a_grid_on_github(
    tmp_path: Path, globes: Collection
) -> None:
    (tmp_path / "README.md").write_text(f"# Me\n{START.format('new_normal')}\n{END}\nBye\n")
    text = build(portfolio(tmp_path, globes))
    (table,) = Tables(as_on_github(text)).tables
    here = "collections/new_normal"
    assert [[cell.href for cell in row] for row in table] == [
        [f"{here}/a_x.png", f"{here}/a_x%2By.png"],
        [f"{here}/b_x.png", f"{here}/c%20d%231.png"],
    ]
    assert [[cell.alt for cell in row] for row in table] == [
        ["A globe, dreamed through x", "A globe, dreamed through x + y"],
        ["B, dreamed through x", 'C | "D"'],
    ]
    assert table[1][1].src == f"{here}/thumbs/c%20d%231.png.webp"
    assert (globes.folder / "thumbs/c d#1.png.webp").is_file()
    assert text.startswith(f"# Me\n{START.format('new_normal')}\n")
    assert text.endswith(f"\n{END}\nBye\n")


def test_a_second_run_changes_nothing(tmp_path: Path, globes: Collection) -> None:
    build(portfolio(tmp_path, globes))
    before = tree(tmp_path)
    again = render(portfolio(tmp_path, globes))
    assert not again.outdated
    assert (again.old, again.thumbs_written, diff(again)) == (again.new, 0, "")
    publish.write(again)
    assert tree(tmp_path) == before


def test_a_check_writes_nothing_and_tells_everything(tmp_path: Path, globes: Collection) -> None:
    (tmp_path / "README.md").write_bytes(f"é\r\n{START.format('*')}\r\nold\r\n{END}".encode())
    before = tree(tmp_path)
    result = render(portfolio(tmp_path, globes))
    said = diff(result)
    assert tree(tmp_path) == before
    assert result.outdated
    assert result.thumbs_written == 4
    assert "--- README.md\n+++ README.md\n" in said
    assert "\n-old\r\n" in said
    assert "\n+## New Normal\r\n" in said
    assert "collections/new_normal/thumbs/a_x.png.webp: missing\n" in said


def test_a_check_notices_a_thumbnail_though_the_readme_is_current(
    tmp_path: Path, globes: Collection
) -> None:
    build(portfolio(tmp_path, globes))
    picture(globes.folder / "b_x.png", "gold")
    (globes.folder / "thumbs/a_x.png.webp").unlink()
    result = render(portfolio(tmp_path, globes))
    assert result.old == result.new
    assert result.outdated
    here = "collections/new_normal/thumbs"
    assert diff(result).splitlines() == [
        f"{here}/a_x.png.webp: missing",
        f"{here}/b_x.png.webp: out of date",
        f"{here}/thumbs.json: out of date",
    ]
    assert publish.write(result).thumbs_written == 2
    assert not render(portfolio(tmp_path, globes)).outdated


def test_line_ends_and_bom_are_kept_in_the_whole_file(tmp_path: Path, globes: Collection) -> None:
    readme = tmp_path / "README.md"
    readme.write_bytes(f"\ufeffHi\r\n{START.format('*')}\r\n{END}\r\nno end".encode())
    globes = replace(globes, description="One.\r\n\r\nTwo.\rThree.")
    build(portfolio(tmp_path, globes))
    data = readme.read_bytes()
    assert data.startswith("\ufeffHi\r\n".encode())
    assert data.endswith(f"{END}\r\nno end".encode())
    assert data.count(b"\n") == data.count(b"\r") == data.count(b"\r\n")


def test_all_collections_come_with_their_titles_and_words(
    tmp_path: Path, globes: Collection
) -> None:
    other = collection(tmp_path, "art/2020", piece("e.png"), description="- a list\n- of words")
    picture(other.folder / "e.png")
    (tmp_path / "README.md").write_text(f"<div>\n{START.format('*')}\n{END}\n</div>\n")
    html = as_on_github(build(portfolio(tmp_path, globes, other)))
    assert html.index("<h2>New Normal</h2>") < html.index("<strong>old</strong>")
    assert (
        html.index("<strong>old</strong>") < html.index("<table") < html.index("<h2>Art/2020</h2>")
    )
    assert "<li>a list</li>" in html
    assert len(Tables(html).tables) == 2


def test_a_portfolio_without_a_readme_gets_one(tmp_path: Path, globes: Collection) -> None:
    words = "Renders that a network dreams on."
    dreams = replace(portfolio(tmp_path, globes), title="Dreams *of* C#", description=words)
    html = as_on_github(build(dreams))
    assert html.startswith(f"<h1>Dreams *of* C#</h1>\n<p>{words}</p>\n")
    assert len(Tables(html).tables) == 1
    assert not render(dreams).outdated


def test_a_readme_under_another_name_is_found(tmp_path: Path, globes: Collection) -> None:
    (tmp_path / "Readme.md").write_text(f"{START.format('*')}\n{END}\n")
    build(portfolio(tmp_path, globes))
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["Readme.md"]


def test_a_readme_without_markers_is_left_alone_and_told_how(
    tmp_path: Path, globes: Collection
) -> None:
    (tmp_path / "README.md").write_bytes(b"# Mine\r\n\xc3\xa9")
    before = tree(tmp_path)
    result = publish.write(render(portfolio(tmp_path, globes)))
    assert tree(tmp_path) == before
    assert not result.outdated
    assert "dreamfolio readme --init" in str(result.hint)
    assert START.format("*") in str(result.hint)
    assert publish.initialise(portfolio(tmp_path, globes))
    assert not publish.initialise(portfolio(tmp_path, globes))
    text = build(portfolio(tmp_path, globes))
    assert text.startswith("# Mine\r\né\r\n\r\n")
    assert len(Tables(as_on_github(text)).tables) == 1


def test_wrong_markers_stop_it_before_anything_is_written(
    tmp_path: Path, globes: Collection
) -> None:
    (tmp_path / "README.md").write_text(f"{START.format('new_normla')}\n{END}\n")
    before = tree(tmp_path)
    with pytest.raises(ContentErrors, match=r"README.md:1:1: .* did you mean new_normal\?"):
        render(portfolio(tmp_path, globes))
    assert tree(tmp_path) == before


def test_originals_are_shown_without_thumbnails(tmp_path: Path, globes: Collection) -> None:
    build(portfolio(tmp_path, globes))
    assert (globes.folder / "thumbs").is_dir()
    html = as_on_github(build(portfolio(tmp_path, globes, images="originals", columns=3)))
    (table,) = Tables(html).tables
    assert [len(row) for row in table] == [3, 3]
    assert all(cell.src == cell.href for row in table for cell in row)
    assert not (globes.folder / "thumbs").exists()


def test_sources_can_be_hidden_in_a_comment_that_nothing_ends(
    tmp_path: Path, globes: Collection
) -> None:
    pieces = (replace(globes.pieces[0], alt="A --> globe <!-- dreamfolio:END -->"),)
    shown = replace(globes, pieces=pieces)
    both = portfolio(tmp_path, shown, show="both", sources="comment")
    page = Tables(as_on_github(build(both)))
    assert [cell.href for cell in page.tables[0][0]] == [
        "collections/new_normal/a_x.png",
        "collections/new_normal/a_x%2By.png",
    ]
    hidden = next(comment for comment in page.comments if "<table" in comment)
    source = Tables(hidden).tables[0][0][0]
    assert source.alt == "A --> globe <!-- dreamfolio:END -->"
    assert source.src == source.href == "collections/new_normal/a.png"
    assert not (globes.folder / "thumbs/a.png.webp").exists()
    assert not render(both).outdated


def test_a_broken_picture_costs_its_cell_and_is_told(tmp_path: Path, globes: Collection) -> None:
    (globes.folder / "a_x.png").write_bytes(b"no picture")
    result = publish.write(render(portfolio(tmp_path, globes)))
    (problem,) = result.problems
    assert "a_x.png" in str(problem)
    (table,) = Tables(as_on_github(result.new.decode())).tables
    alts = [cell.alt for row in table for cell in row]
    assert alts == ["A globe, dreamed through x + y", "B, dreamed through x", 'C | "D"', None]
    assert not render(portfolio(tmp_path, globes)).outdated


@pytest.mark.parametrize("words", ["a\n```\nnever closed", "<!-- open", f"x\n\n{END}\n"])
def test_words_that_would_break_the_markers_are_left_out_and_told(
    tmp_path: Path, globes: Collection, words: str
) -> None:
    globes = replace(globes, description=words, manifest=globes.folder / "collection.yaml")
    result = publish.write(render(portfolio(tmp_path, globes)))
    (problem,) = result.problems
    assert "collection.yaml: the description is left out of the README" in str(problem)
    assert len(Tables(as_on_github(result.new.decode())).tables) == 1
    assert not render(portfolio(tmp_path, globes)).outdated


def test_a_thumbnail_that_cannot_be_written_costs_itself_and_is_not_recorded(
    tmp_path: Path, globes: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    dreams = portfolio(tmp_path, globes)
    build(dreams)
    picture(globes.folder / "a_x.png", "gold")
    picture(globes.folder / "b_x.png", "gold")

    def disk_full(path: Path, data: bytes) -> None:
        if path.name == "a_x.png.webp":
            raise OSError(28, "No space left on device")
        write_atomically(path, data)

    with monkeypatch.context() as patched:
        patched.setattr(publish, "write_atomically", disk_full)
        written = publish.write(render(dreams))
    assert written.thumbs_written == 1
    assert "a_x.png.webp: cannot be written (No space left" in str(written.problems[0])
    assert publish.write(render(dreams)).thumbs_written == 1
    assert not render(dreams).outdated
    fresh = Image.open(globes.folder / "thumbs/a_x.png.webp").convert("RGB").getpixel((9, 9))
    assert fresh == pytest.approx((255, 215, 0), abs=4)


def test_a_collection_taken_out_of_the_readme_takes_its_thumbnails_along(
    tmp_path: Path, globes: Collection
) -> None:
    other = collection(tmp_path, "other", piece("e.png"))
    picture(other.folder / "e.png")
    readme = tmp_path / "README.md"
    readme.write_text(f"{START.format('*')}\n{END}\n")
    build(portfolio(tmp_path, globes, other))
    readme.write_text(f"{START.format('other')}\n{END}\n")
    build(portfolio(tmp_path, globes, other))
    assert not (globes.folder / "thumbs").exists()
    assert (other.folder / "thumbs/e.png.webp").is_file()


def test_a_folder_that_is_no_collection_any_more_loses_its_thumbnails(
    tmp_path: Path, globes: Collection
) -> None:
    build(portfolio(tmp_path, globes))
    picture(globes.folder / "thumbs/mine.png")
    build(portfolio(tmp_path))
    left = [path.name for path in (globes.folder / "thumbs").iterdir()]
    assert left == ["mine.png"]


def test_a_readme_that_is_a_link_stays_one(tmp_path: Path, globes: Collection) -> None:
    target = tmp_path / "docs" / "front.md"
    target.parent.mkdir()
    target.write_text(f"{START.format('*')}\n{END}\n")
    (tmp_path / "README.md").symlink_to(target)
    build(portfolio(tmp_path, globes))
    assert (tmp_path / "README.md").is_symlink()
    assert "<table" in target.read_text()


def test_an_empty_portfolio_has_an_empty_block(tmp_path: Path) -> None:
    assert build(portfolio(tmp_path)) == f"# Dreams\n\n{START.format('*')}\n{END}\n"


@pytest.mark.parametrize("writes", range(4))
def test_a_run_that_was_killed_leaves_no_thumbnail_that_is_out_of_date(
    tmp_path: Path, globes: Collection, monkeypatch: pytest.MonkeyPatch, writes: int
) -> None:
    dreams = portfolio(tmp_path, globes)
    build(dreams)
    for name in ("a_x.png", "b_x.png"):
        picture(globes.folder / name, "gold")
    left = iter(range(writes))

    def killed(path: Path, data: bytes) -> None:
        if next(left, None) is None:
            raise KeyboardInterrupt
        write_atomically(path, data)

    with monkeypatch.context() as patched:
        patched.setattr(publish, "write_atomically", killed)
        with contextlib.suppress(KeyboardInterrupt):
            publish.write(render(dreams))
    picture(globes.folder / "a_x.png", "red")
    (globes.folder / "b_x.png").unlink()
    build(dreams)
    interrupted = tree(globes.folder / "thumbs")
    shutil.rmtree(globes.folder / "thumbs")
    build(dreams)
    assert interrupted == tree(globes.folder / "thumbs")


def test_a_nested_collection_stands_below_its_parents_heading(tmp_path: Path) -> None:
    slugs = ("sea", "sea/part", "sea/part/between/deep", "shore")
    made = [collection(tmp_path, slug, piece("a.png")) for slug in slugs]
    for one in made:
        picture(one.folder / "a.png")
    text = build(portfolio(tmp_path, *made))
    assert [line for line in text.splitlines() if line.startswith("##")] == [
        "## Sea",
        "### Sea/Part",
        "#### Sea/Part/Between/Deep",
        "## Shore",
    ]
