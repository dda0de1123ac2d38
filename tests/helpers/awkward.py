"""A portfolio of everything that makes pages break: words and pictures of every kind and shape."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dreamfolio.content.objects import Portfolio
from dreamfolio.content.settings import SiteSettings
from dreamfolio.dream.networks.reference import NetworkReference
from helpers.site import collection, picture, piece, portfolio, variant
from helpers.videos import sealed

LONG = "Overthinking" * 8
HOSTILE = """</title><script>alert(1)</script> "quoted" 'single' & <b>bold</b> #?% {{ 7 * 7 }}"""
WORLD = "夢 in the مرآة of Ελλάδα 🦑"
PROSE = (
    "Some *words*, a [link](https://example.org) and `" + "x" * 90 + "`.\n\n"
    "## A heading\n\n### Below it\n\n|a|b|\n|-|-|\n|1|2|\n\n1. one\n2. two\n\n"
    "> quoted\n\n```\ncode " + "y" * 120 + "\n```\n\n---\n\nterm\n:   what it means\n"
)
SHAPES = {
    "panorama": (900, 120),
    "tiny": (16, 16),
    "tall": (150, 900),
    "square": (300, 300),
    "portrait": (240, 400),
}
POCKET = NetworkReference(name="pocket")


def awkward(root: Path, **changes: Any) -> Portfolio:
    """Pieces with many dreams and with none, one alone and forty, in nested collections."""
    dreams = [
        variant("dreamed.png", "mixed3"),
        variant("dreamed.png", "batch_normalization_37", "conv2d_93", "activation_12"),
        variant("dreamed.png", "mixed7", name="second"),
        variant("dreamed.png", "stage4_3", network=POCKET),
        variant("dreamed.png", "motif-octopus", network=POCKET),
    ]
    mixed = [
        piece("dreamed.png", *dreams, title=HOSTILE, description=PROSE),
        *(piece(f"{name}.png", title=name) for name in SHAPES),
        piece("long.png", variant("long.png", "mixed5"), title=LONG, alt=LONG),
        piece("world.png", title=WORLD, alt=WORLD),
        piece("a b & 'c' #1?.png", title="Odd name", alt=HOSTILE),
        piece("film & #1.mp4", slug="film", title="Film", alt=HOSTILE, poster="film.png"),
    ]
    for name, size in SHAPES.items():
        picture(root / f"collections/mixed/{name}.png", size)
    sealed(root / "collections/mixed/film & #1.mp4")
    picture(root / "collections/mixed/film.png", (480, 270))
    for dream in dreams:
        picture(root / "collections/mixed" / dream.file, (400, 225), "#884422")
    many = [piece(f"{number}.png", variant(f"{number}.png", "mixed4")) for number in range(20)]
    changes = {
        "title": f"Dreams of {WORLD}",
        "author": HOSTILE,
        "description": PROSE,
        "url": "https://example.org/p/",
        "site": SiteSettings(widths=(240, 480, 960), formats=("webp", "jpeg"), zip=True),
        **changes,
    }
    return portfolio(
        root,
        collection(root, "mixed", *mixed, title=HOSTILE, description=PROSE),
        collection(root, "mixed/within", piece("inner.png"), title=LONG),
        collection(root, "mixed/within/夢", piece("夢.png", title="夢"), title=WORLD),
        collection(root, "many", *many, description="Many of one shape."),
        collection(root, "one", piece("alone.png", description="Alone.")),
        collection(root, "empty"),
        **changes,
    )
