"""Pixels of any kind as 8-bit RGB or RGBA."""

from __future__ import annotations

import functools
import io
from typing import TYPE_CHECKING

from dreamfolio.pictures.refused import Refused

if TYPE_CHECKING:
    from PIL import Image


def to_rgb(image: Image.Image) -> Image.Image:
    """A loaded picture of any mode as RGB or RGBA, with nothing but an RGB profile in its info.

    Raises ``Refused`` where its numbers say nothing about how bright they should look.
    """
    profile = image.info.get("icc_profile")
    if image.mode.startswith("I;16") or (image.mode == "I" and image.format == "PNG"):
        result = _from_16_bits(image)
    elif image.mode in ("I", "F"):
        kind = "integers" if image.mode == "I" else "floating-point numbers"
        raise Refused(f"its channels are 32-bit {kind}", "export it with 8 or 16 bits a channel")
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
