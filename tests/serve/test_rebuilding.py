"""One build: what stands in its way costs what it must, and never the site that is there."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from PIL import Image

from dreamfolio.errors import DreamfolioError
from dreamfolio.serve.problems import problems_of
from dreamfolio.serve.rebuilding import rebuild
from helpers.site import picture, tree


@pytest.fixture
def root(tmp_path: Path) -> Path:
    picture(tmp_path / "collections/orbs/orb_1.png")
    picture(tmp_path / "collections/orbs/orb_2.png", colour="#803010")
    (tmp_path / "portfolio.yaml").write_text("title: Studies\nsite: {widths: [24]}\n")
    return tmp_path


def shown(root: Path) -> Mapping[str, bytes]:
    """The site, less what the build remembers there."""
    return {name: data for name, data in tree(root / "site").items() if not name.startswith(".")}


def test_nothing_to_do_changes_nothing(root: Path) -> None:
    assert rebuild(root).changed
    before = tree(root / "site")
    again = rebuild(root)
    assert not again.changed
    assert again.problems == ()
    assert tree(root / "site") == before


def test_a_broken_manifest_leaves_the_site_as_it_was(root: Path) -> None:
    rebuild(root)
    before = tree(root / "site")
    (root / "collections/orbs/collection.yaml").write_text("title: Orbs\n\ndescripton: x\n")
    broken = rebuild(root)
    assert broken.result is None
    assert not broken.changed
    assert tree(root / "site") == before
    [problem] = problems_of(broken.problems, root)
    assert problem.file == "collections/orbs/collection.yaml"
    assert (problem.line, problem.column) == (3, 1)
    assert problem.lines == ((2, ""), (3, "descripton: x"))
    assert problem.mend == "did you mean description?"


def test_every_mistake_is_told_at_once(root: Path) -> None:
    (root / "portfolio.yaml").write_text("titel: x\n")
    (root / "collections/orbs/collection.yaml").write_text("titel: x\n")
    problems = problems_of(rebuild(root).problems, root)
    assert {one.file for one in problems} >= {"portfolio.yaml", "collections/orbs/collection.yaml"}


def test_a_broken_template_is_told_with_its_line(root: Path) -> None:
    rebuild(root)
    before = shown(root)
    template = root / "themes/gallery/home.html.j2"
    template.parent.mkdir(parents=True)
    for text in ("<p>\n{{ nothing.at.all }}", "<p>\n{% if %}"):
        template.write_text(text)
        [problem] = problems_of(rebuild(root).problems, root)
        assert (problem.file, problem.line) == ("themes/gallery/home.html.j2", 2)
        assert shown(root) == before


def test_a_broken_picture_costs_itself(root: Path) -> None:
    rebuild(root)
    broken = root / "collections/orbs/orb_2.png"
    broken.write_bytes(broken.read_bytes()[:100])
    built = rebuild(root)
    assert built.result is not None
    [problem] = problems_of(built.problems + built.unsettled, root)
    assert (problem.file, problem.lines) == ("collections/orbs/orb_2.png", ())
    assert not list((root / "site/orbs").glob("orb_2*"))
    assert list((root / "site/orbs").glob("orb_1*"))


def test_a_picture_that_is_underway_is_no_problem_yet(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    half = root / "collections/orbs/orb_2.png"
    half.write_bytes(half.read_bytes()[:100])
    now = half.stat().st_ctime
    monkeypatch.setattr("dreamfolio.serve.rebuilding.time.time", lambda: now + 0.5)
    young = rebuild(root)
    assert (young.problems, len(young.unsettled)) == ((), 1)
    monkeypatch.setattr("dreamfolio.serve.rebuilding.time.time", lambda: now + 60)
    old = rebuild(root)
    assert (len(old.problems), old.unsettled) == (1, ())
    # Times from a machine whose clock is ahead must not put it off for ever.
    monkeypatch.setattr("dreamfolio.serve.rebuilding.time.time", lambda: now - 60)
    assert len(rebuild(root).problems) == 1


def test_a_fault_of_our_own_ends_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*arguments: object, **options: object) -> None:
        raise KeyError("what nobody thought of")

    monkeypatch.setattr("dreamfolio.serve.rebuilding.build", broken)
    [problem] = rebuild(root).problems
    assert "KeyError" in str(problem)
    assert "should not happen" in str(problem)


def test_what_is_missing_is_known(root: Path) -> None:
    (root / "portfolio.yaml").write_text("title: Studies\ndream: {layers: [stage3_1]}\n")
    assert {task.file for task in rebuild(root).to_do} == {
        "orb_1_stage3_1.png",
        "orb_2_stage3_1.png",
    }
    (root / "portfolio.yaml").write_text("title: Studies\n")
    assert rebuild(root).to_do == ()


def test_no_lines_are_shown_of_what_is_no_text(tmp_path: Path) -> None:
    from dreamfolio.errors import Place

    Image.new("RGB", (2, 2)).save(tmp_path / "a.png")
    (tmp_path / "b.yaml").write_text("x" * 500 + "\nlast")
    errors = [
        DreamfolioError("x", place=Place(Path("a.png"), 1, 1)),
        DreamfolioError("y", place=Place(tmp_path / "b.yaml", 2)),
        DreamfolioError("y", place=Place(tmp_path / "b.yaml", 2)),
        DreamfolioError("z", place=Place(Path("gone.yaml"), 7)),
    ]
    picture, text, gone = problems_of(errors, tmp_path)
    assert picture.lines == gone.lines == ()
    assert text.lines == ((1, "x" * 160), (2, "last"))
    assert text.file == "b.yaml"
