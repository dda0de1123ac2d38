"""What a file that is no picture of ours really is, told from its first bytes."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_EXPORT = "export it as PNG"
RAW = ("is a camera's raw file", "develop it, and export it as PNG")
"""What is said of a picture as a camera's chip saw it, and how to mend it."""

_RAW = (RAW[0].removeprefix("is "), RAW[1])

_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"version https://git-lfs", "a Git LFS pointer, not the picture itself", "run `git lfs pull`"),
    (b"/annex/objects/", "a git-annex pointer, not the picture itself", "run `git annex get`"),
    (b"v/1\x01", "an OpenEXR picture", "export it as PNG, with its view transform applied"),
    (b"8BPS", "a Photoshop document", _EXPORT),
    (b"%PDF", "a PDF document", _EXPORT),
    (b"%!PS", "a PostScript document", _EXPORT),
    (b"\x00\x00\x00\x0cjP  ", "a JPEG 2000 picture", _EXPORT),
    (b"\xff\x0a", "a JPEG XL picture", _EXPORT),
    (b"\x00\x00\x00\x0cJXL ", "a JPEG XL picture", _EXPORT),
    (b"#?RADIANCE", "a Radiance HDR picture", _EXPORT),
    (b"FUJIFILMCCD-RAW", *_RAW),
    (b"IIRO", *_RAW),
    (b"IIRS", *_RAW),
    (b"MMOR", *_RAW),
    (b"IIU\0", *_RAW),
    (b"FOVb", *_RAW),
    (b"\0MRM", *_RAW),
    (b"gimp xcf", "a GIMP document", _EXPORT),
    (b"qoif", "a QOI picture", _EXPORT),
    (b"DDS ", "a DirectDraw texture", _EXPORT),
    (b"BLENDER", "a Blender scene", "render it, and keep the render here"),
    (b"PK\x03\x04", "a ZIP archive", "unpack it"),
)
_BRANDS = {b"avif": "an AVIF picture", b"avis": "an AVIF picture"}
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}

_MP4 = "export it as MP4 or WebM"
_RAW_SUFFIXES = (
    *(".3fr", ".arw", ".cr2", ".cr3", ".crw", ".dng", ".iiq", ".nef", ".nrw", ".orf", ".pef"),
    *(".raf", ".rw2", ".sr2", ".srw", ".x3f"),
)
_OF_SUFFIX: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        **dict.fromkeys((".heic", ".heif"), ("a HEIC picture", _EXPORT)),
        ".avif": ("an AVIF picture", _EXPORT),
        ".jxl": ("a JPEG XL picture", _EXPORT),
        **dict.fromkeys((".jp2", ".j2k", ".jpx"), ("a JPEG 2000 picture", _EXPORT)),
        **dict.fromkeys((".svg", ".svgz"), ("an SVG drawing", _EXPORT)),
        **dict.fromkeys((".psd", ".psb"), ("a Photoshop document", _EXPORT)),
        ".xcf": ("a GIMP document", _EXPORT),
        ".kra": ("a Krita document", _EXPORT),
        ".exr": ("an OpenEXR picture", "export it as PNG, with its view transform applied"),
        ".hdr": ("a Radiance HDR picture", "export it as PNG, with its view transform applied"),
        ".tga": ("a Targa picture", _EXPORT),
        ".dds": ("a DirectDraw texture", _EXPORT),
        **dict.fromkeys(_RAW_SUFFIXES, _RAW),
        **dict.fromkeys((".mov", ".m4v", ".avi", ".mkv", ".ogv"), ("another kind of video", _MP4)),
    }
)


def of_suffix(suffix: str) -> tuple[str, str] | None:
    """What a file of this ``suffix`` should be, and how to have it shown; None for what dreamfolio
    takes, and for what is no picture."""
    return _OF_SUFFIX.get(suffix.lower())


def foreign(head: bytes) -> tuple[str, str] | None:
    """What a file with the first bytes ``head`` (some 512 of them) is, and how to mend it.

    None where nothing is recognised.
    """
    for magic, what, mend in _MAGIC:
        if head.startswith(magic):
            return what, mend
    if (head[8:10] == b"CR" and head.startswith(b"II*\0")) or head[6:10] == b"HEAP":
        return _RAW
    if head[4:8] == b"ftyp":
        brand = head[8:12]
        if brand == b"crx ":
            return _RAW
        if brand in _HEIC_BRANDS:
            return "a HEIC picture", _EXPORT
        return _BRANDS.get(brand, "a video or a picture in a video's container"), _EXPORT
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if b"<svg" in text:
        return "an SVG drawing", _EXPORT
    if text.startswith((b"<!doctype html", b"<html")):
        return "a web page", "download the picture itself"
    return None
