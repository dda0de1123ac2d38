"""Short videos: which files are taken for one, and the first frame of each (by PyAV)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dreamfolio.pictures.animation_names import is_animation
from dreamfolio.pictures.refused import Refused

if TYPE_CHECKING:
    from PIL import Image

TYPES = {".mp4": "video/mp4", ".webm": "video/webm"}
"""The media type of each suffix, in lower case, of the files taken for videos."""

POSTER = ".poster"
"""What the stem of the picture that stands for a video has after the video's own."""


def is_video(path: Path) -> bool:
    """Whether ``path`` is named like a video. Hidden files are none, nor are the animations beside
    dreams."""
    return is_video_name(path.name)


def is_video_name(name: str) -> bool:
    """Whether a file of this name, without its folder, is taken for a video."""
    named = name[name.rfind(".") :].lower() in TYPES and not name.startswith(".")
    return named and not is_animation(name)


def first_frame(path: Path) -> Image.Image:
    """The first frame of the video at ``path``, mode RGB. Raises ``Refused`` where PyAV is not
    installed or can read no frame, ``OSError`` where the file cannot be read."""
    try:
        import av
    except ImportError as error:
        raise Refused(
            "is a video without a picture to stand for it",
            f"put {path.stem}{POSTER}.png beside it, or pip install 'dreamfolio[video]' to have "
            "its first frame taken",
        ) from error
    with path.open("rb") as file:
        try:
            with av.open(file, metadata_errors="ignore") as container:
                frame = next(container.decode(video=0))
                image: Image.Image = frame.to_image()
                # Held upright, telephones film lying down and note how to turn it.
                return image.rotate(frame.rotation, expand=True)
        except Exception as error:
            # FFmpeg's errors are of many kinds, and a file without a stream or a frame is another.
            raise Refused(
                "is a video of which no frame can be read",
                f"export it again, or put {path.stem}{POSTER}.png beside it",
            ) from error
