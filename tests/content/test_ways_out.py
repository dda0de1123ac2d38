"""What a manifest names, and what lies in a portfolio, leads nowhere else on the disk."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
import yaml

from dreamfolio.errors import ContentError
from dreamfolio.publish.site.marking import marking
from helpers.planted import every_text
from helpers.portfolio import Tree, paint

OUT = [
    "../secret.png",
    "../../secret.png",
    "../../../secret.png",
    "sub/../../../../secret.png",
    "{out}/secret.png",
    "//machine/share/secret.png",
    "\\\\machine\\share\\secret.png",
    "C:\\secret.png",
    "C:secret.png",
    "c:/secret.png",
    "\\secret.png",
    "..\\secret.png",
    "~/secret.png",
    "file:///secret.png",
    "link.png",
    "linked/secret.png",
    "secret.png\0.png",
    "a/" * 600 + "x.png",
    "x" * 300 + ".png",
    ".",
    "..",
    "/",
]
# Each field that names a file or a folder, and whether it may lie outside of the portfolio: a
# network and a font are read and never shown, a cache is shared by machines.
FIELDS = {
    "source": False,
    "file": False,
    "recipe.mask": False,
    "recipe.guide": False,
    "site.watermark.file": False,
    "site.watermark.font": True,
    "model.file": True,
    "model.weights": True,
    "cache": True,
    "theme": False,
    "extends": False,
    "icon": False,
}
LINKS = pytest.mark.skipif(os.name == "nt", reason="links need rights there")


@pytest.fixture
def secretive(tree: Tree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tree:
    """A portfolio beside which something lies that is nobody's business."""
    for folder in (tmp_path, tmp_path / "home", tree.root):
        paint(folder / "secret.png")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    folder = tree.collection("orbs", "a.png")
    if os.name != "nt":
        (folder / "linked").symlink_to(tmp_path)
    return tree


def said_of(tree: Tree, field: str, name: str) -> list[str]:
    """What is said of ``field`` holding ``name``."""
    portfolio: dict[str, Any] = {"title": "A"}
    collection: dict[str, Any] = {"title": "A", "layers": "mixed3"}
    theme: dict[str, Any] = {}
    match field.split("."):
        case ["source"]:
            collection["pieces"] = [{"source": name}]
        case ["file"]:
            collection["pieces"] = [{"source": "a.png", "variants": [{"file": name}]}]
        case ["recipe", key]:
            collection["recipe"] = {key: name}
        case ["model", "file"]:
            collection["model"] = {"file": name}
        case ["model", "weights"]:
            collection["model"] = {"name": "vgg16", "weights": name}
            collection["layers"] = "block1_conv1"
        case ["site", "watermark", key]:
            mark = {"text": "x"} if key == "font" else {}
            portfolio["site"] = {"watermark": {**mark, key: name}}
        case ["cache" | "theme" as key]:
            portfolio[key] = name
        case [key]:
            theme[key] = name
            portfolio["theme"] = "mine"
    tree.write("portfolio.yaml", yaml.safe_dump(portfolio))
    tree.write("themes/mine/theme.yaml", yaml.safe_dump(theme))
    tree.write("collections/orbs/collection.yaml", yaml.safe_dump(collection))
    try:
        return tree.problems()
    except BaseException as nothing:
        if "DID NOT RAISE" not in str(nothing):
            raise
    try:
        marking(tree.read())
    except ContentError as error:
        return [str(error)]
    return []


@pytest.mark.parametrize("name", OUT)
@pytest.mark.parametrize("field", [field for field, outside in FIELDS.items() if not outside])
def test_a_name_that_leads_out_is_refused_in_a_line(
    secretive: Tree, tmp_path: Path, field: str, name: str
) -> None:
    if name == "link.png" and field == "site.watermark.file" and os.name != "nt":
        (secretive.root / "link.png").symlink_to(tmp_path / "secret.png")
    said = said_of(secretive, field, name.format(out=tmp_path))
    if field == "icon":  # It is looked up among the theme's own files, and never opened by name.
        return
    if field.startswith("recipe.") and name == "linked/secret.png":  # It costs the variant alone.
        assert said == []
        assert secretive.only().astray == {name}
        return
    assert len(said) == 1, said
    assert ".yaml:" in said[0] or "portfolio.yaml" in said[0] or "watermark" in said[0]
    assert said[0].isprintable()
    assert "; " in said[0] or "should" in said[0], "it says how to mend it"
    assert len(said[0]) < 600


