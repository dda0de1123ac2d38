"""Whatever a manifest holds, it is read, or complained of in plain lines with their places."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from dreamfolio.content.read import read
from dreamfolio.errors import ContentErrors
from helpers.portfolio import Tree

KEYS = [
    "title", "description", "layers", "recipe", "model", "pieces", "source", "alt", "variants",
    "name", "file", "weights", "preprocess", "base", "steps", "octaves", "scale", "max_size",
    "mask", "seed", "random", "dream", "readme", "site", "columns", "widths", "formats", "show",
    "cache", "url", "theme", "language", "<file>", "<variant>", "[key]", "mixed3", "$ref",
]  # fmt: skip
WORDS = [
    "", " ", "mixed3", "orb.png", "cube.png", "orb_mixed3.png", "orb_activation_2482.png",
    "classic", "inception_v3", "vgg16", "auto", "~nobody/x", "../../x.png", "a\0b", "line\nbreak",
    "ä" * 300, "activation_2482", "conv2d_1380activation_1399", "😀", "%s {} \\", "<file>", "tf",
]  # fmt: skip
NUMBERS: list[Any] = [0, 1, -1, 2, 40, 10**30, 0.5, 1e400, True, False, None]


def anything(chance: random.Random, depth: int = 0) -> Any:
    """A value of any shape, made of what manifests are made of."""
    kind = chance.random()
    if depth > 4 or kind < 0.45:
        return chance.choice(WORDS if chance.random() < 0.7 else NUMBERS)
    if kind < 0.65:
        return [anything(chance, depth + 1) for _ in range(chance.randint(0, 3))]
    keys = chance.sample(KEYS, chance.randint(0, 5))
    return {key: anything(chance, depth + 1) for key in keys}


def spoiled(value: Any, chance: random.Random) -> Any:
    """A good manifest with something in it replaced by anything."""
    if chance.random() < 0.12:
        return anything(chance, 2)
    if isinstance(value, dict):
        changed = {key: spoiled(one, chance) for key, one in value.items()}
        if chance.random() < 0.1:
            changed[chance.choice(KEYS)] = anything(chance, 2)
        return changed
    return [spoiled(one, chance) for one in value] if isinstance(value, list) else value


PORTFOLIO = {
    "title": "A",
    "dream": {"model": "inception_v3", "recipe": {"base": "classic"}, "layers": ["mixed3"]},
    "readme": {"columns": 2},
    "site": {"widths": [480], "formats": ["webp"]},
}
COLLECTION = {
    "title": "A",
    "layers": {"mixed3": 1.0},
    "recipe": {"base": "octaves", "steps": 3, "octaves": 2},
    "pieces": [
        {
            "source": "orb.png",
            "variants": [
                "mixed5",
                "orb_activation_2482.png",
                {"layers": ["mixed7"], "name": "soft", "recipe": "preview"},
                {"layers": {"random": 2}, "model": {"file": "x.keras", "preprocess": "tf"}},
                {"layers": "mixed3", "file": "cube_mixed3.png"},
            ],
        },
        {"source": "cube.png", "layers": [], "recipe": {"max_size": 64}, "model": "vgg16"},
    ],
}


@pytest.mark.parametrize("seed", range(12))
def test_any_manifest_is_read_or_complained_of_in_plain_lines(tree: Tree, seed: int) -> None:
    chance = random.Random(seed)
    tree.collection("orbs", "orb.png", "cube.png", "orb_mixed3.png", "cube_mixed3.png")
    told = 0
    for _ in range(40):
        # JSON is YAML, but for numbers that it has no sign for.
        portfolio, collection = (
            json.dumps(spoiled(form, chance)).replace("Infinity", ".inf")
            for form in (PORTFOLIO, COLLECTION)
        )
        tree.write("portfolio.yaml", portfolio)
        tree.write("collections/orbs/collection.yaml", collection)
        try:
            (only,) = read(tree.root).collections
        except ContentErrors as errors:
            told += len(errors.problems)
            for problem in errors.problems:
                said = str(problem)
                assert problem.place is not None, said
                assert problem.place.line is not None, said
                assert said.isprintable(), said
                assert len(said) < 1000, said
                said.encode()
        else:
            files = [one.file for piece in only.pieces for one in piece.variants]
            assert len(files) == len({file.casefold() for file in files}), collection
            assert not {piece.source for piece in only.pieces} & set(files), collection
            assert all("/" not in file and file.isprintable() for file in files), collection
    assert told
