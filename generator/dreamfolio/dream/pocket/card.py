"""The model card of ``pocket``: what it knows, and how it came to be.

Reading it takes neither numpy nor Keras.
"""

from __future__ import annotations

import json
import platform
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Self

from dreamfolio.files import sha256_of_file, write_atomically

FILE = Path(__file__).with_name("card.json")

OVERVIEW = "motifs.webp"
"""The picture of all motifs that the page shows."""


@dataclass(frozen=True)
class Layer:
    """A layer, and what artists may call it; ``stride`` and ``field`` (its receptive field) in
    pixels, ``likes`` as measured."""

    name: str
    called: str
    stride: int
    field: int
    channels: int
    likes: list[str]


@dataclass(frozen=True)
class Card:
    """``accuracy`` in [0, 1], on ``held_out`` samples no training saw; ``seen`` counts pictures."""

    families: dict[str, list[str]]
    layers: list[Layer]
    parameters: int
    weights_bytes: int
    weights_sha256: str
    samples_each: int
    seen: int
    minutes: float
    seed: int
    accuracy: float
    held_out: int
    formulas_sha256: str
    trained_with: dict[str, str]

    @property
    def motifs(self) -> tuple[str, ...]:
        """The classes by name, in the order of the head's channels."""
        return tuple(name for names in self.families.values() for name in names)

    @classmethod
    def read(cls, file: Path = FILE) -> Self:
        """The card that ships, or another."""
        data: dict[str, Any] = json.loads(file.read_text("utf-8"))
        data["layers"] = [Layer(**layer) for layer in data["layers"]]
        return cls(**data)

    @classmethod
    def of(
        cls,
        model: Any,
        weights: Path,
        *,
        seen: int,
        each: int,
        minutes: float,
        seed: int,
        accuracy: float,
        held_out: int,
        likes: dict[str, list[str]],
    ) -> Self:
        """The card of a network that was just trained, its weights in the file ``weights``."""
        import keras

        from dreamfolio.dream.pocket.architecture import convolutions
        from dreamfolio.dream.pocket.formulas import FAMILIES
        from dreamfolio.dream.pocket.samples import formulas_digest

        backend = keras.backend.backend()
        return cls(
            families={family: [one.name for one in motifs] for family, motifs in FAMILIES.items()},
            layers=[
                Layer(one.name, one.called, one.stride, one.field, one.channels, likes[one.name])
                for one in convolutions()
            ],
            parameters=model.count_params(),
            weights_bytes=weights.stat().st_size,
            weights_sha256=sha256_of_file(weights),
            samples_each=each,
            seen=seen,
            minutes=round(minutes, 1),
            seed=seed,
            accuracy=round(accuracy, 4),
            held_out=held_out,
            formulas_sha256=formulas_digest(),
            trained_with={
                "keras": keras.__version__,
                backend: version(backend),
                "machine": f"{platform.system()} {platform.machine()}",
            },
        )

    def write(self, folder: Path) -> None:
        """Write ``card.json`` into ``folder``, and ``CARD.md`` for people."""
        data = json.dumps(asdict(self), indent=1)
        write_atomically(folder / FILE.name, (data + "\n").encode())
        write_atomically(folder / "CARD.md", self.as_markdown().encode())

    def as_markdown(self) -> str:
        """The card as a page."""
        motifs = len(self.motifs)
        lines = [
            "# pocket",
            "",
            "A small convolutional network for DeepDream, trained only on pictures by formula:",
            "nobody's photograph, drawing or text is in it. Its classes are motifs that may grow",
            "in a dream. It is of no use for telling what photographs show.",
            "",
            f"- {motifs} motifs in {len(self.families)} families, {self.parameters:,} parameters;",
            f"  `weights.npz`: {self.weights_bytes / 1e6:.2f} MB, float16,",
            f"  SHA-256 `{self.weights_sha256}`",
            f"- Trained by `python -m dreamfolio.dream.pocket.train --minutes {self.minutes:.0f} "
            f"--each {self.samples_each} --seed {self.seed}`:",
            f"  {self.samples_each * motifs:,} samples of 128 × 128 pixels, {self.seen:,} pictures",
            f"  of 96 × 96 cut and joined from them in {self.minutes:.0f} minutes",
            f"  ({_told(self.trained_with)})",
            f"- Names {100 * self.accuracy:.1f} % of {self.held_out:,} samples right that it has "
            "never seen",
            f"- Formulas: SHA-256 `{self.formulas_sha256}`",
            "",
            "## Layers",
            "",
            "Either name will do in a manifest. What a layer likes is measured: the motifs that",
            "are the favourites of most of its channels.",
            "",
            "| layer | or | stride | receptive field | channels | likes |",
            "| --- | --- | --- | --- | --- | --- |",
            *(
                f"| `{one.name}` | `{one.called}` | {one.stride} | {one.field} | {one.channels} | "
                f"{', '.join(one.likes)} |"
                for one in self.layers
            ),
            "",
            "## Motifs",
            "",
            f"![One sample of each motif, drawn by its formula]({OVERVIEW})",
            "",
            *(f"- {family}: {', '.join(names)}" for family, names in self.families.items()),
        ]
        return "\n".join(lines) + "\n"


def _told(facts: dict[str, str]) -> str:
    return ", ".join(
        fact if name == "machine" else f"{name} {fact}" for name, fact in facts.items()
    )
