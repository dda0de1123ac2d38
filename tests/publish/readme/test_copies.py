"""With ``originals: clean`` no link of the README leads to a picture that tells of its artist."""

from pathlib import Path

import pytest

from dreamfolio.content.discover import find
from dreamfolio.content.objects import Collection
from dreamfolio.files import sha256_of_file
from dreamfolio.pictures.decode import decode
from dreamfolio.pictures.digest import pixels_digest
from dreamfolio.pictures.telling import telling
from dreamfolio.publish.readme import publish
from dreamfolio.publish.readme.result import ReadmeResult
from helpers.readme import Tables, collection, picture, piece, portfolio, tree
from helpers.secrets import WORD, jpeg, png, tiff

TEXT = "<!-- dreamfolio:START collection=* -->\n<!-- dreamfolio:END -->\n"


@pytest.fixture
def fog(tmp_path: Path) -> Collection:
    """Two pictures that tell, and one that does not."""
    made = collection(tmp_path, "fog", piece("a.png"), piece("b.jpg"), piece("c.png"))
    png(made.folder / "a.png")
    jpeg(made.folder / "b.jpg", orientation=6)
    picture(made.folder / "c.png")
    (tmp_path / "README.md").write_text(TEXT)
    return made


def build(root: Path, fog: Collection, **settings: object) -> ReadmeResult:
    settings = {"originals": "clean", **settings}
    made = portfolio(root, fog, **settings)
    return publish.write(publish.render(made, sha256_of_file))


def links(root: Path) -> list[str | None]:
    (table,) = Tables((root / "README.md").read_text()).tables
    return [cell.href for row in table for cell in row if cell.href]


def test_links_lead_to_copies_with_the_same_pixels_and_to_originals_that_tell_nothing(
    tmp_path: Path, fog: Collection
) -> None:
    originals = {path: path.read_bytes() for path in fog.folder.iterdir()}
    result = build(tmp_path, fog)
    assert not result.problems
    assert result.copies_written == 2
    assert links(tmp_path) == [
        "collections/fog/thumbs/clean/a.png",
        "collections/fog/thumbs/clean/b.jpg",
        "collections/fog/c.png",
    ]
    for link in links(tmp_path):
        assert telling(tmp_path / str(link)) == ()
    for name in ("a.png", "b.jpg"):
        copy = decode(fog.folder / "thumbs/clean" / name)
        assert pixels_digest(copy) == pixels_digest(decode(fog.folder / name))
    assert {path: path.read_bytes() for path in originals} == originals


def test_no_file_that_the_readme_shows_or_links_to_names_the_user(
    tmp_path: Path, fog: Collection
) -> None:
    build(tmp_path, fog)
    for path in fog.folder.rglob("thumbs/**/*"):
        assert path.is_dir() or WORD.encode() not in path.read_bytes()


def test_a_second_build_changes_nothing_and_a_new_render_makes_its_copy_anew(
    tmp_path: Path, fog: Collection
) -> None:
    build(tmp_path, fog)
    before = tree(tmp_path)
    assert not publish.render(portfolio(tmp_path, fog, originals="clean"), sha256_of_file).outdated
    png(fog.folder / "a.png", orientation=3)
    assert build(tmp_path, fog).copies_written == 1
    copy = "collections/fog/thumbs/clean/a.png"
    assert tree(tmp_path)[copy] != before[copy]


def test_copies_go_when_they_are_not_asked_for_any_more(tmp_path: Path, fog: Collection) -> None:
    before = tree(tmp_path)
    build(tmp_path, fog, images="originals")
    build(tmp_path, fog, images="originals", originals="untouched")
    assert tree(tmp_path).keys() == before.keys()


def test_a_copy_that_the_artist_put_there_is_kept(tmp_path: Path, fog: Collection) -> None:
    own = picture(fog.folder / "thumbs/clean/a.png", "red")
    data = own.read_bytes()
    result = build(tmp_path, fog)
    assert own.read_bytes() == data
    assert "move it away" in str(result.problems[0])
    assert "collections/fog/a.png" not in links(tmp_path)


def test_what_cannot_be_cleaned_is_told_and_not_linked_to(tmp_path: Path) -> None:
    fog = collection(tmp_path, "fog", piece("a.tif"))
    tiff(fog.folder / "a.tif")
    (tmp_path / "README.md").write_text(TEXT)
    result = build(tmp_path, fog)
    assert "export it as PNG" in str(result.problems[0])
    assert links(tmp_path) == ["collections/fog/thumbs/a.tif.webp"]


def test_copies_are_no_collection(tmp_path: Path, fog: Collection) -> None:
    build(tmp_path, fog)
    assert [found.slug for found in find(tmp_path)] == ["fog"]


def test_copies_of_a_collection_that_is_gone_go_too(tmp_path: Path, fog: Collection) -> None:
    build(tmp_path, fog)
    made = portfolio(tmp_path, originals="clean")
    publish.write(publish.render(made, sha256_of_file))
    assert not (fog.folder / "thumbs").exists()
