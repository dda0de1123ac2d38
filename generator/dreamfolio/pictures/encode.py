"""Encoding a dreamed picture: at full quality, and with its provenance inside."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from dreamfolio.errors import PictureError

if TYPE_CHECKING:
    from PIL import Image

_EXIF_DESCRIPTION = 0x010E
_EXIF_SOFTWARE = 0x0131
_TIFF_PREDICTOR = 317
_TIFF_XMP = 700


def variant_suffix(source_suffix: str) -> str:
    """The suffix that a variant takes whose source has ``source_suffix``: the same, but ``.png``
    for GIF and BMP, which hold no provenance or too few colours, and for anything unknown."""
    return source_suffix if source_suffix.lower() in _ENCODERS else ".png"


def encode(
    image: Image.Image, suffix: str, provenance: Mapping[str, Any], icc: bytes | None = None
) -> bytes:
    """``image`` (RGB or RGBA) as the bytes of a file with ``suffix``, one of ``variant_suffix``.

    ``provenance`` is JSON-able and ``icc`` the profile the pixels are in, None for sRGB. Nothing
    else of ``image.info`` gets in: a source's metadata names folders of its artist's machine.
    PNG, WebP and TIFF are lossless; JPEG has quality 95 with full colour resolution, and
    transparency laid over white. The same input gives the same bytes, which hold no time.
    Raises ``PictureError`` where the format cannot hold the picture.
    """
    if image.mode not in ("RGB", "RGBA"):
        raise ValueError(f"a dreamed picture is RGB or RGBA, not {image.mode}")
    save = _ENCODERS.get(suffix.lower())
    if save is None:
        raise ValueError(f"no variant has the suffix {suffix!r}")
    bare = image.copy()
    bare.info = {}
    buffer = io.BytesIO()
    try:
        save(bare, buffer, provenance, icc)
    except (OSError, ValueError) as error:
        raise PictureError(
            f"{image.width} × {image.height} pixels cannot be written as {suffix} ({error})",
            mend="keep the source as PNG, whose variants are PNG, too",
        ) from error
    return buffer.getvalue()


def _png(
    image: Image.Image, file: io.BytesIO, provenance: Mapping[str, Any], icc: bytes | None
) -> None:
    from PIL.PngImagePlugin import PngInfo

    from dreamfolio.pictures.provenance import KEY, SOFTWARE, as_json, description

    chunks = PngInfo()
    chunks.add_itxt("Software", SOFTWARE)
    chunks.add_itxt("Description", description(provenance))
    chunks.add_itxt(KEY, as_json(provenance))
    # Dreams are noise to a compressor: beyond level 4 a file gets no smaller, only later.
    image.save(file, "PNG", compress_level=4, pnginfo=chunks, icc_profile=icc)


def _jpeg(
    image: Image.Image, file: io.BytesIO, provenance: Mapping[str, Any], icc: bytes | None
) -> None:
    from dreamfolio.pictures.flatten import flatten
    from dreamfolio.pictures.provenance import xmp_packet

    flatten(image).save(
        file,
        "JPEG",
        quality=95,
        subsampling="4:4:4",
        optimize=True,
        exif=exif_of(provenance),
        xmp=xmp_packet(provenance),
        icc_profile=icc,
    )


def _webp(
    image: Image.Image, file: io.BytesIO, provenance: Mapping[str, Any], icc: bytes | None
) -> None:
    from dreamfolio.pictures.provenance import xmp_packet

    # Lossless, since WebP's lossy form halves the resolution of colour, and colour is what a
    # dream is made of. ``exact`` keeps the colours under full transparency.
    image.save(
        file,
        "WEBP",
        lossless=True,
        exact=True,
        quality=50,
        method=2,
        exif=exif_of(provenance),
        xmp=xmp_packet(provenance),
        icc_profile=icc,
    )


def _tiff(
    image: Image.Image, file: io.BytesIO, provenance: Mapping[str, Any], icc: bytes | None
) -> None:
    from PIL.TiffImagePlugin import ImageFileDirectory_v2

    from dreamfolio.pictures.provenance import SOFTWARE, description, xmp_packet

    tags = ImageFileDirectory_v2()
    tags[_EXIF_DESCRIPTION] = description(provenance).encode()
    tags[_EXIF_SOFTWARE] = SOFTWARE
    tags[_TIFF_PREDICTOR] = 2  # Differences of neighbours deflate better than the pixels.
    tags.tagtype[_TIFF_XMP] = 1  # BYTE, as the XMP specification asks.
    tags[_TIFF_XMP] = xmp_packet(provenance)
    image.save(file, "TIFF", compression="tiff_adobe_deflate", tiffinfo=tags, icc_profile=icc)


def exif_of(provenance: Mapping[str, Any]) -> bytes:
    """EXIF that tells people of ``provenance``, and the software."""
    from PIL.Image import Exif

    from dreamfolio.pictures.provenance import SOFTWARE, description

    exif = Exif()
    # As bytes: EXIF knows ASCII only, but readers take UTF-8, and Pillow would write "?" for it.
    exif[_EXIF_DESCRIPTION] = description(provenance).encode()
    exif[_EXIF_SOFTWARE] = SOFTWARE
    return exif.tobytes()


_Save = Callable[["Image.Image", io.BytesIO, Mapping[str, Any], bytes | None], None]

_ENCODERS: Mapping[str, _Save] = MappingProxyType(
    {
        ".png": _png,
        ".jpg": _jpeg,
        ".jpeg": _jpeg,
        ".webp": _webp,
        ".tif": _tiff,
        ".tiff": _tiff,
    }
)
