"""The mark that a portfolio asks for on its published pictures, ready to be laid over them."""

from __future__ import annotations

import errno
import json
import stat
from dataclasses import dataclass
from pathlib import Path

from dreamfolio.content.layout import PORTFOLIO
from dreamfolio.content.objects import Portfolio
from dreamfolio.errors import ContentError, PictureError, Place, reason
from dreamfolio.files import sha256, sha256_of_file
from dreamfolio.pictures.watermark import MARKING, Mark, check


@dataclass(frozen=True, slots=True)
class Marking:
    """``mark`` goes over pictures from ``smallest`` pixels of width."""

    mark: Mark
    smallest: int

    def of(self, width: int) -> Mark | None:
        """The mark for a picture of that width."""
        return self.mark if width >= self.smallest else None


def marking(portfolio: Portfolio) -> Marking | None:
    """What ``portfolio`` asks for. Raises ``ContentError`` where it cannot be had: a site without
    the mark that was asked for would be published for all to copy."""
    asked = portfolio.site.watermark
    if asked is None:
        return None
    file, font = (portfolio.root / name if name else None for name in (asked.file, asked.font))
    looks = [asked.text, asked.position, asked.opacity, asked.size]
    try:
        looks += [_digest(file), _digest(font)]
        key = sha256(json.dumps([MARKING, *looks]).encode())
        mark = Mark(asked.text, file, font, asked.position, asked.opacity, asked.size, key)
        check(mark)
    except PictureError as error:
        place = error.place or Place(portfolio.root / PORTFOLIO)
        raise ContentError(error.message, place=place, mend=error.mend) from error
    except OSError as error:
        place = Place(Path(error.filename or portfolio.root / PORTFOLIO))
        raise ContentError(
            f"the watermark cannot be read ({reason(error)})",
            place=place,
            mend="put it there, or mend watermark: in portfolio.yaml",
        ) from error
    return Marking(mark, asked.smallest)


def _digest(path: Path | None) -> str | None:
    if path is None:
        return None
    # Of a pipe, a read waits for somebody to write; of a device, it may have no end.
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError(errno.EINVAL, "it is no file", str(path))
    return sha256_of_file(path)
