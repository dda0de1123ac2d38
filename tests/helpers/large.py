"""Portfolios of thousands of pieces, everything dreamed: many small pictures, quickly made."""

from __future__ import annotations

import hashlib
import struct
import zlib
from pathlib import Path

from dreamfolio.content.model_asked import model_asked
from dreamfolio.content.objects import Variant
from dreamfolio.content.read import read
from dreamfolio.dream.look import LOOK
from dreamfolio.files import sha256
from dreamfolio.pictures.decode import decode
from dreamfolio.pictures.digest import pixels_digest
from dreamfolio.store import lock as locks
from dreamfolio.store.key import variant_key
from dreamfolio.store.lock import Entry

LAYERS = ("mixed3", "mixed5")
SIZE = (48, 27)

_WEIGHTS = sha256(b"weights")


def portfolio(root: Path, pieces: int, collections: int) -> None:
    """A portfolio at ``root`` of ``pieces`` in ``collections`` of equal size. Each piece has two
    variants that its manifest asks for, dreamed and recorded; no two pictures are the same."""
    root.mkdir(parents=True, exist_ok=True)
    (root / "portfolio.yaml").write_text("title: Large\ndream: {model: inception_v3}\n")
    for number in range(collections):
        folder = root / "collections" / f"collection_{number:03}"
        folder.mkdir(parents=True)
        mine = [f"render_{piece:05}" for piece in range(number, pieces, collections)]
        for name in mine:
            (folder / f"{name}.png").write_bytes(png(name))
        (folder / "collection.yaml").write_text(_manifest(number, mine))
    _dream(root)


def png(name: str, size: tuple[int, int] = SIZE) -> bytes:
    """A PNG file whose pixels follow from ``name``."""
    width, height = size
    row = (hashlib.sha256(name.encode()).digest() * (width * 3 // 32 + 1))[: width * 3]
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress((b"\0" + row) * height, 1)
    chunks = ((b"IHDR", head), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*one) for one in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _manifest(number: int, renders: list[str]) -> str:
    lines = [f"title: Number {number}", "description: Renders of one night.", "pieces:"]
    for name in renders:
        lines += [f"  - source: {name}.png", f"    title: {name}", "    variants:"]
        lines += [f"      - layers: [{layer}]" for layer in LAYERS]
    return "\n".join(lines) + "\n"


def _dream(root: Path) -> None:
    """Do as a build would: a picture for each variant wanted, and the locks."""
    portfolio = read(root)
    for collection in portfolio.collections:
        lock = {}
        for piece in collection.pieces:
            for variant in piece.variants:
                picture = png(variant.file)
                (collection.folder / variant.file).write_bytes(picture)
                source = collection.folder / variant.source
                lock[variant.file] = _entry(root, source, variant, picture)
        locks.write(collection.folder / locks.FILE, lock)


def _entry(root: Path, source: Path, variant: Variant, picture: bytes) -> Entry:
    pixels = pixels_digest(decode(source))
    key = variant_key(
        pixels=pixels,
        recipe=variant.recipe,
        targets=variant.targets,
        preprocess=variant.preprocess,
        network=_WEIGHTS,
    )
    return Entry(
        key=key,
        source=variant.source,
        source_file=sha256(source.read_bytes()),
        source_pixels=pixels,
        network=variant.network.label,
        network_digest=_WEIGHTS,
        model=model_asked(variant.network, root),
        preprocess=variant.preprocess,
        layers=variant.targets,
        recipe_asked=variant.recipe_asked,
        recipe=variant.recipe.canonical(),
        output=sha256(picture),
        versions={"dreamfolio": "0.1.0", "keras": "3.9.0", "look": str(LOOK)},
    )
