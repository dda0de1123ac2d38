"""Pictures that a recipe names besides the source: a mask, a guide.

They are named by their path from the folder of the source, ``masks/hand.png``. What is in them
shapes the dream and their names do not: once a picture has been looked at, its name is followed by
``@`` and the digest of its pixels.
"""

from __future__ import annotations

import re
from typing import Any

from pydantic_core import PydanticCustomError

MASKS = ("none", "subject", "alpha")
"""What a mask may be, beside a picture."""

_DIGEST = re.compile(r"@([0-9a-f]{64})$")
_PICTURE = re.compile(r"[^\x00-\x1f]*\.[A-Za-z]+(@[0-9a-f]{64})?")
PICTURE_SCHEMA: dict[str, Any] = {"type": "string", "pattern": r"\.[A-Za-z]+$"}
MASK_SCHEMA: dict[str, Any] = {"anyOf": [{"enum": list(MASKS)}, PICTURE_SCHEMA]}


def as_mask(value: str) -> str:
    """``value`` if it can be a mask; raises pydantic's error."""
    words = ", ".join(f"'{word}'" for word in MASKS)
    return value if value in MASKS else _as_picture(value, f"{words} or the name of a picture")


def as_picture(value: str) -> str:
    """``value`` if it can name a picture; raises pydantic's error."""
    return _as_picture(value, "the name of a picture")


def _as_picture(value: str, wanted: str) -> str:
    if not _PICTURE.fullmatch(value):
        raise PydanticCustomError(
            "literal_error", "input should be {wanted} with its suffix", {"wanted": wanted}
        )
    return value


def name_of(value: str) -> str | None:
    """The picture that a recipe's value names; None where it is a mask's word."""
    return None if value in MASKS else _DIGEST.sub("", value)


def seen(name: str, digest: str) -> str:
    """The name of a picture whose pixels' digest, in hex, is known."""
    return f"{name}@{digest}"


def content_of(value: Any) -> Any:
    """What of a canonical recipe's value shapes pixels: of a picture its digest alone."""
    found = _DIGEST.search(value) if isinstance(value, str) else None
    return f"pixels {found[1]}" if found else value


def briefly(value: Any) -> str:
    """A canonical recipe's value in few signs: a picture by its name and a bit of its digest."""
    return _DIGEST.sub(lambda found: f" ({found[1][:8]})", str(value))
