"""Where the dream shows: everywhere, on the subject, or where the picture's alpha is."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dreamfolio.dream.beside import MASKS
from dreamfolio.dream.subject import before_plain_background


def dream_mask(
    pixels: NDArray[np.uint8], mask: str, picture: NDArray[np.uint8] | None = None
) -> NDArray[np.float32]:
    """How much of the dream shows at each pixel of (height, width, 3 or 4): (height, width) in
    [0, 1].

    ``mask`` is as in a recipe; where it names a picture that is ``picture``, (height, width, 3 or
    4) of any size.
    """
    if picture is not None and mask not in MASKS:
        return _painted(picture, *pixels.shape[:2])
    match mask:
        case "none":
            return np.ones(pixels.shape[:2], np.float32)
        case "alpha":
            return _alpha(pixels)
        case "subject":
            # Where an artist has cut the subject out, nothing needs to be guessed.
            alpha = _alpha(pixels)
            return alpha if np.ptp(alpha) > 0 else before_plain_background(pixels[..., :3])
    raise ValueError(f"the mask {mask!r} was not given")


def blend(
    source: NDArray[np.uint8],
    dreamed: NDArray[np.uint8],
    mask: NDArray[np.float32],
    strength: float,
) -> NDArray[np.uint8]:
    """``source`` + ``mask`` × ``strength`` × (``dreamed`` - ``source``), in bytes.

    Where the mask is 0 the source's bytes come through as they are.
    """
    start = source.astype(np.float32)
    share = (mask * np.float32(strength))[..., None]
    return np.rint(start + share * (dreamed - start)).astype(np.uint8)


def _painted(picture: NDArray[np.uint8], height: int, width: int) -> NDArray[np.float32]:
    """How light a picture is, and less so where it is clear, at another size.

    What is quite black or white stays so but for its edges: no filter overshoots here.
    """
    light = np.asarray(Image.fromarray(np.ascontiguousarray(picture[..., :3])).convert("L"))
    share = light.astype(np.float32) / np.float32(255) * _alpha(picture)
    resized = Image.fromarray(share).resize((width, height), Image.Resampling.BILINEAR)
    mask: NDArray[np.float32] = np.clip(np.asarray(resized), 0, 1)
    return mask


def _alpha(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    if pixels.shape[2] < 4:
        return np.ones(pixels.shape[:2], np.float32)
    return pixels[..., 3].astype(np.float32) / np.float32(255)
