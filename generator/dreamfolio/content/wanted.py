"""What the content asks of a piece: variants before they have a name."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import NamedTuple

from dreamfolio.content.collection_file import PieceForm
from dreamfolio.content.defaults import Defaults, Written
from dreamfolio.content.forms import VariantForm
from dreamfolio.content.yaml_file import Document, Path_
from dreamfolio.errors import Place
from dreamfolio.pictures.decode import SUFFIXES


class Wanted(NamedTuple):
    """A variant as one place of the content asks for it, before it has a file name.

    ``at`` is that place, ``None`` for what no manifest names.
    """

    defaults: Defaults
    form: VariantForm
    at: Written | None
    folder: Path

    @property
    def place(self) -> Place | None:
        """Where it is asked for."""
        return self.at.place if self.at else None


def wanted_by(
    piece: PieceForm, document: Document, path: Path_, folder: Path, defaults: Defaults
) -> list[Wanted]:
    """What the manifest asks of one piece; without ``variants``, the layers that hold there."""
    defaults = defaults.within(piece, document, path, folder)
    if piece.variants is None:
        return wanted_by_default(defaults, folder, Written(document, (*path, "source")))
    wanted = []
    for i, written in enumerate(piece.variants):
        at = Written(document, (*path, "variants", i))
        form = _from_name(written) if isinstance(written, str) else written
        inner = defaults.within(form, document, at.path, folder)
        if isinstance(written, str) and form.layers is not None:
            inner = inner._replace(layers_at=at)
        wanted.append(Wanted(inner, form, at, folder))
    return wanted


def wanted_by_default(defaults: Defaults, folder: Path, at: Written | None = None) -> list[Wanted]:
    """The one variant that the inherited layers ask for, or none where there are none."""
    form = VariantForm.model_construct()
    return [Wanted(defaults, form, at, folder)] if defaults.layers else []


def _from_name(written: str) -> VariantForm:
    """A variant named in one word: by its picture's file name, or by its layer."""
    # Constructed, since pydantic takes a while to learn a form that no manifest may need.
    if PurePath(written).suffix.lower() in SUFFIXES:
        return VariantForm.model_construct(file=written)
    return VariantForm.model_construct(layers=written)
