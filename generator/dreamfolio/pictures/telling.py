"""What a picture's metadata tells that its artist may not want to publish.

Paths on a disk, which name its user, too; the place where a camera stood; whose and which device
it was. Who made a picture, and that it is theirs (Artist, Copyright), is meant to be read.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal

from dreamfolio.pictures.damage import picture_error
from dreamfolio.pictures.decode import MOST_PAGES, header, tags
from dreamfolio.pictures.opened import opened
from dreamfolio.pictures.parts.part import MOST_BYTES, Damaged
from dreamfolio.pictures.refused import Refused
from dreamfolio.pictures.video import is_video

# How files are built is learned with the first that is looked at: most commands look at none.
if TYPE_CHECKING:
    from dreamfolio.pictures.parts.forms import Form
    from dreamfolio.pictures.parts.part import Part

Kind = Literal["path", "place", "device"]

LOOKING = 6
"""Raised when other things are found in the same file than before."""


@dataclass(frozen=True, slots=True)
class Told:
    """One thing told: of what kind, where in the file it stands, and how it reads."""

    kind: Kind
    where: str
    text: str


# An absolute path, and no address of the web: of Windows, of a share, or of Unix.
_PATH = re.compile(
    r"""(?: (?<!\w) [A-Za-z]: [\\/] (?![\\/])
          | (?<![\w:\\]) \\\\ [\w.-]+ \\
          | (?: file:// | (?<![\w/.]) )
            / (?: home|Users|root|mnt|media|Volumes|data|tmp|var|opt|srv|run|private) / )
        [^\x00-\x1f"'<>|*?]{1,200}""",
    re.VERBOSE,
)
_PLACE_IN_XMP = re.compile(r"exif:GPSLatitude[=>\s\"']+([^\"<]{1,40})")

# What Blender stamps by name; a path is one also where it begins in a folder of one's own.
_STAMPED: Mapping[str, Kind] = {"File": "path", "Hostname": "device"}

# Into a JPEG's comments it writes `Blender:File:/attic/scene.blend`.
_STAMPED_TEXT = re.compile(r"Blender:(File|Hostname):([^\x00-\x1f]{1,200})")

_PNG_TEXTS = ("tEXt", "zTXt", "iTXt")
_TOO_MUCH = Told("path", "metadata", "(more than is looked through)")
_MOST_METADATA = 32_000_000
_MOST_TOLD = 1000

_GPS = 0x8825
_EXIF_MORE = 0x8769
_LATITUDE, _LONGITUDE = 2, 4
_DEVICE_TAGS = {
    0x013C: "HostComputer",
    0x9C9D: "XPAuthor",
    0xA430: "CameraOwnerName",
    0xA431: "BodySerialNumber",
    0xA435: "LensSerialNumber",
}


def telling(path: Path) -> tuple[Told, ...]:
    """What the picture or video at ``path`` tells, the same thing once. Metadata too broken to be
    read is searched for paths as it stands, and of too much of it that is told. Raises
    ``PictureError`` where the file is no whole picture, ``OSError`` where it cannot be read."""
    from dreamfolio.pictures.parts.forms import form_of

    try:
        with opened(path) as file:
            form = form_of(file)
            found = (
                _of_video(path)
                if is_video(path)
                else _of_pages(path)
                if form is None
                else _of_parts(form, file)
            )
            once: dict[tuple[Kind, str], Told] = {}
            for one in found:
                once.setdefault((one.kind, one.text), one)
                if len(once) >= _MOST_TOLD:
                    break
            return tuple(once.values())
    except (Damaged, Refused) as error:
        raise picture_error(path, error) from error


def _of_parts(form: Form, file: BinaryIO) -> Iterator[Told]:
    looked_through = 0
    for part in form.parts(file):
        if not part.metadata:
            continue
        content = part.content(file)
        whole = len(content) == part.size - part.head - part.tail
        name = None
        if form.name == "PNG" and part.kind in _PNG_TEXTS:
            name, content, unfolded = _png_text(part.kind, content)
            whole = whole and unfolded
        looked_through += len(content)
        if looked_through > _MOST_METADATA or not whole:
            yield _TOO_MUCH
        if looked_through > _MOST_METADATA:
            return
        if name is None:
            yield from _of_part(part, content, form.name)
        else:
            yield from _of_png_text(name, content)


def _of_pages(path: Path) -> Iterator[Told]:
    """Of a TIFF or a BMP."""
    yield from _of_header(header(path))
    pages = 0
    for page in tags(path):
        pages += 1
        yield from _of_tags(*page)
    if pages >= MOST_PAGES:
        yield _TOO_MUCH


def _of_video(path: Path) -> Iterator[Told]:
    from dreamfolio.pictures.clean_video import PLACE, unneeded

    for blank, content in unneeded(path):
        if blank.where.endswith(" data"):
            yield Told("place", blank.where, "taken down by the camera, perhaps where it was")
            continue
        text = content.decode("utf-8", "replace")
        yield from _of_words(blank.where, text)
        if place := PLACE.search(text):
            yield Told("place", blank.where, place[0])
        elif b"loci" in content:
            yield Told("place", blank.where, "a place on earth")
        if len(content) < blank.size and content.strip(b"\0"):
            yield _TOO_MUCH


def _of_part(part: Part, content: bytes, form: str) -> Iterator[Told]:
    if form == "GIF" and part.kind != "trailer":
        from dreamfolio.pictures.parts.gif import unrowed

        yield from _of_text(_part_name(part.kind, content), unrowed(content))
        yield from _of_text("XMP", content)
    elif part.kind in ("eXIf", "EXIF") or content.startswith(b"Exif\0\0"):
        yield from _of_exif(content)
    else:
        yield from _of_text(_part_name(part.kind, content), content)


def _part_name(kind: str, content: bytes) -> str:
    if kind.startswith("XMP") or content.startswith(b"http://ns.adobe.com/"):
        return "XMP"
    return {"APP13": "IPTC", "COM": "the comment"}.get(kind, kind.strip())


def _png_text(kind: str, content: bytes) -> tuple[str, bytes, bool]:
    """The keyword of a PNG's text, the text itself, unfolded, and whether that is all of it."""
    keyword, _, rest = content.partition(b"\0")
    whole = True
    if kind == "zTXt":
        rest, whole = _inflated(rest[1:])
    elif kind == "iTXt":
        packed, rest = rest[:1] == b"\1", rest[2:]
        _, _, rest = rest.partition(b"\0")  # the language
        _, _, rest = rest.partition(b"\0")  # the keyword in it
        rest, whole = _inflated(rest) if packed else (rest, True)
    return keyword.decode("latin-1"), rest, whole


def _of_png_text(name: str, rest: bytes) -> Iterator[Told]:
    if name.startswith("Raw profile type"):  # ImageMagick's way, in hexadecimal digits
        raw = _from_hex(rest)
        yield from _of_exif(raw) if raw.startswith(b"Exif") else _of_text("EXIF", raw)
        return
    text = _decoded(rest)
    if "GPSL" in name and text:
        yield Told("place", f"PNG text {name}", _short(text))
    if stamped := _of_stamp(name, f"PNG text {name}", text):
        yield stamped
        return
    yield from _of_text("XMP" if name == "XML:com.adobe.xmp" else f"PNG text {name}", rest)


def _of_stamp(name: str, where: str, text: str) -> Told | None:
    """What Blender stamped under ``name``; None for what it has no name for, or tells nothing."""
    kind = _STAMPED.get(name)
    if kind and re.search(r"[\\/]" if kind == "path" else r"\S", text):
        return Told(kind, where, _short(text))
    return None


def _of_header(told: Mapping[str, object]) -> Iterator[Told]:
    for name, value in told.items():
        if name not in ("exif", "icc_profile") and isinstance(value, bytes | str):
            yield from _of_text(name, value if isinstance(value, bytes) else value.encode())


def _of_exif(data: bytes) -> Iterator[Told]:
    from PIL.Image import Exif

    try:
        exif = Exif()
        exif.load(data)
        if not exif:
            raise ValueError("no tags")
        found = [*_of_tags(exif, exif.get_ifd(_EXIF_MORE), exif.get_ifd(_GPS))]
    except Exception:
        # Pillow stumbles over broken EXIF in many ways; other readers may not.
        found = [*_of_text("EXIF", data)]
    yield from found


def _of_tags(
    own: Mapping[int, object], taking: Mapping[int, object], gps: Mapping[int, object]
) -> Iterator[Told]:
    if _LATITUDE in gps or _LONGITUDE in gps:
        yield Told("place", "EXIF GPS", _coordinates(gps))
    for tag, value in (*own.items(), *taking.items()):
        if tag in (_GPS, _EXIF_MORE) or not isinstance(value, bytes | str):
            continue
        data = value if isinstance(value, bytes) else value.encode("utf-8", "replace")
        name = _DEVICE_TAGS.get(tag)
        text = _decoded(data)
        if name and text:
            yield Told("device", f"EXIF {name}", _short(text))
        else:
            yield from _of_text("EXIF", data)


def _coordinates(gps: Mapping[int, object]) -> str:
    try:
        degrees = []
        for tag in (_LATITUDE, _LONGITUDE):
            whole, minutes, seconds = (float(one) for one in gps[tag])  # type: ignore[attr-defined]
            degrees.append(f"{whole + minutes / 60 + seconds / 3600:.2f}° {gps[tag - 1]}")
        return ", ".join(degrees)
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return "a place on earth"


def _of_text(where: str, data: bytes) -> Iterator[Told]:
    yield from _of_words(where, _decoded(data))


def _of_words(where: str, text: str) -> Iterator[Told]:
    for stamp in _STAMPED_TEXT.finditer(text):
        if told := _of_stamp(stamp[1], where, stamp[2]):
            yield told
    for found in _PATH.finditer(text):
        yield Told("path", where, _short(found[0]))
    if place := _PLACE_IN_XMP.search(text):
        yield Told("place", where, _short(place[1]))


def _decoded(data: bytes) -> str:
    """Text as it was meant: Windows writes its own fields in two bytes a character, and so does a
    comment in EXIF that says so, in either order."""
    if data.startswith(b"UNICODE\0"):
        text = data[8:]
        order = "be" if text[::2].count(0) > text[1::2].count(0) else "le"
        return text.decode(f"utf-16-{order}", "replace").strip("\0 ")
    if len(data) > 3 and data[1:4:2] == b"\0\0":
        return data.decode("utf-16-le", "replace").strip("\0 ")
    return data.decode("utf-8", "replace").strip("\0 ")


def _short(text: str) -> str:
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= 80 else f"{line[:79]}…"


def _inflated(data: bytes) -> tuple[bytes, bool]:
    """What ``data`` unfolds to, and whether that is all of it."""
    # A few bytes may claim to unfold into more than any memory holds.
    unfolding = zlib.decompressobj()
    try:
        return unfolding.decompress(data, MOST_BYTES), not unfolding.unconsumed_tail
    except zlib.error:
        return data, True


def _from_hex(data: bytes) -> bytes:
    digits = b"".join(data.split()[2:])  # after the profile's name and length
    try:
        return bytes.fromhex(digits.decode("ascii"))
    except ValueError:
        return data
