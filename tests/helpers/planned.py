"""What plans are made of: a variant, its lock entry and its portfolio, as values alone."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from dreamfolio.content.model_asked import model_asked
from dreamfolio.content.objects import Collection, Piece, Portfolio, Variant
from dreamfolio.dream.networks.reference import NetworkReference
from dreamfolio.dream.recipe import NAMED
from dreamfolio.dream.target import Target
from dreamfolio.plan.facts import NetworkFacts
from dreamfolio.store.key import variant_key
from dreamfolio.store.lock import Entry

# Nowhere on any disk: a plan that looked would not find it.
ROOT = Path("/nowhere/portfolio")
FOLDER = ROOT / "collections/orbs"
NAMED_NETWORK = NetworkReference(name="inception_v3")
OWN_NETWORK = NetworkReference(file=ROOT / "networks/mine.keras", preprocess="tf")
FILE = "orb_mixed3.png"


def digest(of: str) -> str:
    return hashlib.sha256(of.encode()).hexdigest()


PIXELS, WEIGHTS, OUTPUT = digest("pixels"), digest("weights"), digest("output")
HERE = NetworkFacts(WEIGHTS, obtainable=True)
FETCHED_FIRST = NetworkFacts(None, obtainable=True, word="its weights (96 MB) are fetched first")
GONE = NetworkFacts(None, obtainable=False, word="the network networks/mine.keras is not here")


def variant(**changes: Any) -> Variant:
    facts: dict[str, Any] = {
        "file": FILE,
        "source": "orb.png",
        "targets": (Target("mixed3"),),
        "network": NAMED_NETWORK,
        "preprocess": "tf",
        "recipe": NAMED["octaves"],
        "recipe_asked": "octaves",
    }
    return Variant(**{**facts, **changes})


def key_of(one: Variant, pixels: str = PIXELS, weights: str = WEIGHTS) -> str:
    return variant_key(
        pixels=pixels,
        recipe=one.recipe,
        targets=one.targets,
        preprocess=one.preprocess,
        network=weights,
    )


def entry(one: Variant | None = None, **changes: Any) -> Entry:
    """The lock's entry of a variant that was dreamed as it is wanted."""
    one = one or variant()
    facts: dict[str, Any] = {
        "key": key_of(one),
        "source": one.source,
        "source_file": digest("file"),
        "source_pixels": PIXELS,
        "network": one.network.label,
        "network_digest": WEIGHTS,
        "model": model_asked(one.network, ROOT),
        "preprocess": one.preprocess,
        "layers": one.targets,
        "recipe_asked": one.recipe_asked,
        "recipe": one.recipe.canonical(),
        "output": OUTPUT,
        "versions": {"look": "1"},
    }
    return Entry(**{**facts, **changes})


def portfolio(*variants: Variant) -> Portfolio:
    """One collection; a piece for each source."""
    sources = dict.fromkeys(one.source for one in variants)
    pieces = tuple(
        Piece(
            source,
            source,
            source,
            source,
            variants=tuple(v for v in variants if v.source == source),
        )
        for source in sources
    )
    collection = Collection("orbs", FOLDER, "Orbs", "", pieces, tuple(sources))
    return Portfolio(ROOT, "Dreams", collections=(collection,))
