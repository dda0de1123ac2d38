"""The key of a dream: a digest of everything that shapes its pixels."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from dreamfolio.dream.beside import content_of
from dreamfolio.dream.look import LOOK
from dreamfolio.dream.target import Target
from dreamfolio.files import sha256

if TYPE_CHECKING:
    from dreamfolio.dream.animation import Animation
    from dreamfolio.dream.recipe import Recipe

# Canonical JSON. One encoder for all: json.dumps would make one for each.
_json = json.JSONEncoder(sort_keys=True, separators=(",", ":"), allow_nan=False).encode

# The recipe asked for last, and the JSON of its content: mostly, one recipe is that of a thousand
# variants.
_last: tuple[Recipe, str] | None = None


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
    animate = f'"animate":{_json(animation.canonical())},' if animation is not None else ""
    # Put together from what is known already of most, its names in the order of the alphabet.
    form = (
        f'{{{animate}"look":{LOOK},"network":{_json(network)},"pixels":{_json(pixels)},'
        f'"preprocess":{_json(preprocess)},"recipe":{_content(recipe)},'
        f'"targets":{_targets(tuple((one.layer, str(float(one.weight))) for one in targets))}}}'
    )
    return sha256(form.encode())


@lru_cache(maxsize=1000)
def _targets(targets: tuple[tuple[str, str], ...]) -> str:
    # Weights come as text, by which 0.0 is another than -0.0.
    return _json(sorted([layer, float(weight)] for layer, weight in targets))


def _content(recipe: Recipe) -> str:
    global _last
    known = _last
    if known is None or known[0] is not recipe:
        content = {field: content_of(value) for field, value in recipe.canonical().items()}
        known = _last = (recipe, _json(content))
    return known[1]
