"""Pictures as a page shows them: sRGB, no larger than needed, and free of metadata."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from dreamfolio.errors import PictureError
from dreamfolio.pictures.flatten import flatten

if TYPE_CHECKING:
    from PIL import Image

Format = Literal["webp", "avif", "jpeg"]

SUFFIX: Mapping[Format, str] = MappingProxyType({"webp": ".webp", "avif": ".avif", "jpeg": ".jpg"})

LONGEST: Mapping[Format, int] = MappingProxyType({"webp": 16_383, "avif": 65_536, "jpeg": 65_500})
"""The most pixels that a side of a picture may have in each format."""

# Dreams are fine coloured detail everywhere, which low qualities turn to mud. WebP's method 4
# takes nearly three times as long as 2; at the same quality it saves 6 % of a smooth render,
# nothing of a dream, and differs by 0.2 dB.
_OPTIONS: Mapping[Format, Mapping[str, Any]] = MappingProxyType(
    {
        "webp": {"quality": 82, "method": 2},
        # By one thread: several write other bytes, and every core has its picture already.
        "avif": {"quality": 65, "speed": 7, "max_threads": 1},
        "jpeg": {"quality": 85, "progressive": True, "optimize": True},
    }
)


def to_srgb(image: Image.Image) -> Image.Image:
    """``image`` (RGB or RGBA) with its colours in sRGB and its ICC profile gone.

    Without a profile it is taken to be sRGB already. A profile that is broken or not for RGB is
    dropped, and the pixels stay as they are.
    """
    profile = image.info.get("icc_profile")
    if not profile:
        return image
    from PIL import ImageCms

    converted = None
    with contextlib.suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError):
        converted = ImageCms.profileToProfile(
            image,
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    return _bare(image if converted is None else converted)


def without_plain_alpha(image: Image.Image) -> Image.Image:
    """``image`` as RGB where its transparency is none, as in most renders: the same picture, and
    a quarter less to scale and encode."""
    if image.mode == "RGBA" and image.getchannel("A").getextrema() == (255, 255):
        return image.convert("RGB")
    return image


def resize(image: Image.Image, width: int) -> Image.Image:
    """``image`` at ``width`` pixels, its proportions kept (Lanczos); never larger than it is."""
    if width < 1:
        raise ValueError(f"width is at least 1, not {width}")
    if width >= image.width:
        return image
    from PIL.Image import Resampling

    height = max(1, round(image.height * width / image.width))
    # The gap lets Pillow halve a far larger picture by plain averaging first: more than 50 dB
    # from what it is without, and two to three times as fast. Not from the next larger width,
    # which costs the same: each file would then depend on which others are asked for.
    return image.resize((width, height), Resampling.LANCZOS, reducing_gap=2.0)


def encode_web(image: Image.Image, format: Format, quality: int | None = None) -> bytes:
    """``image`` (RGB or RGBA) as a file of ``format``, in sRGB, without any metadata.

    ``quality`` is 1 to 100; by default one that keeps a dream's detail. Transparency is laid over
    white where the format has none. Raises ``PictureError`` where the format cannot be written.
    """
    from PIL import features

    if format in ("webp", "avif") and not features.check(format):
        raise PictureError(
            f"this installation of Pillow cannot write {format.upper()}",
            mend="install a newer Pillow, or choose other `formats` under `site:`",
        )
    picture = to_srgb(image)
    picture = _bare(picture) if picture.info else picture
    if format == "jpeg":
        picture = flatten(picture)
    options = dict(_OPTIONS[format])
    if quality is not None:
        options["quality"] = quality
    buffer = io.BytesIO()
    try:
        picture.save(buffer, format.upper(), **options)
    except (OSError, ValueError) as error:
        raise PictureError(
            f"{image.width} × {image.height} pixels cannot be written as {format.upper()} ({error})"
        ) from error
    return buffer.getvalue()


def _bare(image: Image.Image) -> Image.Image:
    # Pillow writes whatever it finds in ``info`` into some formats.
    bare = image.copy()
    bare.info = {}
    return bare
