"""Decoding: any picture an artist may drop, as plain 8-bit RGB or RGBA pixels."""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from dreamfolio.pictures.animation import is_animation
from dreamfolio.pictures.damage import Refused, picture_error
from dreamfolio.pictures.quiet import quiet
from dreamfolio.pictures.rgb import to_rgb
from dreamfolio.pictures.video import first_frame, is_video

if TYPE_CHECKING:
    from PIL import Image

SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff", ".gif", ".bmp"})
"""Suffixes, in lower case, of the files taken for pictures."""

MAX_PIXELS = 16_384 * 16_384
"""The most pixels a picture may have: a small file that claims more would eat the memory."""

# Only these readers are tried, whatever the suffix: others start programs (PostScript) or read
# what no browser shows. "JPEG" includes the multi-picture files of cameras.
_FORMATS = ("PNG", "JPEG", "WEBP", "TIFF", "GIF", "BMP")
_ORIENTATION_TAG = 0x0112
_EXIF_MORE, _EXIF_GPS = 0x8769, 0x8825


def is_picture(path: Path) -> bool:
    """Whether ``path`` is named like a picture. Hidden files are none (``._render.png``), nor are
    the animations beside dreams."""
    return is_picture_name(path.name)


def is_picture_name(name: str) -> bool:
    """Whether a file of this name, without its folder, is taken for a picture."""
    named = os.path.splitext(name)[1].lower() in SUFFIXES and not name.startswith(".")  # noqa: PTH122
    return named and not is_animation(name)


def decode(path: Path) -> Image.Image:
    """The picture at ``path``: mode RGB, or RGBA where it has transparency, 8 bits a channel.

    EXIF orientation is applied, 16-bit channels are scaled down, and of an animation the first
    frame is taken, as of a video. ``.info`` is empty but for ``icc_profile`` where the picture
    came with an RGB profile. Raises ``PictureError``, placed at ``path``.
    """
    try:
        with _open(path) as image:
            orientation = _orientation(image)
            with quiet() if image.format == "TIFF" else nullcontext():
                image.load()
            return _oriented(to_rgb(image), orientation)
    except Exception as error:
        raise picture_error(path, error) from error


def size(path: Path) -> tuple[int, int]:
    """Width and height of ``decode(path)``, in pixels, read from the picture's header alone.

    Raises ``PictureError``, placed at ``path``; damage behind the header goes unnoticed.
    """
    try:
        with _open(path) as image:
            width, height = image.size
            return (height, width) if _orientation(image) >= 5 else (width, height)
    except Exception as error:
        raise picture_error(path, error) from error


def orientation(path: Path) -> int:
    """How ``decode(path)`` turns the picture, as EXIF has it: 1 (not at all) to 8. Raises
    ``PictureError``."""
    try:
        with _open(path) as image:
            return _orientation(image)
    except Exception as error:
        raise picture_error(path, error) from error


def tags(path: Path) -> tuple[Mapping[int, object], ...]:
    """The EXIF (or TIFF) tags of the picture at ``path``, by number: its own, those of the
    taking, and those of the place. Raises ``PictureError``."""
    try:
        with _open(path) as image:
            exif = image.getexif()
            return dict(exif), dict(exif.get_ifd(_EXIF_MORE)), dict(exif.get_ifd(_EXIF_GPS))
    except Exception as error:
        raise picture_error(path, error) from error


def header(path: Path) -> dict[str, object]:
    """What the picture's header says beside its pixels, as Pillow names it; raises
    ``PictureError``."""
    try:
        with _open(path) as image:
            return {str(name): value for name, value in image.info.items()}
    except Exception as error:
        raise picture_error(path, error) from error


def _open(path: Path) -> Image.Image:
    if is_video(path):
        return first_frame(path)
    # Imported by name: Pillow would import all of its forty readers to find these two.
    from PIL import Image, TiffImagePlugin, WebPImagePlugin  # noqa: F401

    # Pillow tells of odd metadata through warnings and logging; whatever it can still read
    # is fine, and what it cannot read is an error. Set each time, for others reset filters.
    warnings.filterwarnings("ignore", module=r"PIL(\.|$)")
    logging.getLogger("PIL").setLevel(logging.CRITICAL)
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    too_large = Refused(
        f"is too large: dreamfolio takes pictures of up to {MAX_PIXELS / 1e6:.0f} million pixels "
        "(16384 × 16384)",
        "export it smaller",
    )
    try:
        image = Image.open(path, formats=_FORMATS)
    except Image.DecompressionBombError as error:
        raise too_large from error
    if image.width * image.height > MAX_PIXELS:
        image.close()
        raise too_large
    return image


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
