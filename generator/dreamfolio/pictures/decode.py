"""Decoding: any picture an artist may drop, as plain 8-bit RGB or RGBA pixels."""

from __future__ import annotations

import contextlib
import logging
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from dreamfolio.pictures.animation_names import is_animation
from dreamfolio.pictures.damage import picture_error
from dreamfolio.pictures.foreign import RAW
from dreamfolio.pictures.limits import most_pixels
from dreamfolio.pictures.opened import PictureFile, opened
from dreamfolio.pictures.quiet import quiet
from dreamfolio.pictures.refused import Refused
from dreamfolio.pictures.rgb import to_rgb
from dreamfolio.pictures.video import first_frame, is_video

if TYPE_CHECKING:
    from PIL import Image

SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff", ".gif", ".bmp"})
"""Suffixes, in lower case, of the files taken for pictures."""

MOST_PAGES = 100
"""How many pages of a picture ``tags`` are told of."""

Tags = tuple[Mapping[int, object], Mapping[int, object], Mapping[int, object]]

# Only these readers are tried, whatever the suffix: others start programs (PostScript) or read
# what no browser shows. "JPEG" includes the multi-picture files of cameras.
_FORMATS = ("PNG", "JPEG", "WEBP", "TIFF", "GIF", "BMP")
_ORIENTATION_TAG = 0x0112
_EXIF_MORE, _EXIF_GPS = 0x8769, 0x8825
_SUBFILE, _DNG = 0x00FE, 0xC612

# What a text or a profile in a PNG may unfold to: packets of XMP of some megabytes do occur.
_MOST_TEXT = 16_000_000


def is_picture(path: Path) -> bool:
    """Whether ``path`` is named like a picture. Hidden files are none (``._render.png``), nor are
    the animations beside dreams."""
    return is_picture_name(path.name)


def is_picture_name(name: str) -> bool:
    """Whether a file of this name, without its folder, is taken for a picture."""
    # Thousands of names are asked for: a path object each would take ten times as long.
    named = name[name.rfind(".") :].lower() in SUFFIXES and not name.startswith(".")
    return named and not is_animation(name)


def decode(path: Path) -> Image.Image:
    """The picture at ``path``: mode RGB, or RGBA where it has transparency, 8 bits a channel.

    EXIF orientation is applied, 16-bit channels are scaled down, and of an animation the first
    frame is taken, as of a video, and of several pages the first. ``.info`` is empty but for
    ``icc_profile`` where the picture came with an RGB profile. Raises ``PictureError``, placed at
    ``path``.
    """
    with _open(path) as image:
        orientation = _orientation(image)
        with quiet() if image.format == "TIFF" else nullcontext():
            image.load()
        return _oriented(to_rgb(image), orientation)


def size(path: Path) -> tuple[int, int]:
    """Width and height of ``decode(path)``, in pixels, read from the picture's header alone.

    Raises ``PictureError``, placed at ``path``; damage behind the header goes unnoticed.
    """
    with _open(path) as image:
        width, height = image.size
        return (height, width) if _orientation(image) >= 5 else (width, height)


def orientation(path: Path) -> int:
    """How ``decode(path)`` turns the picture, as EXIF has it: 1 (not at all) to 8. Raises
    ``PictureError``."""
    with _open(path) as image:
        return _orientation(image)


def others(path: Path) -> Literal["frames", "pages"] | None:
    """What the picture at ``path`` has more of than the first, which ``decode`` takes; None of one
    that is whole with it. Raises ``PictureError``."""
    if is_video(path):
        return None
    with _open(path) as image:
        try:
            if getattr(image, "is_animated", False):
                return "pages" if image.format == "TIFF" else "frames"
        except Exception:
            return None  # Whatever is wrong with the others, the first can be taken.
        return None


