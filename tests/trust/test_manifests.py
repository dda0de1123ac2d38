"""Manifests and locks written to take a machine down: each is a line, at little cost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path, PurePath

from helpers.apart import apart

TEXT = "x" * 1_800_000
READING = """
import sys
from pathlib import Path
from benchmarks.fuzz_pictures import peak
from dreamfolio.content.yaml_file import load
from dreamfolio.errors import DreamfolioError
from dreamfolio.store.lock import read
for path in sorted(Path(sys.argv[1]).iterdir()):
    try:
        (read if path.suffix == ".lock" else load)(path)
        said = "read"
    except DreamfolioError as error:
        said = error.message
    print(path.name, round(peak()), said, sep="|")
"""


def unfolding(first: str, again: str, depth: int = 30) -> str:
    """Values of which each is the one before it again and again: billions of laughs."""
    return "\n".join(
        [f"a0: &a0 {first}"]
        + [f"a{i}: &a{i} {again.replace('*', f'*a{i - 1}')}" for i in range(1, depth)]
    )


def directives(end: str) -> str:
    """Names for tags, each of which a parser compares with all before it."""
    return "".join(f"%TAG !{i}! x{end}" for i in range(100_000)) + f"---{end}a: b{end}"


def test_bombs_are_refused_before_they_take_memory(tmp_path: Path) -> None:
    bombs = {
        "lists": (unfolding("[lol]", "[*, *, *, *, *, *, *, *, *]"), "aliases that unfold"),
        "maps": (unfolding("{x: lol}", "{x: *, y: *, z: *}"), "aliases that unfold"),
        "pairs": (unfolding("[lol]", "[*, *]", 60), "aliases that unfold"),
        "text": (f"a: &a {TEXT}\nb: [{', '.join(['*a'] * 30_000)}]\n", "aliases that unfold"),
        "key": (f"- ? &a {TEXT}\n" + "- ? *a\n" * 15_000, "aliases that unfold"),
        "tags": (directives("\n"), "begin with %"),
        "returns": (directives("\r"), "begin with %"),
        "depth": ("[" * 1_900_000, "nested more than 40"),
        "width": ("[" + "x, " * 600_000, "holds more than 200,000"),
    }
    refused(tmp_path, "title: Orbs\n", bombs, most=150)


def lock_of(entries: Iterable[str]) -> str:
    return '{\n "version": 1,\n "variants": {\n' + ",\n".join(entries) + "\n }\n}\n"


def test_a_lock_is_refused_before_it_takes_memory(tmp_path: Path) -> None:
    names = range(300_000)
    bombs = {
        "empty.lock": (lock_of(f'  "{n}.png": {{}}' for n in names), "0.png is damaged"),
        "line.lock": (lock_of([", ".join(f'"{n}.png": {{}}' for n in names)]), "is damaged"),
        "wrong.lock": (lock_of(f'  "{n}.png": 1' for n in names), "0.png is damaged"),
        "twice.lock": (lock_of(f'"{n}": {{}}' for n in (*names, 299_999)), "stands in it twice"),
        "digits.lock": ('{"version": ' + "9" * 100_000 + "}", "is not a lock"),
        "deep.lock": ("[" * 1_000_000, "is not a lock"),
    }
    refused(tmp_path, lock_of([]).replace("\n\n", "\n"), bombs, most=500)


def refused(folder: Path, good: str, bombs: Mapping[str, tuple[str, str]], most: int) -> None:
    """See that each of the ``bombs`` is refused with its word, and that all of them take no more
    than ``most`` MB beyond what reading a ``good`` text does."""
    (folder / f"0{PurePath(next(iter(bombs))).suffix}").write_text(good)
    for name, (text, _) in bombs.items():
        (folder / name).write_text(text)
    told = [line.split("|") for line in apart("-c", READING, str(folder)).splitlines()]
    (_, least, said_of_good), *others = told
    assert said_of_good == "read"
    assert {name for name, _, _ in others} == set(bombs)
    for name, _, said in others:
        assert bombs[name][1] in said, name
    assert max(int(megabytes) for _, megabytes, _ in others) - int(least) < most, told
