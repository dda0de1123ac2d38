"""A date as precise as an artist knows it: a day, a month or a year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

PATTERN = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
"""How one is written: ``2021``, ``2021-08`` or ``2021-08-22``."""


@dataclass(frozen=True, slots=True)
class Day:
    """``iso`` is the date as written; ``begins`` its first moment, or that of a render by the clock
    of the artist's machine, of which no time zone is known."""

    iso: str
    begins: datetime

    @classmethod
    def of(cls, moment: datetime) -> Day:
        """The day of ``moment``."""
        return cls(moment.date().isoformat(), moment)

    @classmethod
    def parse(cls, text: str) -> Day:
        """Raises ``ValueError`` for what is no date of the calendar."""
        if not re.fullmatch(PATTERN, text):
            raise ValueError(f"{text!r} is no date")
        year, month, day = (*map(int, text.split("-")), 1, 1)[:3]
        return cls(text, datetime(year, month, day))
