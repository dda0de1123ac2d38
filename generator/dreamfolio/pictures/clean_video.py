"""Videos without what their metadata tells: the same frames and sound, in a file as long.

Whatever a video is dreamed, cut or filmed with may write the path of its project into it, and a
telephone where it was. Nothing is coded anew, and nothing needs to be installed for it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from dreamfolio.pictures.damage import picture_error
from dreamfolio.pictures.opened import opened
from dreamfolio.pictures.parts import mp4, webm
from dreamfolio.pictures.parts.blank import Blank, blanked, in_order
from dreamfolio.pictures.parts.part import Damaged
from dreamfolio.pictures.refused import Refused

BLANKING = 1
"""Raised when the same video makes another clean copy than before."""

PLACE = re.compile(r"[+-]\d{1,2}\.\d{2,}[+-]\d{1,3}\.\d{2,}(?:[+-]\d+(?:\.\d*)?)?")
"""A place on earth as ISO 6709 writes it, and telephones do: ``+52.5200+013.4050+034.000/``."""


def cleaned(path: Path) -> Iterator[bytes]:
    """The bytes of a clean copy of the video at ``path``, a piece at a time, of the very same
    length altogether. The same file gives the same bytes. Raises ``PictureError`` for a file that
    is damaged, or neither MP4 nor WebM."""
    try:
        with opened(path) as file:
            yield from blanked(file, in_order(_blanks(file)))
    except (Damaged, Refused, OSError) as error:
        raise picture_error(path, error) from error


def unneeded(path: Path) -> Iterator[tuple[Blank, bytes]]:
    """What of the video at ``path`` neither pictures nor sound depend on, with what stands there,
    of each at most some megabytes. Raises as ``cleaned`` does."""
    try:
        with opened(path) as file:
            for blank in in_order(_blanks(file)):
                yield blank, blank.content(file)
    except (Damaged, Refused, OSError) as error:
        raise picture_error(path, error) from error


def _blanks(file: BinaryIO) -> Iterator[Blank]:
    file.seek(0)
    head = file.read(16)
    if head.startswith(webm.MAGIC):
        return webm.blanks(file)
    if mp4.is_mp4(head):
        return mp4.blanks(file)
    if not head:
        return itertools.chain()  # Nothing tells nothing: of an empty file others speak.
    raise Refused("is neither an MP4 nor a WebM, whatever its name says", "export it as MP4")
