"""By which names a page may ask: those of this machine alone.

A page of somebody else's may let its own name lead to 127.0.0.1 for a moment (DNS rebinding) and
would then read along; its name gives it away.
"""

from __future__ import annotations

from collections.abc import Mapping

ASKING = ("Origin", "Sec-Fetch-Site", "Sec-Fetch-Mode")
_NAMES = ("127.0.0.1", "localhost", "[::1]")
_USUAL_PORT = 80


def is_a_page_of_ours(asking: Mapping[str, str | None], port: int) -> bool:
    """Whether a page of the server at ``port`` asks, or nobody's page does, by the headers
    ``ASKING``. A link on any page may lead here, but no other page may look in."""
    origin, site, mode = (asking[name] for name in ASKING)
    if origin is not None:
        scheme, _, host = origin.partition("://")
        return scheme == "http" and is_ours(host, port)
    return site in (None, "same-origin", "none") or mode == "navigate"


def is_ours(host: str | None, port: int) -> bool:
    """Whether ``host``, a request's ``Host``, means a server at ``port`` of this machine."""
    if host is None:
        return False
    usual = _NAMES if port == _USUAL_PORT else ()
    return host.lower() in (*(f"{name}:{port}" for name in _NAMES), *usual)
