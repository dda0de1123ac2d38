"""The house's floors: what each room may know of the others, so that nothing imports upward."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Set
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import dreamfolio

PACKAGE = Path(dreamfolio.__file__).parent

GROUND = {"control_groups", "cores", "errors", "files", "local_state", "memory", "suggest"}
FIRST = {"content", "dream", "pictures", "store"}
SECOND = {"plan", "survey"}
KNOWS = {
    **{room: {"control_groups", "errors"} for room in GROUND},
    "dream": GROUND,
    "pictures": GROUND,
    "content": GROUND | {"dream", "pictures"},
    "store": GROUND | {"dream", "pictures"},
    "plan": GROUND | FIRST,
    "survey": GROUND | FIRST | {"plan"},
    "adopt": GROUND | FIRST,
    "publish": GROUND | FIRST,
    "runner": GROUND | FIRST | SECOND,
    # The runner's word for where a picture came from, so that tiles tell it as variants do.
    "explore": GROUND | FIRST | {"runner"},
    "serve": GROUND | FIRST | SECOND | {"publish", "runner"},
    "sweep": GROUND | FIRST | SECOND | {"publish"},
    "cli": GROUND | FIRST | SECOND | {"adopt", "explore", "publish", "runner", "serve", "sweep"},
    "__main__": {"cli"},
}
# What is heavy, or not installed where nothing is dreamed.
HEAVY = {"h5py", "jax", "keras", "numpy", "tensorflow", "torch"}


def imported(room: str) -> Iterator[tuple[str, str]]:
    """The modules that a room imports, wherever in its files, each with the file."""
    inside = PACKAGE / room
    for file in sorted(inside.rglob("*.py")) if inside.is_dir() else [PACKAGE / f"{room}.py"]:
        name = file.relative_to(PACKAGE).as_posix()
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                yield from ((name, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                if node.module == "dreamfolio":
                    yield from ((name, f"dreamfolio.{alias.name}") for alias in node.names)
                else:
                    yield name, node.module or ""


def test_every_room_has_its_floor() -> None:
    files = {path.stem for path in PACKAGE.glob("*.py")} - {"__init__"}
    rooms = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert files | rooms == set(KNOWS)


@pytest.mark.parametrize("room", sorted(KNOWS))
def test_a_room_knows_only_what_is_below_it(room: str) -> None:
    may = KNOWS[room] | {room, "__version__"}
    ours = [(file, name.split(".")) for file, name in imported(room)]
    astray = [
        (file, ".".join(parts))
        for file, parts in ours
        if parts[0] == "dreamfolio" and parts[1:] and parts[1] not in may
    ]
    assert astray == []


@pytest.mark.parametrize("room", sorted(KNOWS.keys() - {"dream"}))
def test_only_the_engine_brings_its_own_machinery(room: str) -> None:
    heavy = [(file, name) for file, name in imported(room) if name.split(".")[0] in HEAVY]
    # Those who dream hand pixels over as the engine takes them, and keep them on their way.
    dreamers = ("explore/dreaming.py", "runner/work.py", "runner/checkpoints.py")
    dreaming = [(file, "numpy") for file in dreamers]
    assert [one for one in heavy if one not in dreaming] == []


def test_no_modules_import_one_another_in_a_circle() -> None:
    files = {
        ".".join(file.relative_to(PACKAGE.parent).with_suffix("").parts): file
        for file in PACKAGE.rglob("*.py")
    }
    files = {name.removesuffix(".__init__"): file for name, file in files.items()}
    needs = {name: {*_needed(file, files.keys())} - {name} for name, file in files.items()}
    TopologicalSorter(needs).prepare()  # Raises CycleError, which names them.


def _needed(file: Path, modules: Set[str]) -> Iterator[str]:
    """Those of ``modules`` that a file imports, be it within a function, but for what only types
    need."""
    waiting: list[ast.AST] = [ast.parse(file.read_text("utf-8"))]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Import):
            yield from modules & {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                names = (f"{node.module}.{alias.name}", str(node.module))
                yield from [name for name in names if name in modules][:1]
        elif not (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"):
            waiting += ast.iter_child_nodes(node)
