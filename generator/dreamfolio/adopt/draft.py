"""Drafts a ``collection.yaml`` as a person would write it, for any name and any words."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence

import yaml

from dreamfolio.adopt.adoption import AdoptedPiece, AdoptedVariant

_PLAIN = re.compile(r"[^\W\d_][\w .()+~/-]*(?<! )")


def draft(title: str, description: str, pieces: Sequence[AdoptedPiece]) -> str:
    """The manifest of a collection that was adopted, with comments on what is known of where."""
    variants = [variant for piece in pieces for variant in piece.variants]
    network = Counter(v.network for v in variants).most_common(1)[0][0] if variants else None
    lines = [f"title: {scalar(title)}"]
    if description:
        lines += _prose("description", description)
    if network:
        lines += [
            f"model: {scalar(network)}",
            "recipe: classic",
            # Else what has no variants would take the portfolio's layers, which may be those of
            # another network.
            f"layers: []  # name layers of {network} here to dream by them what has no variants",
        ]
    if pieces:
        lines.append("pieces:")
        for piece in pieces:
            lines += _piece(piece, network)
    return "\n".join(lines) + "\n"


def scalar(text: str) -> str:
    """``text`` as a YAML string on one line: plain where it reads back as itself, else quoted."""
    if _PLAIN.fullmatch(text) and yaml.safe_load(f"[{text}]") == [text]:
        return text
    return "".join(_escaped(c) for c in json.dumps(text, ensure_ascii=False))


def _escaped(character: str) -> str:
    if character.isprintable():
        return character
    return f"\\U{ord(character):08X}" if ord(character) > 0xFFFF else f"\\u{ord(character):04X}"


def _prose(key: str, text: str) -> list[str]:
    """``key`` with a text of several lines, as a block where it reads back as itself."""
    text = text.strip("\n") + "\n"
    hint = "2" if text.startswith((" ", "\t")) else ""
    block = [f"{key}: |{hint}", *(f"  {line}" if line else "" for line in text[:-1].split("\n"))]
    try:
        whole = yaml.safe_load("\n".join(block) + "\n") == {key: text}
    except yaml.YAMLError:  # a character that YAML allows only in quotes
        whole = False
    return block if whole else [f"{key}: {scalar(text)}"]


def _piece(piece: AdoptedPiece, network: str | None) -> Iterator[str]:
    yield f"  - source: {scalar(piece.source)}"
    if piece.alt:
        yield f"    alt: {scalar(piece.alt)}"
    named = [variant for variant in piece.variants if variant.twin is None]
    if named:
        yield "    variants:"
    for variant in piece.variants:
        if variant.twin is None:
            yield from _variant(variant, network)
        elif variant.present:
            yield f"      # {_remark(variant.file)}: the same layers again, shown all the same"


def _variant(variant: AdoptedVariant, network: str | None) -> Iterator[str]:
    yield f"      - layers: {_layers(variant)}"
    remark = "" if variant.present else "  # in the old README alone: to be dreamed anew"
    yield f"        file: {scalar(variant.file)}{remark}"
    if variant.network != network:
        yield f"        model: {scalar(variant.network)}"
    if variant.alt:
        yield f"        alt: {scalar(variant.alt)}"


def _layers(variant: AdoptedVariant) -> str:
    targets = variant.targets
    if all(target.weight == 1 for target in targets):
        return f"[{', '.join(scalar(target.layer) for target in targets)}]"
    return f"{{{', '.join(f'{scalar(t.layer)}: {t.weight}' for t in targets)}}}"


def _remark(name: str) -> str:
    """A file name that stays within one comment."""
    return "".join(c if c.isprintable() else "�" for c in name)
