"""A network as a manifest names it, before anything of it is loaded."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Preprocess = Literal["tf", "unit", "torch", "caffe", "none"]


@dataclass(frozen=True, slots=True)
class NetworkReference:
    """Either a network of ``keras.applications`` by its snake_case ``name`` (with ``weights``
    from a local file where given), or a local ``.keras``/``.h5`` ``file``.

    Paths are absolute. ``preprocess`` says what a file's input takes (see
    ``dream.preprocess``); a named network's own is known.
    """

    name: str | None = None
    file: Path | None = None
    weights: Path | None = None
    preprocess: Preprocess | None = None

    @property
    def label(self) -> str:
        """What people call it: ``inception_v3``, ``tiny_darknet``."""
        return self.name if self.name is not None else self.file.stem if self.file else "?"