@pytest.mark.parametrize("field", [field for field, outside in FIELDS.items() if outside])
@pytest.mark.parametrize(
    "name", ["//machine/share/x.keras", "\\\\machine\\share\\x.keras", "/\\machine\\x.keras"]
)
def test_no_other_machine_is_asked(secretive: Tree, field: str, name: str) -> None:
    (said,) = said_of(secretive, field, name)
    assert "is on another machine" in said


def test_every_field_that_names_a_file_is_known_here() -> None:
    """A new field belongs to ``FIELDS``, or among those that name no file."""
    words = {
        *("title", "author", "description", "url", "language", "alt", "date", "tags", "text"),
        *("layers", "motifs", "name", "base", "model", "recipe", "theme", "light", "dark"),
        *("default", "choices", "options", "variants", "type"),
    }
    names = {
        next(step for step in reversed(path) if step not in ("[]", "{}"))
        for paths in every_text().values()
        for path in paths
    }
    known = {field.rpartition(".")[2] for field in FIELDS}
    assert names - words - known == set()
    assert known <= names


@LINKS
@pytest.mark.parametrize(
    "link",
    [
        "portfolio.yaml",
        "collections",
        "collections/orbs/collection.yaml",
        "collections/orbs/dreams.lock",
        "collections/orbs/ReadMe.md",
        "collections/orbs/GALLERY.md",
        "collections/orbs/thumbs",
        "collections/orbs/thumbs/clean",
        "site",
        "themes",
        "README.md",
        ".dreamfolio",
        ".dreamfolio/cache",
        ".dreamfolio/cache/0f",
        ".dreamfolio/explore/orbs/a-pocket/tiles",
    ],
)
def test_a_link_that_leads_out_is_refused(tree: Tree, tmp_path: Path, link: str) -> None:
    tree.collection("orbs", "a.png", manifest="title: Orbs\n")
    away = tmp_path / "away"
    (tree.root / link).parent.mkdir(parents=True, exist_ok=True)
    here = tree.root / link
    if here.exists():
        here.rename(away)
    elif "." in here.name[1:]:
        away.write_bytes(b"nobody's business")
    else:
        away.mkdir()
    here.symlink_to(away)
    said = tree.problem()
    assert said == (
        f"{link}: is a link that leads out of the portfolio; put a copy in its place, or remove it"
    )


@LINKS
def test_links_within_the_portfolio_are_followed(tree: Tree, tmp_path: Path) -> None:
    paint(tree.root / "renders/b.png")
    folder = tree.collection("orbs", "a.png")
    (folder / "b.png").symlink_to(tree.root / "renders/b.png")
    (tree.root / "site").symlink_to("public", target_is_directory=True)
    assert [piece.source for piece in tree.only().pieces] == ["a.png", "b.png"]
    elsewhere = tmp_path / "known as"
    elsewhere.symlink_to(tree.root, target_is_directory=True)
    assert len(Tree(elsewhere).read().collections) == 1


@LINKS
def test_a_link_in_a_circle_leads_nowhere(tree: Tree) -> None:
    folder = tree.collection("orbs", "a.png")
    (folder / "b.png").symlink_to("b.png")
    assert len(tree.only().pieces) == 2


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes there")
def test_a_pipe_is_no_manifest_and_no_network(tree: Tree) -> None:
    folder = tree.collection("orbs", "a.png")
    os.mkfifo(folder / "collection.yaml")
    assert "collection.yaml: is no file" in tree.problem()
    (folder / "collection.yaml").unlink()
    os.mkfifo(folder / "pipe.keras")
    tree.write(
        "collections/orbs/collection.yaml",
        "title: A\nlayers: conv\nmodel: {file: pipe.keras}\n",
    )
    assert {task.state.value for task in tree.survey().tasks} == {"pending"}
