"""The repository is a portfolio itself: a fresh clone builds it, offline, and changes nothing."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).parent.parent
DOCUMENTS = [*sorted(ROOT.glob("*.md")), ROOT / "themes" / "README.md"]
LINK = re.compile(r'\]\(([^)\s]+)\)|(?:src|href)="([^"]+)"')
CODE = re.compile(r"^```.*?^```|`[^`\n]*`", re.MULTILINE | re.DOTALL)


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """The committed files of this checkout, as they are now, and nothing else."""
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        pytest.skip("not a git checkout")
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True
    ).stdout.decode()
    folder = tmp_path / "clone"
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "dreamfolio", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        # Nothing may be fetched, and nothing that this machine happens to have may help.
        env={**os.environ, "KERAS_HOME": str(folder / "no-keras"), "no_proxy": "*"},
    )


def test_a_fresh_clone_builds_and_changes_no_committed_file(clone: Path) -> None:
    before = contents(clone)
    built = run(clone, "build")
    assert built.returncode == 0, built.stderr
    after = contents(clone)
    assert {name: after.get(name) for name in before} == before
    new = {name.split("/")[0] for name in after.keys() - before.keys()}
    assert new == {"site", ".dreamfolio"}
    assert (clone / "site" / "index.html").is_file()
    assert run(clone, "status", "--check").returncode == 0
    assert run(clone, "readme", "--check").returncode == 0


def test_the_readme_gives_the_commands_that_a_newcomer_needs() -> None:
    lines = (ROOT / "README.md").read_text("utf-8").splitlines()
    assert "pip install -e '.[dream]' && dreamfolio build" in lines
    assert "pip install -e '.[test]' && pytest" in lines


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_within_the_documents_leads_somewhere(document: Path) -> None:
    text = CODE.sub("", document.read_text("utf-8"))
    headings = {
        re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")
        for title in re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    }
    links = [markdown or html for markdown, html in LINK.findall(text)]
    ours = [link for link in links if not re.match(r"https?:", link)]
    assert [link for link in ours if link.startswith("#") and link[1:] not in headings] == []
    files = [unquote(link.partition("#")[0]) for link in ours if not link.startswith("#")]
    assert [file for file in files if not (document.parent / file).exists()] == []


def test_what_is_committed_is_small_enough_to_clone() -> None:
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True).stdout
    files = [ROOT / os.fsdecode(name) for name in tracked.split(b"\0") if name]
    if not files:
        pytest.skip("not a git checkout")
    sizes = {path: path.stat().st_size for path in files if path.is_file()}
    assert [path for path, size in sizes.items() if size > 5_000_000] == []
    collections = ROOT / "collections"
    assert sum(size for path, size in sizes.items() if collections in path.parents) < 60_000_000


def test_no_committed_picture_carries_its_makers_paths() -> None:
    from dreamfolio.pictures.decode import header

    pictures = list((ROOT / "collections").rglob("*.png"))
    assert pictures
    for path in pictures:
        told = str(header(path))
        assert ":\\" not in told
        assert "/home/" not in told
        assert str(ROOT) not in told