def tags(path: Path) -> Iterator[Tags]:
    """Of each page of the picture at ``path``, of which most have one, the EXIF (or TIFF) tags by
    number: its own, those of the taking, and those of the place. Raises ``PictureError``."""
    with _open(path) as image:
        for page in _pages(image):
            exif = page.getexif()
            yield dict(exif), dict(exif.get_ifd(_EXIF_MORE)), dict(exif.get_ifd(_EXIF_GPS))


def header(path: Path) -> dict[str, object]:
    """What the picture's header says beside its pixels, as Pillow names it; raises
    ``PictureError``."""
    with _open(path) as image:
        return {str(name): value for name, value in image.info.items()}


@contextmanager
def _open(path: Path) -> Iterator[Image.Image]:
    """The picture at ``path``, not yet loaded; whatever goes wrong with it is a
    ``PictureError``."""
    try:
        if is_video(path):
            yield first_frame(path)
            return
        with opened(path) as file, _read(file) as image:
            yield image
    except Exception as error:
        raise picture_error(path, error) from error


def _read(file: PictureFile) -> Image.Image:
    # Imported by name: Pillow would import all of its forty readers to find these two.
    from PIL import Image, PngImagePlugin, TiffImagePlugin, WebPImagePlugin  # noqa: F401

    # Pillow tells of odd metadata through warnings and logging; whatever it can still read
    # is fine, and what it cannot read is an error. Set each time, for others reset filters.
    warnings.filterwarnings("ignore", module=r"PIL(\.|$)")
    logging.getLogger("PIL").setLevel(logging.CRITICAL)
    most = Image.MAX_IMAGE_PIXELS = most_pixels()
    PngImagePlugin.MAX_TEXT_CHUNK = _MOST_TEXT
    file.expect(0)
    try:
        image = Image.open(file, formats=_FORMATS)
    except Image.DecompressionBombError as error:
        raise _too_large(most) from error
    try:
        if image.width * image.height > most:
            raise _too_large(most, image.size)
        if image.format == "TIFF" and _is_raw(image, file):
            raise Refused(*RAW)
    except BaseException:
        image.close()
        raise
    file.expect(image.width * image.height)
    return image


def _too_large(most: int, size: tuple[int, int] | None = None) -> Refused:
    claimed = f" ({size[0]} × {size[1]})" if size else ""
    taken = f"{most / 1e6:.0f} million" if most >= 10_000_000 else f"{most}"
    return Refused(
        f"is too large{claimed}: dreamfolio takes pictures of up to {taken} pixels",
        "export it smaller, or raise max_pixels in portfolio.yaml",
    )


def _is_raw(image: Image.Image, file: PictureFile) -> bool:
    """Whether the first page of a TIFF is what a camera put before its raw data: small, or in the
    camera's own colours."""
    told = getattr(image, "tag_v2", {})
    file.seek(8)
    reduced = told.get(_SUBFILE)
    return file.read(2) == b"CR" or _DNG in told or (isinstance(reduced, int) and bool(reduced & 1))


def _pages(image: Image.Image) -> Iterator[Image.Image]:
    """The first page of ``image`` and, of a TIFF, the others with tags of their own."""
    yield image
    if image.format == "TIFF":
        with contextlib.suppress(EOFError):
            for page in range(1, MOST_PAGES):
                image.seek(page)
                yield image


def _orientation(image: Image.Image) -> int:
    """EXIF orientation, 1 to 8, of a picture that is opened and not yet loaded."""
    from PIL import Image

    if image.format == "TIFF":
        return 1  # Pillow turns these itself, their ``size`` included.
    try:
        # Not ``image.getexif()``: of a PNG without EXIF that decodes all pixels to look behind
        # them, and ``size`` must agree with ``decode``.
        orientation = Image.Image.getexif(image).get(_ORIENTATION_TAG, 1)
    except Exception:
        return 1  # EXIF too broken to parse does not spoil the pixels.
    return orientation if orientation in range(1, 9) else 1


def _oriented(image: Image.Image, orientation: int) -> Image.Image:
    from PIL.Image import Transpose

    turn = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }.get(orientation)
    return image if turn is None else image.transpose(turn)
