"""What Blender wrote into a render of what it took to make it.

Blender stamps a PNG with text chunks, the path of the scene on the artist's disk among them.
Only what is a date, a number or a duration is taken over, and nothing else is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from dreamfolio.pictures.decode import header

_DATE = "%Y/%m/%d %H:%M:%S"
_DURATION = re.compile(r"(?:(\d+):)?(\d+):(\d\d(?:\.\d+)?)")
_SAMPLES = re.compile(r"cycles\..*\.samples")


@dataclass(frozen=True, slots=True)
class RenderFacts:
    """When a render was made, by the clock of the artist's machine; the samples a pixel was given;
    and how long it took, in seconds. None for what is not told."""

    made: datetime | None = None
    samples: int | None = None
    seconds: int | None = None


def render_facts(path: Path) -> RenderFacts:
    """What the picture at ``path`` says of its rendering, read from its header alone; nothing
    where it is no render of Blender's. Raises ``PictureError``."""
    told = {name: text for name, text in header(path).items() if isinstance(text, str)}
    return RenderFacts(_made(told.get("Date", "")), _samples(told), _seconds(told))


def _made(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, _DATE)
    except ValueError:
        return None


def _samples(told: Mapping[str, str]) -> int | None:
    """Of the view layer with the most: a scene may have several."""
    counts = [text for name, text in told.items() if _SAMPLES.fullmatch(name)]
    return max((int(text) for text in counts if re.fullmatch(r"[0-9]{1,9}", text)), default=None)


def _seconds(told: Mapping[str, str]) -> int | None:
    found = _DURATION.fullmatch(told.get("RenderTime", ""))
    if not found:
        return None
    hours, minutes, seconds = found.groups()
    return round(int(hours or 0) * 3600 + int(minutes) * 60 + float(seconds))
