"""Which files a shown picture is published as, and what they are called.

Pure: sizes and digests in, names out.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, TypeAlias

from dreamfolio.files import sha256
from dreamfolio.pictures.web import LONGEST, SUFFIX, Format

if TYPE_CHECKING:
    # Not in the processes that encode, which unpickle the values below.
    from dreamfolio.content.settings import SiteSettings
    from dreamfolio.pictures.blur import Blur
    from dreamfolio.pictures.watermark import Mark
    from dreamfolio.publish.site.marking import Marking

FOLDER = "pictures"

# Part of every file's name: raise it when `dreamfolio.pictures.web` makes other pixels or bytes
# of the same source, so that published pictures are made anew.
ENCODING = 3


@dataclass(frozen=True, slots=True)
class Rendition:
    """One published file of a picture: its address, format and size in pixels.

    ``whole`` says that it has every pixel of its original, ``zoom`` that it is larger than any
    that pages choose from: only who looks closely needs it. ``mark`` lies over it.
    """

    address: str
    format: Format
    width: int
    height: int
    whole: bool = False
    zoom: bool = False
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Original:
    """A picture as it lies in its collection's ``folder``: what it is (SHA-256 of its file), how
    large."""

    folder: Path
    name: str
    digest: str
    width: int
    height: int

    @property
    def path(self) -> Path:
        # Made as asked for: there may be tens of thousands, and a path takes half a kilobyte.
        return self.folder / self.name


@dataclass(frozen=True, slots=True)
class Published:
    """A picture that is published: its files, and what stands in its place until one is there."""

    original: Original
    files: tuple[Rendition, ...]
    blur: Blur | None = None


Originals: TypeAlias = Mapping[str, Mapping[str, Original]]
"""Pictures as they lie there, by the slug of their collection and their file name."""

Pictures: TypeAlias = Mapping[str, Mapping[str, Published]]
"""Those that could be published, by the same."""


def renditions(
    original: Original, settings: SiteSettings, marking: Marking | None = None
) -> tuple[Rendition, ...]:
    """The files ``original`` is published as: formats in the order asked, widths rising.

    No width exceeds the original's; where that lies below the largest width asked, the picture
    is also there in full. Where ``original`` is asked for, it is so wherever a format can hold it,
    in the one that most browsers read. The name says what is inside: other bytes or settings,
    another name.
    """
    asked_for = dict.fromkeys(settings.formats)
    # JPEG where a picture is so thin that it is too long for the others even at one pixel.
    forms = tuple(form for form in asked_for if _can_hold(original, form)) or ("jpeg",)
    files = []
    for form in forms:
        asked = widths(original.width, settings.page_widths, _widest(original, form))
        files += [_rendition(original, form, width, marking) for width in asked]
    holding = _holding(original, forms)
    if (
        settings.zoom
        and holding
        and not any(file.whole for file in files if file.format == holding)
    ):
        whole = _rendition(original, holding, original.width, marking)
        files.append(replace(whole, zoom=True))
    return tuple(files)


def _name(original: Original, form: Format, mark: Mark | None) -> str:
    inside = f"{ENCODING} {form} {original.digest}" + (f" {mark.key}" if mark else "")
    return f"{readable(PurePath(original.name).stem)}-{sha256(inside.encode())[:16]}"


def _rendition(original: Original, form: Format, width: int, marking: Marking | None) -> Rendition:
    mark = marking.of(width) if marking else None
    name = _name(original, form, mark)
    return Rendition(
        address=f"{FOLDER}/{name}-{width}{SUFFIX[form]}",
        format=form,
        width=width,
        height=scaled_height(original.width, original.height, width),
        whole=width == original.width,
        mark=mark,
    )


def _widest(original: Original, form: Format) -> int:
    """How wide ``form`` can hold ``original``, whose longer side may be too long for it."""
    longest = max(original.width, original.height)
    return max(1, original.width * min(LONGEST[form], longest) // longest)


def _can_hold(original: Original, form: Format) -> bool:
    """Whether ``form`` can hold ``original`` at some width."""
    least = scaled_height(original.width, original.height, _widest(original, form))
    return least <= LONGEST[form]


def _holding(original: Original, forms: tuple[Format, ...]) -> Format | None:
    """The format to publish ``original`` in at its own size; JPEG where none asked for can."""
    every: tuple[Format, ...] = (*reversed(forms), "jpeg")
    return next((form for form in every if _widest(original, form) == original.width), None)


def widths(own: int, asked: tuple[int, ...], widest: int | None = None) -> tuple[int, ...]:
    """The widths a picture ``own`` pixels wide is published in, rising, none above its own nor
    above ``widest``."""
    return tuple(sorted({min(width, own, widest or own) for width in asked}))


def scaled_height(width: int, height: int, new_width: int) -> int:
    """The height that keeps ``width`` × ``height`` in shape at ``new_width``, at least 1."""
    return max(1, round(height * new_width / width))


def readable(stem: str) -> str:
    """``stem`` in lower-case ASCII letters, digits and hyphens, for people who save a picture."""
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].rstrip("-") or "picture"


# A style sheet cannot read a picture's shape, and a `style` attribute would forbid a strict
# Content-Security-Policy. Hence classes in even steps: 4 % apart, a row's heights differ by
# less than a pixel in fifty, which the grid's cropping hides.
_STEP = 1.04
_STEPS = range(-36, 37)
SHAPES: tuple[float, ...] = tuple(round(_STEP**n, 2) for n in _STEPS)


def shape(width: int, height: int) -> int:
    """The shape class of a picture: its width over its height in hundredths, in steps of 4 %
    from 24 (tall) to 410 (panorama). The theme's ``shapes.css`` has a rule for each."""
    steps = round(math.log(width / height, _STEP))
    nearest = min(max(steps, _STEPS.start), _STEPS.stop - 1)
    return round(100 * SHAPES[nearest - _STEPS.start])
