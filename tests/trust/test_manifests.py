"""Manifests written to take a machine down: each is a line, at little cost."""

from __future__ import annotations

from pathlib import Path

from helpers.apart import apart

TEXT = "x" * 1_800_000
READING = """
import sys
from pathlib import Path
from benchmarks.fuzz_pictures import peak
from dreamfolio.content.yaml_file import load
from dreamfolio.errors import ContentError
for path in sorted(Path(sys.argv[1]).iterdir()):
    try:
        load(path)
        said = "read"
    except ContentError as error:
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
    (tmp_path / "0").write_text("title: Orbs\n")
    for name, (text, _) in bombs.items():
        (tmp_path / name).write_text(text)
    told = [line.split("|") for line in apart("-c", READING, str(tmp_path)).splitlines()]
    said = {name: word for name, _, word in told}
    assert said.pop("0") == "read"
    assert set(said) == set(bombs)
    for name, (_, word) in bombs.items():
        assert word in said[name], name
    memory = [int(megabytes) for _, megabytes, _ in told]
    assert max(memory) - memory[0] < 150, told
