"""Paths as a manifest may write them."""

from __future__ import annotations

from pathlib import PureWindowsPath
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from dreamfolio.content.one_line import quoted

LONGEST = 1024


def is_plain(name: str) -> bool:
    """Whether ``name`` goes down from a folder on every system: without a drive, a root, or a way
    up, and no longer than paths are."""
    if not 0 < len(name) <= LONGEST:
        return False
    path = PureWindowsPath(name)
    return not path.anchor and ".." not in path.parts


def _on_this_machine(path: str) -> str:
    # To ask another machine for it, \\machine\share, tells that one who asks.
    if path[:2].replace("\\", "/") == "//":
        raise PydanticCustomError(
            "form",
            "{path} is on another machine; name a file or a folder of this one",
            {"path": quoted(path)},
        )
    return path


# Control characters are refused here, since no file system call would say which file is meant.
PathText = Annotated[
    str,
    Field(min_length=1, max_length=LONGEST, pattern=r"^[^\x00-\x1f]+$"),
    AfterValidator(_on_this_machine),
]


def _one_place(url: str) -> str:
    # fsspec opens what such a chain names by one another: archives, lists of other addresses.
    if "::" in url:
        raise PydanticCustomError(
            "form",
            "{url} leads through one address to another; name a folder, or one address",
            {"url": quoted(url)},
        )
    return url


PlaceText = Annotated[PathText, AfterValidator(_one_place)]
"""A folder, or an address that fsspec opens."""
