"""Text in XML: escaped, and without the characters that no XML can hold."""

from __future__ import annotations

import re
from html import escape

# Control characters, lone surrogates and the two that are none.
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """``text`` for an element or a double-quoted attribute."""
    return escape(_UNFIT.sub("\ufffd", text), quote=False).replace('"', "&quot;")
