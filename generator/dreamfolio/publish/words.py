"""What is said beside a picture: alt texts, layers and recipes in words. Plain text, unescaped.

What ``say`` says is in the portfolio's language; names, of layers as of a recipe's fields, are the
same in all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePath
from typing import Any

from dreamfolio.content.objects import Piece, Variant
from dreamfolio.dream.beside import name_of
from dreamfolio.dream.recipe import DEFAULT, NAMED, Recipe
from dreamfolio.dream.target import Target
from dreamfolio.publish.wording import Wording


def source_alt(piece: Piece) -> str:
    """What a piece's source shows, for those who do not see it: never empty, on one line."""
    return normalize_space(piece.alt) or normalize_space(piece.title) or PurePath(piece.source).stem


def variant_alt(piece: Piece, variant: Variant, say: Wording) -> str:
    """What a variant shows: its own alt text, else the piece's and how it was dreamed."""
    if own := normalize_space(variant.alt or ""):
        return own
    subject, layers = source_alt(piece), layers_text(variant.targets)
    how = "toward" if all(target.motif for target in variant.targets) else "through"
    # An alt text written as a sentence is followed by one.
    form = "sentence" if subject[-1] in ".!?…。" else "phrase"
    return say(
        f"alt_{form}_{how}" if layers else f"alt_{form}",
        subject=subject,
        layers=layers,
        name=f" ({normalize_space(variant.name)})" if variant.name else "",
    )


def layers_text(targets: Iterable[Target]) -> str:
    """``activation_3 + 0.5 × activation_5``; a weight of 1 goes without saying, and a motif by its
    own name."""
    text = ""
    for target in targets:
        weight, name = abs(target.weight), target.motif or target.layer
        term = name if weight == 1 else f"{weight:g} × {name}"
        minus = target.weight < 0
        if text:
            text += f" − {term}" if minus else f" + {term}"
        else:
            text = f"−{term}" if minus else term
    return text


def recipe_text(recipe: Recipe, asked: Any, say: Wording) -> str:
    """``octaves, 40 steps``: the named recipe that ``asked`` starts from (a name, a mapping with
    ``base``, or nothing), and the fields in which ``recipe`` differs from it."""
    for name, named in NAMED.items():
        if recipe.canonical() == named.canonical():
            return name
    base = asked.get("base") if isinstance(asked, Mapping) else asked
    if not isinstance(base, str) or base not in NAMED:
        base = DEFAULT
    usual = NAMED[base].model_dump()
    # As recorded, what cannot matter was left out: it was not set to what the classic has.
    left_out = {key for key in recipe.idle if key not in recipe.model_fields_set}
    changed = [
        _field(key, value, say)
        for key, value in recipe
        if value != usual[key] and key not in left_out
    ]
    return ", ".join([base, *changed])


def normalize_space(text: str) -> str:
    """``text`` with every run of white space, line ends among them, made one space."""
    return " ".join(text.split())


def _field(name: str, value: Any, say: Wording) -> str:
    said = name.replace("_", " ")
    if isinstance(value, tuple):
        return f"{said} {', '.join(f'{one:g}' for one in value) or '–'}"
    if name in ("octaves", "steps"):
        return say(f"recipe_{name}", n=value)
    if value is True:
        return said
    if value is None and name == "seed":
        return say("recipe_any", field=said)
    if value is None or value is False:
        return say("recipe_without", field=said)
    if isinstance(value, str):
        return f"{said} {name_of(value) or value}"
    return f"{said} {value:g}" if isinstance(value, float) else f"{said} {value}"
