"""Portfolio folders with tiny pictures, read and surveyed without any network at hand."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from dreamfolio.content.model_asked import model_asked
from dreamfolio.content.objects import Collection, Portfolio, Variant
from dreamfolio.content.read import read
from dreamfolio.dream.look import LOOK
from dreamfolio.errors import ContentErrors
from dreamfolio.files import sha256_of_file
from dreamfolio.pictures.decode import decode
from dreamfolio.pictures.digest import pixels_digest
from dreamfolio.plan.task import Task
from dreamfolio.store import lock as locks
from dreamfolio.store.key import variant_key
from dreamfolio.store.lock import Entry
from dreamfolio.survey import Survey, survey

WEIGHTS = hashlib.sha256(b"weights").hexdigest()
"""The digest of a network's weights, where a test needs none of their bytes."""


def paint(path: Path, shade: int | None = None, **options: Any) -> Path:
    """A picture of 5 × 4 pixels at ``path``; its colours follow from ``shade`` or its name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    seed = path.name if shade is None else str(shade)
    pixels = hashlib.sha256(seed.encode()).digest() * 2
    Image.frombytes("RGB", (5, 4), pixels[:60]).save(path, **options)
    return path


class Tree:
    """A portfolio folder in the making, at ``root``."""

    def __init__(self, root: Path):
        self.root = root
        self.write("portfolio.yaml", "title: Dreams\n")

    def write(self, name: str, text: str | bytes) -> Path:
        """Write a file, and the folders it is in."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def folder(self, slug: str) -> Path:
        return self.root / "collections" / slug

    def collection(self, slug: str, *pictures: str, manifest: str | None = None) -> Path:
        """A collection with ``pictures``, each of its own colours, and perhaps a manifest."""
        folder = self.folder(slug)
        folder.mkdir(parents=True, exist_ok=True)
        for name in pictures:
            paint(folder / name)
        if manifest is not None:
            self.write(f"collections/{slug}/collection.yaml", manifest)
        return folder

    def read(self, recorded: Mapping[str, bool] | None = None) -> Portfolio:
        return read(self.root, lambda folder: recorded or {})

    def only(self, recorded: Mapping[str, bool] | None = None) -> Collection:
        """The portfolio's one collection."""
        (collection,) = self.read(recorded).collections
        return collection

    def problems(self) -> list[str]:
        """What reading complains of, a line each."""
        with pytest.raises(ContentErrors) as caught:
            self.read()
        return [str(problem) for problem in caught.value.problems]

    def problem(self) -> str:
        """The one complaint there is."""
        (only,) = self.problems()
        return only

    def survey(self) -> Survey:
        return survey(self.root)

    def tasks(self) -> dict[str, Task]:
        """The tasks of a survey, by file name."""
        return {task.file: task for task in self.survey().tasks}

    def states(self) -> dict[str, str]:
        return {file: task.state.value for file, task in self.tasks().items()}

    def dreamt(self, weights: str = WEIGHTS) -> None:
        """Do as a build would: write a picture for each variant wanted, and the locks."""
        surveyed = self.survey()
        for collection in surveyed.portfolio.collections:
            lock = dict(surveyed.facts.locks[collection.slug])
            for piece in collection.pieces:
                for variant in piece.variants:
                    if variant.recipe_asked is not None:
                        paint(collection.folder / variant.file)
                        lock[variant.file] = entry_of(
                            surveyed.portfolio, collection, variant, weights
                        )
            locks.write(collection.folder / locks.FILE, lock)

    def works(self) -> dict[str, bytes]:
        """Every file that is not this machine's own memory."""
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes()
            for path in sorted(self.root.rglob("*"))
            if path.is_file() and ".dreamfolio" not in path.parts
        }


def entry_of(
    portfolio: Portfolio,
    collection: Collection,
    variant: Variant,
    weights: str = WEIGHTS,
    **changes: Any,
) -> Entry:
    """The lock's entry of a variant that was dreamed just so and stands on disk."""
    source = collection.folder / variant.source
    pixels = pixels_digest(decode(source))
    facts: dict[str, Any] = {
        "key": variant_key(
            pixels=pixels,
            recipe=variant.recipe,
            targets=variant.targets,
            preprocess=variant.preprocess,
            network=weights,
        ),
        "source": variant.source,
        "source_file": sha256_of_file(source),
        "source_pixels": pixels,
        "network": variant.network.label,
        "network_digest": weights,
        "model": model_asked(variant.network, portfolio.root),
        "preprocess": variant.preprocess,
        "layers": variant.targets,
        "recipe_asked": variant.recipe_asked,
        "recipe": variant.recipe.canonical(),
        "output": sha256_of_file(collection.folder / variant.file),
        "versions": {"look": str(LOOK)},
        "asked": variant.asked,
    }
    return Entry(**{**facts, **changes})
