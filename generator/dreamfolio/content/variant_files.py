"""The files that variants stand in, judged by their names."""

from __future__ import annotations

from functools import lru_cache
from pathlib import PurePath

from dreamfolio.content.names import UNSAFE
from dreamfolio.content.one_line import quoted
from dreamfolio.dream.networks import names
from dreamfolio.dream.networks.catalogue import Catalogue
from dreamfolio.errors import ContentError, Place
from dreamfolio.pictures.decode import SUFFIXES
from dreamfolio.pictures.encode import variant_suffix


def check_file(file: str, source: str, pictures: frozenset[str], place: Place | None) -> None:
    """Raise ``ContentError`` for what cannot be a variant's own file, beside its source."""
    if file in pictures and file != source:
        return
    suffix = PurePath(file).suffix
    if file == source:
        what, mend = "is the source itself", "name another file, or none"
    elif file != PurePath(file).name or UNSAFE.search(file) or file.startswith("."):
        what, mend = "cannot name a variant", "write a plain file name, without a folder"
    elif suffix.lower() not in SUFFIXES or variant_suffix(suffix) != suffix:
        what, mend = "cannot be written", "let it end with .png, .jpg, .webp or .tif"
    else:
        return
    raise ContentError(f"{quoted(file)} {what}", place=place, mend=mend)


def layers_in_name(source: str, file: str, catalogue: Catalogue | None) -> tuple[str, ...] | None:
    """The canonical layers that ``file`` was dreamed by, if its name tells them."""
    stem = f"{PurePath(source).stem}_"
    name = PurePath(file).stem
    if catalogue is None or not name.startswith(stem):
        return None
    return names.split(name.removeprefix(stem).partition("~")[0], catalogue)


def is_legacy(source: str, file: str, catalogue: Catalogue | None) -> bool:
    """Whether ``file`` names its layers by Keras's running counters, or run together."""
    layers = layers_in_name(source, file, catalogue)
    return layers is not None and not file.startswith(f"{PurePath(source).stem}_{'+'.join(layers)}")


def legacy_file(source: str, asked: str, pictures: frozenset[str]) -> str | None:
    """The picture that stands there under the old names by which its layers were asked for."""
    stem, layers = PurePath(source).stem, asked.split(", ")
    for text in ("".join(layers), "+".join(layers)):
        for suffix in _suffixes(pictures):
            if f"{stem}_{text}{suffix}" in pictures:
                return f"{stem}_{text}{suffix}"
    return None


@lru_cache(maxsize=4)
def _suffixes(pictures: frozenset[str]) -> tuple[str, ...]:
    # Asked for each variant of a folder, which may hold thousands of pictures.
    return tuple(sorted({PurePath(name).suffix for name in pictures}))
