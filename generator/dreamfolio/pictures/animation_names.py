"""What the files of animations are called."""

from __future__ import annotations

SUFFIX = ".anim.webp"
"""What the name of an animation ends in, which no other picture's may."""

MOVIE = ".anim.mp4"
"""What the name of the same as an MP4 ends in, which no other video's may."""

MOVIE_SUFFIX = ".mp4"
"""What tells the MP4 from the animation under the same key."""


def is_animation(name: str) -> bool:
    """Whether a file is named like an animation of a dream, or like its MP4."""
    return name.lower().endswith((SUFFIX, MOVIE))


def movie_of(name: str) -> str:
    """The MP4 that lies beside the animation ``name``."""
    return f"{name.removesuffix(SUFFIX)}{MOVIE}"
