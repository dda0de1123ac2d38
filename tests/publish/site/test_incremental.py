"""A second build does only what changed, and touches nothing that is not its own."""

import io
import json
import os
from dataclasses import replace
from pathlib import Path, PureWindowsPath
from typing import Any

import pytest

from dreamfolio.content.objects import Portfolio
from dreamfolio.content.settings import SiteSettings
from dreamfolio.errors import DreamfolioError, PictureError
from dreamfolio.files import sha256_of_file
from dreamfolio.publish.site import fingerprint, record_file
from dreamfolio.publish.site.folder import SiteFolder
from dreamfolio.publish.site.themes import Theme
from helpers.site import broken_links, collection, parse, piece, portfolio, publish, tree, variant


def example(root: Path) -> Portfolio:
    one = piece("one.png", variant("one.png", "mixed3"))
    return portfolio(root, collection(root, "fog", one, piece("two.png")))


def with_pieces(site: Portfolio, *keep: str) -> Portfolio:
    fog = site.collections[0]
    pieces = tuple(each for each in fog.pieces if each.slug in keep)
    return replace(site, collections=(replace(fog, pieces=pieces),))


def stamps(folder: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


def test_a_second_build_writes_nothing(tmp_path: Path) -> None:
    site = example(tmp_path)
    first = publish(site)
    assert len(first.pictures_written) == 6
    before = stamps(tmp_path / "site")
    second = publish(site)
    assert (second.pages_written, second.pictures_written, second.removed) == ((), (), ())
    assert stamps(tmp_path / "site") == before


def test_nothing_to_do_renders_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else ten thousand pages would be made each time, to be found as they stand."""
    site = example(tmp_path)
    publish(site)
    monkeypatch.setattr(Theme, "render", lambda *_, **__: pytest.fail("a page was rendered"))
    assert publish(site).pages_written == ()


def test_a_page_lost_since_is_made_again(tmp_path: Path) -> None:
    site = example(tmp_path)
    publish(site)
    whole = tree(tmp_path / "site")
    (tmp_path / "site/fog/one.html").unlink()
    assert publish(site).pages_written == ("fog/one.html",)
    assert tree(tmp_path / "site") == whole


def test_a_changed_template_or_word_of_ones_own_makes_the_pages_anew(tmp_path: Path) -> None:
    site = example(tmp_path)
    publish(site)
    theme = tmp_path / "themes/gallery"
    theme.mkdir(parents=True)
    (theme / "404.html.j2").write_text("Gone")
    assert publish(site).pages_written == ("404.html",)
    (theme / "404.html.j2").write_text("Went")
    assert publish(site).pages_written == ("404.html",)
    (theme / "words").mkdir()
    (theme / "words/en.yaml").write_text("skip: Onward\n")
    publish(site)
    (theme / "words/en.yaml").unlink()
    (theme / "404.html.j2").unlink()
    publish(site)
    publish(example(tmp_path / "once"))
    assert tree(tmp_path / "site") == tree(tmp_path / "once/site")


def test_other_code_makes_the_pages_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Such as that of a later version, which may say the same things in another way."""
    site = example(tmp_path)
    publish(site)
    rendered: list[str] = []
    plain = Theme.render

    def render(theme: Theme, name: str, **context: Any) -> bytes:
        rendered.append(name)
        return plain(theme, name, **context)

    monkeypatch.setattr(Theme, "render", render)
    publish(site)
    assert not rendered
    monkeypatch.setattr(fingerprint, "_code", lambda: ["of tomorrow"])
    publish(site)
    assert rendered


def test_a_build_whose_code_lies_in_no_folder_renders_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def archive() -> list[str]:
        raise OSError("the code is in no folder")

    monkeypatch.setattr(fingerprint, "_code", archive)
    site = example(tmp_path)
    publish(site)
    (tmp_path / "site/fog/one.html").unlink()
    assert publish(site).pages_written == ("fog/one.html",)


def test_two_builds_in_two_places_give_identical_bytes(tmp_path: Path) -> None:
    for place in ("here", "somewhere/else"):
        publish(example(tmp_path / place))
    first, second = tree(tmp_path / "here/site"), tree(tmp_path / "somewhere/else/site")
    assert first == second
    assert not any(str(tmp_path).encode() in data for data in first.values())


def test_an_edited_text_encodes_no_picture(tmp_path: Path) -> None:
    site = example(tmp_path)
    publish(site)
    fog = replace(site.collections[0], description="New words.")
    result = publish(replace(site, collections=(fog,)))
    assert result.pictures_written == ()
    assert result.pages_written == ("fog/index.html", "index.html")


def test_a_deleted_piece_takes_its_pages_and_pictures_along(tmp_path: Path) -> None:
    site = example(tmp_path)
    publish(site)
    result = publish(with_pieces(site, "two"))
    assert "fog/one.html" in result.removed
    assert len([each for each in result.removed if each.startswith("pictures/one-")]) == 4
    assert not list((tmp_path / "site").rglob("*one*"))
    assert broken_links(tmp_path / "site") == []


def test_a_deleted_collection_leaves_no_empty_folder(tmp_path: Path) -> None:
    site = example(tmp_path)
    publish(site)
    publish(replace(site, collections=()))
    assert not (tmp_path / "site/fog").exists()
    assert not (tmp_path / "site/pictures").exists()


def test_a_new_picture_costs_one_picture(tmp_path: Path) -> None:
    site = example(tmp_path)
    publish(with_pieces(site, "two"))
    result = publish(site)
    assert all("pictures/one-" in each for each in result.pictures_written)
    assert len(result.pictures_written) == 4


def test_a_changed_width_makes_only_the_new_files(tmp_path: Path) -> None:
    site = example(tmp_path)
    publish(site)
    result = publish(replace(site, site=SiteSettings(widths=(24, 36))))
    assert len(result.pictures_written) == 3
    assert all(each.endswith("-36.webp") for each in result.pictures_written)
    assert len([each for each in result.removed if each.endswith("-48.webp")]) == 3


def test_a_format_more_makes_only_the_files_in_that_format(tmp_path: Path) -> None:
    site = example(tmp_path)
    publish(site)
    both = SiteSettings(widths=(24, 48), formats=("webp", "jpeg"))
    more = publish(replace(site, site=both))
    assert len(more.pictures_written) == 6
    assert all(each.endswith(".jpg") for each in more.pictures_written)
    less = publish(site)
    assert less.pictures_written == ()
    assert {each for each in less.removed if each.startswith("pictures/")} == {
        *more.pictures_written
    }


def test_a_renamed_piece_is_encoded_under_its_new_name_alone(tmp_path: Path) -> None:
    site = example(tmp_path)
    publish(site)
    (site.collections[0].folder / "two.png").rename(site.collections[0].folder / "three.png")
    fog = site.collections[0]
    renamed = replace(fog, pieces=(fog.pieces[0], piece("three.png")))
    result = publish(replace(site, collections=(renamed,)))
    assert len(result.pictures_written) == 2
    assert all(each.startswith("pictures/three-") for each in result.pictures_written)
    assert not list((tmp_path / "site").rglob("*two*"))


def test_a_changed_picture_is_made_anew_under_another_name(tmp_path: Path) -> None:
    from helpers.site import picture

    site = example(tmp_path)
    publish(site)
    old = parse(tmp_path / "site/fog/two.html").all("img")[0].attributes["src"]
    picture(site.collections[0].folder / "two.png", colour="#880000")
    result = publish(site)
    new = parse(tmp_path / "site/fog/two.html").all("img")[0].attributes["src"]
    assert new != old
    assert len(result.pictures_written) == 2
    assert len(result.removed) == 2


@pytest.mark.parametrize("damage", ["missing", "short", "same length"])
def test_a_published_picture_that_is_gone_or_damaged_is_made_again(
    tmp_path: Path, damage: str
) -> None:
    site = example(tmp_path)
    name = publish(site).pictures_written[0]
    file = tmp_path / "site" / name
    whole = file.read_bytes()
    if damage == "missing":
        file.unlink()
    else:
        file.write_bytes(whole[:-4] + (b"" if damage == "short" else b"\0\1\2\3"))
    assert publish(site).pictures_written == (name,)
    assert file.read_bytes() == whole


def test_what_a_power_cut_left_empty_is_made_again(tmp_path: Path) -> None:
    """A build does not wait for the disk at each file, so the last ones may be empty."""
    site = example(tmp_path)
    publish(site)
    whole = tree(tmp_path / "site")
    for path in (tmp_path / "site").rglob("*"):
        if path.is_file() and path.name != ".dreamfolio.json":
            path.write_bytes(b"")
    result = publish(site)
    assert result.problems == ()
    assert tree(tmp_path / "site") == whole


def test_what_others_put_into_the_site_is_left_alone(tmp_path: Path) -> None:
    site = example(tmp_path)
    publish(site)
    mine = tmp_path / "site/fog/one-notes.html"
    mine.write_text("by hand")
    (tmp_path / "site/CNAME").write_text("example.org")
    publish(with_pieces(site, "two"))
    publish(replace(site, collections=()))
    assert mine.read_text() == "by hand"
    assert (tmp_path / "site/CNAME").read_text() == "example.org"


def test_a_page_made_by_hand_is_not_overwritten_and_is_reported(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site/index.html").write_text("by hand")
    result = publish(example(tmp_path))
    assert (tmp_path / "site/index.html").read_text() == "by hand"
    assert "index.html" in str(result.problems[0])
    assert (tmp_path / "site/fog/index.html").exists()
    again = publish(example(tmp_path))
    assert [str(each) for each in again.problems] == [str(each) for each in result.problems]
    publish(replace(example(tmp_path), collections=()))
    assert (tmp_path / "site/index.html").read_text() == "by hand"


def test_a_file_where_a_folder_has_to_be_costs_only_what_lies_in_that_folder(
    tmp_path: Path,
) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site/fog").write_text("by hand")
    result = publish(example(tmp_path))
    assert (tmp_path / "site/fog").read_text() == "by hand"
    assert "fog/index.html" in str(result.problems[0])
    assert (tmp_path / "site/index.html").exists()


def test_a_site_built_step_by_step_is_the_one_built_at_once(tmp_path: Path) -> None:
    site = example(tmp_path / "steps")
    publish(with_pieces(site, "one"))
    publish(replace(site, collections=(), title="Other"))
    publish(site)
    publish(example(tmp_path / "once"))
    assert tree(tmp_path / "steps/site") == tree(tmp_path / "once/site")


def test_where_case_does_not_count_a_renamed_folder_loses_no_page(tmp_path: Path) -> None:
    before = SiteFolder.open(tmp_path)
    before.write("Fog/one.html", b"one")
    before.close(None)
    # As such a file system has it: one folder, whatever the case.
    (tmp_path / "fog").symlink_to(tmp_path / "Fog")
    after = SiteFolder.open(tmp_path)
    after.write("fog/one.html", b"one")
    assert after.prune() == ()
    assert (tmp_path / "fog/one.html").read_bytes() == b"one"


def test_a_built_page_that_somebody_rewrote_is_not_removed(tmp_path: Path) -> None:
    site = example(tmp_path)
    publish(site)
    (tmp_path / "site/fog/one.html").write_text("by hand now")
    publish(with_pieces(site, "two"))
    assert (tmp_path / "site/fog/one.html").read_text() == "by hand now"


def test_a_lost_record_is_found_again(tmp_path: Path) -> None:
    site = example(tmp_path)
    publish(site)
    (tmp_path / "site/.dreamfolio.json").unlink()
    result = publish(site)
    assert (result.pages_written, result.pictures_written, result.problems) == ((), (), ())
    assert "fog/one.html" in publish(with_pieces(site, "two")).removed


@pytest.mark.parametrize(
    "damaged",
    [
        "{",
        "[]",
        '{"version": 1}',
        '{"version": 1, "files": {"../portfolio.yaml": ["", 1]}, "sizes": {}}',
        '{"version": 1, "files": {}, "sizes": {"d": [0, 0]}}',
        '{"version": 99, "files": {}, "sizes": {}}',
    ],
)
def test_a_damaged_record_is_reported_and_removes_nothing(tmp_path: Path, damaged: str) -> None:
    (tmp_path / "portfolio.yaml").write_text("title: Dreams\n")
    site = example(tmp_path)
    publish(site)
    (tmp_path / "site/.dreamfolio.json").write_text(damaged)
    result = publish(site)
    assert len(result.problems) == 1
    assert ".dreamfolio.json" in str(result.problems[0])
    assert (tmp_path / "portfolio.yaml").exists()
    assert publish(site).problems == ()


@pytest.mark.parametrize(
    "name", ["C:/Users/ada/a.png", "C:a.png", "/a.png", "a\\\\..\\\\..\\\\b.png"]
)
def test_no_record_names_a_file_beside_the_site_on_windows(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(record_file, "PurePath", PureWindowsPath)
    form = f'{{"version": 1, "files": {{"{name}": ["", -1]}}, "sizes": {{}}}}'
    with pytest.raises(ValueError, match="not a file of the site"):
        record_file.read(io.BytesIO(form.encode()))


@pytest.mark.skipif(os.sep == "\\", reason="a backslash is no part of a name here")
def test_a_static_file_of_any_name_is_ours_at_the_next_build(tmp_path: Path) -> None:
    site = example(tmp_path)
    odd = tmp_path / "themes/gallery/static/back\\slash.css"
    odd.parent.mkdir(parents=True)
    odd.write_text("p {}\n")
    publish(site)
    odd.unlink()
    result = publish(site)
    assert (result.removed, result.problems) == (("static/back\\slash.css",), ())


def test_an_interrupted_build_is_gone_on_with(tmp_path: Path) -> None:
    site = example(tmp_path)

    def interrupt(done: int, total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        publish(site, on_picture=interrupt)
    assert not list((tmp_path / "site").rglob("*.part"))
    kept = len(list((tmp_path / "site/pictures").iterdir()))
    assert kept >= 2
    result = publish(site)
    assert len(result.pictures_written) == 6 - kept
    assert result.problems == ()


def test_progress_counts_the_pictures_to_be_made(tmp_path: Path) -> None:
    calls: list[tuple[int, int]] = []
    publish(example(tmp_path), on_picture=lambda done, total: calls.append((done, total)))
    assert calls == [(0, 3), (1, 3), (2, 3), (3, 3)]


def test_a_digest_that_cannot_be_had_costs_that_picture(tmp_path: Path) -> None:
    site = example(tmp_path)

    def digest(path: Path) -> str:
        if path.name == "two.png":
            raise PermissionError(13, "Permission denied")
        if path.name == "one.png":
            raise PictureError("is strange")
        return sha256_of_file(path)

    result = publish(site, digest_of=digest)
    assert len(result.problems) == 2
    assert [p.name for p in sorted((tmp_path / "site/fog").iterdir())] == ["index.html", "one.html"]


def test_a_site_that_cannot_be_written_says_where(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("a file where the folder should be")
    with pytest.raises(DreamfolioError, match="cannot be written"):
        publish(example(tmp_path))
    assert (tmp_path / "site").read_text() == "a file where the folder should be"


def test_a_record_from_before_blurs_gets_them_without_new_files(tmp_path: Path) -> None:
    site = example(tmp_path)
    publish(site)
    whole = tree(tmp_path / "site")
    file = tmp_path / "site/.dreamfolio.json"
    old = json.loads(file.read_bytes())
    del old["blurs"]
    file.write_text(json.dumps(old))
    assert publish(site).pictures_written == ()
    assert tree(tmp_path / "site") == whole


def test_two_identical_pictures_are_made_once(tmp_path: Path) -> None:
    shared = collection(tmp_path, "a", piece("same.png"))
    other = collection(tmp_path, "b", piece("same.png"))
    result = publish(portfolio(tmp_path, shared, other))
    assert len(result.pictures_written) == 2


@pytest.mark.parametrize("first", [True, False])
def test_a_build_that_was_killed_leaves_nothing_that_the_next_takes_for_anothers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: bool
) -> None:
    site = example(tmp_path / "here")
    if not first:
        publish(with_pieces(site, "one"))
    with monkeypatch.context() as killed:
        # A process that is killed comes to neither of them.
        for last in ("prune", "abandon"):
            killed.setattr(SiteFolder, last, lambda folder: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            publish(site)
    publish_now = replace(with_pieces(site, "one"), title="Renamed")
    assert publish(publish_now).problems == ()
    elsewhere = with_pieces(example(tmp_path / "elsewhere"), "one")
    publish(replace(elsewhere, title="Renamed"))
    assert tree(tmp_path / "here/site") == tree(tmp_path / "elsewhere/site")
