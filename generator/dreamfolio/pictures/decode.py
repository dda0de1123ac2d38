"""Decoding: any picture an artist may drop, as plain 8-bit RGB or RGBA pixels."""

from __future__ import annotations

import functools
import io
import logging
import warnings
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from dreamfolio.errors import PictureError, Place
from dreamfolio.pictures.foreign import foreign
from dreamfolio.pictures.quiet import quiet

if TYPE_CHECKING:
    from PIL import Image

SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff", ".gif", ".bmp"})
"""Suffixes, in lower case, of the files taken for pictures."""

MAX_PIXELS = 16_384 * 16_384
"""The most pixels a picture may have: a small file that claims more would eat the memory."""

# Only these readers are tried, whatever the suffix: others start programs (PostScript) or read
# what no browser shows. "JPEG" includes the multi-picture files of cameras.
_FORMATS = ("PNG", "JPEG", "WEBP", "TIFF", "GIF", "BMP")
_EXPORT_AGAIN = "export or copy it again, or take it out of the collection"
_ORIENTATION_TAG = 0x0112


def is_picture(path: Path) -> bool:
    """Whether ``path`` is named like a picture. Hidden files are none (``._render.png``)."""
    return path.suffix.lower() in SUFFIXES and not path.name.startswith(".")


def decode(path: Path) -> Image.Image:
    """The picture at ``path``: mode RGB, or RGBA where it has transparency, 8 bits a channel.

    EXIF orientation is applied, 16-bit channels are scaled down, and of an animation the first
    frame is taken. ``.info`` is empty but for ``icc_profile`` where the picture came with an RGB
    profile. Raises ``PictureError``, placed at ``path``.
    """
    try:
        with _open(path) as image:
            orientation = _orientation(image)
            with quiet() if image.format == "TIFF" else nullcontext():
                image.load()
            return _oriented(_rgb(image), orientation)
    except Exception as error:
        raise _picture_error(path, error) from error


def size(path: Path) -> tuple[int, int]:
    """Width and height of ``decode(path)``, in pixels, read from the picture's header alone.

    Raises ``PictureError``, placed at ``path``; damage behind the header goes unnoticed.
    """
    try:
        with _open(path) as image:
            width, height = image.size
            return (height, width) if _orientation(image) >= 5 else (width, height)
    except Exception as error:
        raise _picture_error(path, error) from error


def header(path: Path) -> dict[str, object]:
    """What the picture's header says beside its pixels, as Pillow names it; raises
    ``PictureError``."""
    try:
        with _open(path) as image:
            return {str(name): value for name, value in image.info.items()}
    except Exception as error:
        raise _picture_error(path, error) from error


def _open(path: Path) -> Image.Image:
    # Imported by name: Pillow would import all of its forty readers to find these two.
    from PIL import Image, TiffImagePlugin, WebPImagePlugin  # noqa: F401

    # Pillow tells of odd metadata through warnings and logging; whatever it can still read
    # is fine, and what it cannot read is an error. Set each time, for others reset filters.
    warnings.filterwarnings("ignore", module=r"PIL(\.|$)")
    logging.getLogger("PIL").setLevel(logging.CRITICAL)
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    image = Image.open(path, formats=_FORMATS)
    if image.width * image.height > MAX_PIXELS:
        image.close()
        raise Image.DecompressionBombError
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


def _rgb(image: Image.Image) -> Image.Image:
    """A loaded picture of any mode as RGB or RGBA, with nothing but an RGB profile in its info."""
    profile = image.info.get("icc_profile")
    if image.mode.startswith("I;16") or (image.mode == "I" and image.format == "PNG"):
        result = _from_16_bits(image)
    elif image.mode in ("I", "F"):
        kind = "integers" if image.mode == "I" else "floating-point numbers"
        raise _Refused(f"its channels are 32-bit {kind}", "export it with 8 or 16 bits a channel")
    elif image.mode == "CMYK":
        result = _from_cmyk(image, profile)
    elif image.has_transparency_data:
        result = image.convert("RGBA")
    else:
        result = image.convert("RGB")
    result = result.copy() if result is image else result
    # A grey or CMYK profile says nothing about RGB pixels. Bytes 16 to 20 of a profile name the
    # colours it is for.
    keep = isinstance(profile, bytes) and profile[16:20] == b"RGB "
    result.info = {"icc_profile": profile} if keep else {}
    return result


def _from_16_bits(image: Image.Image) -> Image.Image:
    transparent = image.info.get("transparency")
    wide = image.convert("I")
    grey = wide.point(_eight_bits(), "L")
    if not isinstance(transparent, int):
        return grey.convert("RGB")
    # tRNS names one grey value, out of 65,536, that is transparent.
    opaque = [255] * 65_536
    opaque[transparent & 0xFFFF] = 0
    result = grey.convert("RGB")
    result.putalpha(wide.point(opaque, "L"))
    return result


@functools.cache
def _eight_bits() -> list[int]:
    return [round(value / 257) for value in range(65_536)]


def _from_cmyk(image: Image.Image, profile: bytes | None) -> Image.Image:
    from PIL import ImageCms

    if profile and profile[16:20] == b"CMYK":
        try:
            converted = ImageCms.profileToProfile(
                image,
                ImageCms.ImageCmsProfile(io.BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode="RGB",
            )
        except (ImageCms.PyCMSError, OSError, ValueError):
            converted = None
        if converted is not None:
            return converted
    return image.convert("RGB")


class _Refused(Exception):
    """A picture that could be read and is not taken: what is wrong, and how to mend it."""


def _picture_error(path: Path, error: Exception) -> PictureError:
    """What was raised on reading ``path``, as an error a user can understand."""
    message, mend = _explain(path, error)
    return PictureError(message, place=Place(path), mend=mend)


def _explain(path: Path, error: Exception) -> tuple[str, str]:
    from PIL import Image, UnidentifiedImageError

    match error:
        case _Refused():
            return error.args[0], error.args[1]
        case FileNotFoundError():
            return "there is no such picture", "put it back, or take it out of the manifest"
        case IsADirectoryError():
            return "is a folder, not a picture", "rename the folder"
        case PermissionError():
            return "cannot be read: permission denied", "make the file readable"
        case Image.DecompressionBombError():
            return (
                f"is too large: dreamfolio takes pictures of up to {MAX_PIXELS / 1e6:.0f} million "
                "pixels (16384 × 16384)",
                "export it smaller",
            )
        case MemoryError():
            return "there is not enough memory to decode it", "export it smaller"
    head = _head(path)
    if not head:
        return "is empty (0 bytes)", _EXPORT_AGAIN
    if known := foreign(head):
        what, mend = known
        return f"is {what}, whatever its name says", mend
    if isinstance(error, UnidentifiedImageError):
        return "is not a picture that dreamfolio can read, or its header is damaged", _EXPORT_AGAIN
    reason = str(error).strip().splitlines()
    return f"is damaged or cut short ({reason[0] if reason else type(error).__name__})", (
        _EXPORT_AGAIN
    )


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(512)
    except OSError:
        return b"?"
