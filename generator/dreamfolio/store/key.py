"""The key of a dream: a digest of everything that shapes its pixels."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dreamfolio.dream.beside import content_of
from dreamfolio.dream.look import LOOK
from dreamfolio.dream.target import Target
from dreamfolio.files import sha256

if TYPE_CHECKING:
    from dreamfolio.dream.animation import Animation
    from dreamfolio.dream.recipe import Recipe

# One for all: json.dumps would make an encoder for each key.
_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), allow_nan=False)

# The recipe asked for last, and its content: mostly, one recipe is that of a thousand variants.
_last: tuple[Recipe, dict[str, Any]] | None = None


def variant_key(
    *,
    pixels: str,
    recipe: Recipe,
    targets: Sequence[Target],
    preprocess: str,
    network: str,
    animation: Animation | None = None,
) -> str:
    """SHA-256, in hex, over the source's pixel digest, the canonical recipe, the targets in any
    order, the network's input range and weight digest, the version of the engine's look, and what
    an animation is to be like where it is one's.

    Equal keys stand for equal pictures: names, places, dates and metadata are no part of it. Of
    pictures that the recipe names their pixels are, which it must have seen.
    """
    form = {
        "look": LOOK,
        "network": network,
        "pixels": pixels,
        "preprocess": preprocess,
        "recipe": _content(recipe),
        "targets": sorted([target.layer, float(target.weight)] for target in targets),
    }
    if animation is not None:
        form["animate"] = animation.canonical()
    return sha256(_CANONICAL.encode(form).encode())


def _content(recipe: Recipe) -> dict[str, Any]:
    global _last
    known = _last
    if known is None or known[0] is not recipe:
        content = {field: content_of(value) for field, value in recipe.canonical().items()}
        known = _last = (recipe, content)
    return known[1]
