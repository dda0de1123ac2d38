"""``dreamfolio adopt``, to the build that follows it."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.home import Home

README = """\
# Old Spheres
<!---
| | |
|:---:|:---:|
|<img width="1604" alt="screen shot" src="./spheres/ball_2.png"> | <img src="./spheres/ball_1.png">|
-->
They are *round*.

| | |
|:---:|:---:|
|<img alt="x" src="./spheres/ball_2_activation_1883activation_1885.png"> | <img src="./spheres/ball_1_activation_2482.png">|
"""  # noqa: E501


@pytest.fixture
def old(tmp_path: Path) -> Home:
    """A folder from before dreamfolio, and the README that showed it."""
    old = Home(tmp_path / "old")
    for number, name in enumerate(("ball_1", "ball_2", "ball_1_activation_2482")):
        old.paint(f"spheres/{name}.png", seed=number + 20)
    old.write("README.md", README)
    return old


def test_dry_run_shows_what_would_be_taken_and_writes_nothing(home: Home, old: Home) -> None:
    before, theirs = home.tree(), old.tree()
    said = home.run("adopt", str(old.root / "spheres"), "--dry-run")
    assert said.code == 0
    assert "ball_1_activation_2482.png" in said.out
    assert "activation_38" in said.out
    assert "Nothing was done" in said.err
    assert home.tree() == before
    assert old.tree() == theirs


def test_adopted_folder_is_copied_and_stays_as_it_was(home: Home, old: Home) -> None:
    theirs = old.tree()
    said = home.run("adopt", str(old.root / "spheres"), "--readme", str(old.root / "README.md"))
    assert said.code == 0, said.everything
    assert old.tree() == theirs
    for name in ("ball_1.png", "ball_1_activation_2482.png"):
        assert home.read(f"collections/spheres/{name}") == old.read(f"spheres/{name}")
    states = home.states()
    assert states["ball_1_activation_2482.png"] == "adopted"
    # Named by the old README, and not there: to be had again under its canonical name.
    [wanted] = [name for name in states if name.startswith("ball_2_")]
    assert wanted.startswith("ball_2_activation_")
    assert states[wanted] in ("missing", "pending")
    table = home.run("status").out
    assert "asked for as ball_2_activation_1883activation_1885.png" in table
    manifest = home.read("collections/spheres/collection.yaml").decode()
    assert "Old Spheres" in manifest
    assert manifest.index("ball_2.png") < manifest.index("ball_1.png")


def test_adopted_pictures_survive_every_build(home: Home, old: Home) -> None:
    home.run("adopt", str(old.root / "spheres"))
    picture = home.read("collections/spheres/ball_1_activation_2482.png")
    for arguments in (["dream", "--force", "--only", "ball_1*"], ["readme"], ["site"]):
        home.run(*arguments)
    assert home.read("collections/spheres/ball_1_activation_2482.png") == picture
    assert "ball_1_activation_2482" in home.read("README.md").decode()


def test_adopting_where_there_is_no_portfolio_makes_one(home: Home, old: Home) -> None:
    fresh = Home(home.root.parent / "fresh")
    fresh.root.mkdir()
    said = fresh.run("adopt", str(old.root / "spheres"))
    assert said.code == 0, said.everything
    assert (fresh.root / "portfolio.yaml").is_file()
    assert "drop pictures" not in said.everything, "there are some already"
    assert fresh.states()["ball_1_activation_2482.png"] == "adopted"


def test_the_old_introduction_is_told_where_there_is_a_portfolio_already(
    home: Home, old: Home
) -> None:
    old.write("README.md", "# Dreams: old ones\n\nThey began early.\n\n" + README)
    before = home.read("portfolio.yaml")
    said = home.run("adopt", str(old.root / "spheres"), "--readme", str(old.root / "README.md"))
    assert home.read("portfolio.yaml") == before
    assert "portfolio.yaml is kept as it is" in said.err
    assert 'title: "Dreams: old ones"\ndescription: |\n  They began early.\n' in said.err


def test_a_portfolio_as_new_wrote_it_takes_the_old_introduction_over(home: Home, old: Home) -> None:
    old.write("README.md", "# Dreams: old ones\n\nThey began early.\n\n" + README)
    fresh = Home(home.root.parent / "fresh")
    fresh.root.mkdir()
    adopt = ["adopt", str(old.root / "spheres"), "--readme", str(old.root / "README.md")]
    assert fresh.run("new", "portfolio").code == 0
    for _ in range(2):
        said = fresh.run(*adopt)
        assert "has the old README's introduction now" in said.err
        text = fresh.read("portfolio.yaml").decode()
        assert text.startswith('title: "Dreams: old ones"\n')
        assert "description: |\n  They began early.\n" in text
    fresh.write("portfolio.yaml", f"{text}# mine\n".replace("early", "late"))
    assert "portfolio.yaml is kept as it is" in fresh.run(*adopt).err


def test_a_readme_that_goes_on_is_told_where_the_tables_may_stand(old: Home) -> None:
    said = old.run("adopt", ".", "--readme", "README.md")
    lines, _, markers = said.err.splitlines()[-1].partition(": ")
    assert lines == "  lines 9 to 11", "the table with its head, and nothing of the hidden one"
    start, end = markers.split(" <!", 1)
    kept = README.splitlines()[:8]
    old.write("README.md", "\n".join([*kept, start, f"<!{end}", ""]))
    assert old.run("readme").code == 0
    assert b"collections/spheres/ball_1_activation_2482.png" in old.read("README.md")


def test_adopting_the_same_again_changes_nothing(home: Home, old: Home) -> None:
    home.run("adopt", str(old.root / "spheres"))
    before = home.works()
    said = home.run("adopt", str(old.root / "spheres"))
    assert said.code == 0
    assert "Every picture is here already" in said.err
    assert "dreamfolio build" not in said.err
    assert home.works() == before


@pytest.mark.parametrize("name", ["balls", "collections/balls"])
def test_another_name_for_it(home: Home, old: Home, name: str) -> None:
    assert home.run("adopt", str(old.root / "spheres"), "--as", name).code == 0
    assert (home.root / "collections/balls/ball_1.png").is_file()
    assert not (home.root / "collections/spheres").exists()


def test_another_portfolio_is_told_how_its_collections_move_in(home: Home, tmp_path: Path) -> None:
    other = Home(tmp_path / "other")
    other.write("portfolio.yaml", "title: Other\ndream: {layers: [stage4_1]}\n")
    other.write("collections/earth/collection.yaml", "title: Earth\n")
    other.paint("collections/earth/globe.png")
    before, theirs = home.works(), other.works()
    said = home.run("adopt", str(other.root))
    assert said.code == 2
    assert said.err == (
        f"error: {other.root}: is a portfolio of dreamfolio, and its collections need no adopting; "
        f"copy those you want from {other.root / 'collections'} to {home.root / 'collections'}; "
        "what its portfolio.yaml says under dream: holds for them there no more, so say it in "
        "their collection.yaml\n"
    )
    assert (home.works(), other.works()) == (before, theirs)


@pytest.mark.parametrize("mark", ["collection.yaml", "dreams.lock"])
def test_collections_of_another_portfolio_are_to_be_copied_whole(
    home: Home, tmp_path: Path, mark: str
) -> None:
    other = Home(tmp_path / "other")
    for name in ("earth", "moon"):
        other.write(f"collections/{name}/{mark}", "title: Some\n")
        other.paint(f"collections/{name}/globe.png")
    for folder in (other.root, other.root / "collections"):
        said = home.run("adopt", str(folder))
        assert said.code == 2
        assert (
            f"copy the whole folder to {home.root / 'collections' / 'earth'}, and 1 more"
            in said.err
        )


def test_old_folders_below_one_called_collections_are_not_nested_in_it(
    home: Home, tmp_path: Path
) -> None:
    Home(tmp_path / "old").paint("collections/spheres/ball.png")
    assert home.run("adopt", str(tmp_path / "old")).code == 0
    assert (home.root / "collections/spheres/ball.png").is_file()


@pytest.mark.parametrize("what", ["nowhere", "file", "empty"])
def test_folder_that_will_not_do(home: Home, tmp_path: Path, what: str) -> None:
    (tmp_path / "file").write_text("no folder")
    (tmp_path / "empty").mkdir()
    before = home.works()
    said = home.run("adopt", str(tmp_path / what))
    assert said.code == 2
    assert said.err.startswith("error: ")
    assert home.works() == before
