"""From what a browser asks for to a file of the site, and to no other file."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote_to_bytes

INDEX = "index.html"


@dataclass(frozen=True, slots=True)
class Found:
    """The ``file`` asked for; or, for a folder asked for without its slash, the path (encoded)
    that it is known by; or neither, where there is none that anybody may see."""

    file: Path | None = None
    moved_to: str | None = None


NOTHING = Found()


def path_of(target: str) -> str | None:
    """The decoded path of a request's target, from ``/`` on and without its query; ``None`` for
    what is no path at all."""
    if not target.startswith("/"):
        return None
    path = os.fsdecode(unquote_to_bytes(target.partition("?")[0].partition("#")[0]))
    return None if "\x00" in path or "\\" in path else path


def find(site: Path, path: str) -> Found:
    """What stands at ``path``, as ``path_of`` gave it, of the site in the folder ``site``.

    Nothing outside of ``site``, whether it is asked for by dots or lies behind a link, and nothing
    hidden.
    """
    parts = [part for part in path.split("/") if part]
    if any(part.startswith(".") for part in parts):
        return NOTHING
    try:
        root = site.resolve(strict=True)
        file = site.joinpath(*parts).resolve(strict=True)
        if not file.is_relative_to(root):
            return NOTHING
        if file.is_dir():
            if not path.endswith("/"):
                return Found(moved_to=quote(os.fsencode("/" + "/".join(parts) + "/")))
            return find(site, f"{path}{INDEX}")
        # A device, or a pipe that nobody writes to, is no page.
        if file.is_file() and not path.endswith("/"):
            return Found(file)
    except (OSError, ValueError, RuntimeError):  # Not there; no name of a file; links in a circle.
        pass
    return NOTHING
