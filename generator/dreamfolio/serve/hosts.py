"""By which names a page may ask: those of this machine alone.

A page of somebody else's may let its own name lead to 127.0.0.1 for a moment (DNS rebinding) and
would then read along; its name gives it away.
"""

from __future__ import annotations

_NAMES = ("127.0.0.1", "localhost", "[::1]")
_USUAL_PORT = 80


def is_ours(host: str | None, port: int) -> bool:
    """Whether ``host``, a request's ``Host``, means a server at ``port`` of this machine."""
    if host is None:
        return False
    usual = _NAMES if port == _USUAL_PORT else ()
    return host.lower() in (*(f"{name}:{port}" for name in _NAMES), *usual)
