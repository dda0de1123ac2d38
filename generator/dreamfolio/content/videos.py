"""Videos as pieces: which picture stands for each, and what cannot be asked of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath

from dreamfolio.content.collection_file import PieceForm
from dreamfolio.content.discover import Found
from dreamfolio.content.names import fold
from dreamfolio.content.one_line import quoted
from dreamfolio.content.yaml_file import Document, Path_
from dreamfolio.errors import ContentError
from dreamfolio.pictures.video import POSTER

_WORDS = {"source", "title", "alt", "description", "date", "tags"}


def posters(found: Found) -> Mapping[str, str]:
    """By each video that has one, the first picture that is named as its poster:
    ``clip.poster.png``."""
    if not found.videos:
        return {}
    named: dict[str, str] = {}
    for name in found.pictures:
        named.setdefault(fold(PurePath(name).stem), name)
    wanted = {video: fold(f"{PurePath(video).stem}{POSTER}") for video in found.videos}
    return {video: named[stem] for video, stem in wanted.items() if stem in named}


def standing_in(found: Found) -> frozenset[str]:
    """The pictures that are posters of videos, and no sources unless a manifest lists them."""
    if not found.videos:
        return frozenset()
    wanted = {fold(f"{PurePath(video).stem}{POSTER}") for video in found.videos}
    return frozenset(name for name in found.pictures if fold(PurePath(name).stem) in wanted)


def problem_with(form: PieceForm, document: Document, path: Path_) -> ContentError | None:
    """What the manifest asks of a video at ``path`` that only a picture can do."""
    for name in PieceForm.model_fields:
        if name not in _WORDS and getattr(form, name):
            return ContentError(
                f"{quoted(form.source)} is a video, and videos are not dreamed",
                place=document.place((*path, name), key=True),
                mend=f"take out {name}, or dream a picture of it",
            )
    return None
