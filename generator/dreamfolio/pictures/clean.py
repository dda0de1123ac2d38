"""Clean copies: the same pixels, coded as they are, in a file that tells nothing else.

Blender writes the path of a scene into each render, a camera where it stood. What the pixels,
their colours (ICC), their size on paper and their orientation need is kept to the byte.
"""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

from dreamfolio.errors import PictureError, Place
from dreamfolio.files import read_file
from dreamfolio.pictures import decode
from dreamfolio.pictures.clean_video import BLANKING, cleaned
from dreamfolio.pictures.damage import picture_error
from dreamfolio.pictures.digest import pixels_digest
from dreamfolio.pictures.opened import opened
from dreamfolio.pictures.parts.forms import form_of
from dreamfolio.pictures.parts.part import Damaged
from dreamfolio.pictures.refused import Refused
from dreamfolio.pictures.telling import LOOKING, telling
from dreamfolio.pictures.video import is_video

CLEANING = f"2.{LOOKING}.{BLANKING}"
"""Another one when the same file makes another clean copy than before, or needs one now."""


def clean(path: Path) -> bytes:
    """The bytes of a clean copy of the picture at ``path``: PNG, JPEG, WebP or GIF.

    An orientation that is told by its metadata is told on. The same file gives the same bytes.
    Raises ``PictureError`` for a file that is damaged, or of a format that is not taken apart.
    """
    orientation = decode.orientation(path)
    width, height = decode.size(path)
    exif = _exif(orientation) if orientation > 1 else None
    try:
        with opened(path) as file:
            form = form_of(file)
            file.expect(width * height)
            if form is None:
                raise PictureError(
                    "is of a format whose metadata dreamfolio cannot take out",
                    place=Place(path),
                    mend="export it as PNG",
                )
            kept = [(part.kind, part.whole(file)) for part in form.parts(file) if not part.metadata]
    except (Damaged, Refused, OSError) as error:
        raise picture_error(path, error) from error
    return form.joined(kept, exif)


# A TIFF header and one directory with one entry: the orientation (tag 0x0112, one SHORT).
_EXIF = "49492a0008000000 0100 1201 0300 01000000 {:02x}000000 00000000"


def _exif(orientation: int) -> bytes:
    return bytes.fromhex(_EXIF.format(orientation))


def verified(path: Path) -> bytes:
    """``clean(path)``, after it was decoded and found to show the very same pixels; of a video, a
    clean copy, found to tell nothing."""
    data = b"".join(cleaned(path)) if is_video(path) else clean(path)
    with tempfile.TemporaryDirectory(prefix="dreamfolio-") as folder:
        copy = Path(folder) / f"clean{path.suffix}"
        copy.write_bytes(data)
        if is_video(path):
            same = not telling(copy)
        else:
            same = pixels_digest(decode.decode(copy)) == pixels_digest(decode.decode(path))
    if not same:
        raise PictureError(
            "would look otherwise without its metadata",
            place=Place(path),
            mend="export it again, as PNG",
        )
    return data


def clean_or_png(path: Path) -> tuple[str, bytes]:
    """A name and the bytes of a picture that tells nothing: the picture at ``path`` itself where
    it tells nothing, else a clean copy or, of a format that is not taken apart, a PNG with the same
    pixels at 8 bits a channel. Raises ``PictureError`` or ``OSError``."""
    if not telling(path):
        return path.name, read_file(path)
    with opened(path) as file:
        taken_apart = form_of(file) is not None
    if taken_apart:
        return path.name, clean(path)
    image = decode.decode(path)
    buffer = io.BytesIO()
    image.save(buffer, "PNG", icc_profile=image.info.get("icc_profile"))
    return f"{path.name}.png", buffer.getvalue()
