"""How a language counts: which of a text's forms goes with a number.

A rule is what translations by gettext have as ``plural=``, an expression in C with ``n`` in it:
https://www.gnu.org/software/gettext/manual/html_node/Plural-forms.html
"""

from __future__ import annotations

import functools
import gettext
from collections.abc import Callable
from dataclasses import dataclass

LIKE_ENGLISH = "n != 1"
# Rules go by small numbers, and by the last two digits of larger ones.
_TOLD_APART = range(300)


@dataclass(frozen=True, slots=True)
class Counted:
    """A text in several ``forms``, and the ``rule`` that gives the place of the one for ``n``."""

    rule: str
    forms: tuple[str, ...]

    def of(self, n: object) -> str:
        """The form for ``n``; the last one where that is no number."""
        last = len(self.forms) - 1
        return self.forms[min(_compiled(self.rule)(n), last) if isinstance(n, int) else last]


def form_count(rule: str) -> int:
    """How many forms ``rule`` tells apart. Raises ``ValueError`` where it is none."""
    try:
        return 1 + max(map(_compiled(rule), _TOLD_APART))
    except ZeroDivisionError as error:
        raise ValueError(str(error)) from error


@functools.cache
def _compiled(rule: str) -> Callable[[int], int]:
    return gettext.c2py(rule)
