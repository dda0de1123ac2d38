"""Publishing works where no TensorFlow is installed; dreaming says how to get it."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.home import Home, Said, clean_environment

BLOCKER = """\
import sys

class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"tensorflow", "keras", "numpy", "h5py", "jax", "torch"}:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Blocker())
"""


@pytest.fixture
def built(home: Home, tmp_path: Path) -> Home:
    (tmp_path / "sitecustomize.py").write_text(BLOCKER)
    assert home.run("build").code == 0
    return home


def _run(home: Home, *arguments: str) -> Said:
    environment = clean_environment(PYTHONPATH=str(home.root.parent))
    return home.run_apart(*arguments, env=environment)


def test_everything_but_dreaming_works(built: Home) -> None:
    before = built.works()
    for command in (["build"], ["status"], ["readme"], ["readme", "--check"], ["site"]):
        said = _run(built, *command)
        assert said.code == 0, said.everything
    assert built.works() == before
    (built.root / "collections/orbs/orb_1_conv_b.png").unlink()
    assert _run(built, "build").code == 0, "the cache needs no engine"
    assert {name: data for name, (_, data) in built.works().items()} == {
        name: data for name, (_, data) in before.items()
    }
    assert _run(built, "layers", "networks/tiny.keras").code == 0


def test_what_is_to_be_dreamed_says_how_to_install(built: Home) -> None:
    built.paint("collections/orbs/orb_3.png", seed=3)
    said = _run(built, "build")
    assert said.code == 1
    errors = [line for line in said.err.splitlines() if line.startswith("error:")]
    assert len(errors) == 1, said.err
    assert "pip install 'dreamfolio[dream]'" in errors[0]
    assert "1 variant waits for it" in said.err
    assert "orb_3" in built.read("README.md").decode()
    assert (built.root / "site/index.html").is_file()
    assert set(built.lock("orbs")) == {"orb_1_conv_b.png", "orb_2_conv_b.png"}


def test_exploring_says_how_to_install_and_leaves_no_sheet(built: Home) -> None:
    said = _run(built, "explore", "collections/orbs/orb_1.png")
    assert said.code == 1
    assert said.err == (
        "error: nothing can be dreamed here: keras is not installed; "
        "pip install 'dreamfolio[dream]'\n"
    )
    assert not (built.root / ".dreamfolio/explore").exists()
