"""Where a cluster is said to be, and whether anything answers there."""

from __future__ import annotations

import re
import socket

from dreamfolio.errors import UsageError, reason

START = "start one: ray start --head"

_FORMS = "auto, local, HOST:PORT or ray://HOST:10001"
_FORM = re.compile(r"(?:ray://)?(?P<host>[^\s:/]+|\[[0-9A-Fa-f:]+\]):(?P<port>\d{1,5})")
_SECONDS = 10.0


def checked(address: str) -> str:
    """``address`` as it was written; raises ``UsageError`` where it is none, or nothing listens
    there. Ray itself would wait for minutes."""
    if address in ("auto", "local"):
        return address
    form = re.fullmatch(
        r"(?:ray://)?(?P<host>[^\s:/]+|\[[0-9A-Fa-f:]+\]):(?P<port>\d{1,5})", address
    )
    if form is None or not 0 < int(form["port"]) < 65536:
        raise UsageError(f'"{address}" is no address of a cluster', mend=f"it is {_FORMS}")
    try:
        with socket.create_connection((form["host"].strip("[]"), int(form["port"])), _SECONDS):
            return address
    except OSError as error:
        raise unreachable(address, reason(error)) from None


def unreachable(address: str, why: str, *, asks: bool = False) -> UsageError:
    """What to say where no cluster is to be had; ``asks`` says that it may ask for a token."""
    where = "look at the address and at the cluster's token" if asks else "look at the address"
    return UsageError(f"no cluster answers at {address} ({why})", mend=f"{where}, or {START}")
