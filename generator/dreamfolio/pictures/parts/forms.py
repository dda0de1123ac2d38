"""The formats whose files can be taken apart, known by how a file begins."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from dreamfolio.pictures.parts import gif, jpeg, png, webp
from dreamfolio.pictures.parts.part import Damaged, Part

_MOST_METADATA = 10_000


@dataclass(frozen=True, slots=True)
class Form:
    """A format: ``divided`` takes a file apart, and raises ``Damaged`` while it does; ``joined``
    makes a file of some of them, by kind, and of an EXIF block where there is one."""

    name: str
    divided: Callable[[BinaryIO], Iterator[Part]]
    joined: Callable[[list[tuple[str, bytes]], bytes | None], bytes]

    def parts(self, file: BinaryIO) -> Iterator[Part]:
        """The parts of ``file``; raises ``Damaged``, also for more metadata than anything has."""
        count = 0
        for part in self.divided(file):
            count += part.metadata
            if count > _MOST_METADATA:
                raise Damaged(f"it has more than {_MOST_METADATA} pieces of metadata")
            yield part


def form_of(file: BinaryIO) -> Form | None:
    """The format of ``file``; None where it is another one than these."""
    file.seek(0)
    head = file.read(16)
    if head.startswith(png.MAGIC):
        return Form("PNG", png.parts, png.joined)
    if head.startswith(jpeg.MAGIC):
        return Form("JPEG", jpeg.parts, jpeg.joined)
    if head.startswith(gif.MAGIC):
        return Form("GIF", gif.parts, gif.joined)
    if webp.is_webp(head):
        return Form("WebP", webp.parts, webp.joined)
    return None
