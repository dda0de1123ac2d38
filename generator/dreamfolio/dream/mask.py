"""Where the dream shows: everywhere, on the subject, or where the picture's alpha is."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from dreamfolio.dream.beside import MASKS

# The long side, in pixels, that a subject is looked for at: its outline is smooth, pixels are not.
_SIDE = 512

# How far a channel may stray from the background, in levels of 255, shrunk as it is. The unlit
# side of a subject on black is but two levels brighter; a noisy sky may reach the second.
_LEAST_TOLERANCE = 1.5
_GREATEST_TOLERANCE = 14.0


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
            return alpha if np.ptp(alpha) > 0 else _before_plain_background(pixels[..., :3])
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


def _before_plain_background(rgb: NDArray[np.uint8]) -> NDArray[np.float32]:
    """The subject of a render: all that a flood of background from the border does not reach.

    Where there is no plain background, or nothing before it, the dream shows everywhere.
    """
    height, width = rgb.shape[:2]
    ratio = min(1.0, _SIDE / max(height, width))
    size = max(1, round(width * ratio)), max(1, round(height * ratio))
    small = np.asarray(Image.fromarray(rgb).resize(size, Image.Resampling.BOX), np.float32)
    background = _flood_from_border(_like_border(small))
    # What the cleaning closed off from the border is a dark part of the subject.
    subject = ~_flood_from_border(~_clean(~background))
    if background.mean() < 0.02 or not subject.any():
        return np.ones((height, width), np.float32)
    feathered = Image.fromarray(_feather(subject)).resize((width, height), Image.Resampling.BICUBIC)
    mask: NDArray[np.float32] = np.clip(np.asarray(feathered), 0, 1)
    return mask


def _like_border(small: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Which pixels have the colour that the border has there: a plane fitted to each channel
    follows a background that is graded."""
    height, width = small.shape[:2]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    plane = np.stack([np.ones_like(x), x / max(1, width - 1), y / max(1, height - 1)], axis=-1)
    edge = np.zeros((height, width), bool)
    edge[[0, -1], :] = edge[:, [0, -1]] = True
    at, colours = plane[edge], small[edge]
    # A subject that runs out of the picture crosses the border: begin with the commonest colour
    # and take in what the fit explains.
    tolerance = _GREATEST_TOLERANCE
    near = np.abs(colours - np.median(colours, axis=0)).max(axis=1) <= tolerance
    fit = np.zeros((3, small.shape[2]), np.float32)
    for _ in range(4):
        fit, *_ = np.linalg.lstsq(at[near], colours[near], rcond=None)
        astray = np.abs(colours - at @ fit).max(axis=1)
        near = astray <= _GREATEST_TOLERANCE
        if np.count_nonzero(near) < 3:
            return np.zeros((height, width), bool)
        noise = float(np.median(astray[near]))
        tolerance = min(max(4 * noise, _LEAST_TOLERANCE), _GREATEST_TOLERANCE)
        near = astray <= tolerance
    alike: NDArray[np.bool_] = np.abs(small - plane @ fit).max(axis=-1) <= tolerance
    return alike


def _flood_from_border(open_to: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """What of ``open_to`` hangs together with the border, step by step along rows and columns."""
    reached = np.zeros_like(open_to)
    reached[[0, -1], :], reached[:, [0, -1]] = open_to[[0, -1], :], open_to[:, [0, -1]]
    while True:
        before = np.count_nonzero(reached)
        for turned, ground in ((reached, open_to), (reached.T, open_to.T)):
            _run_along_rows(turned, ground)
        if np.count_nonzero(reached) == before:
            return reached


def _run_along_rows(reached: NDArray[np.bool_], ground: NDArray[np.bool_]) -> None:
    """Let what is reached fill, in place, the whole unbroken stretch of its row."""
    height, width = ground.shape
    starts = np.ones((height, width), bool)
    starts[:, 1:] = ground[:, 1:] != ground[:, :-1]
    stretch = np.cumsum(starts.ravel()).reshape(height, width)
    hit = np.zeros(stretch[-1, -1] + 1, bool)
    hit[stretch[reached]] = True
    reached |= hit[stretch] & ground


def _clean(subject: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Without specks, and with the gaps closed that dark parts leave in a dark background."""
    image = Image.fromarray(subject.astype(np.uint8) * 255)
    image = image.filter(ImageFilter.MinFilter(3)).filter(ImageFilter.MaxFilter(3))
    image = image.filter(ImageFilter.MaxFilter(7)).filter(ImageFilter.MinFilter(7))
    return np.asarray(image) > 0


def _feather(subject: NDArray[np.bool_]) -> NDArray[np.float32]:
    """A soft edge that lies within the subject, so that the background stays as it is."""
    image = Image.fromarray(subject.astype(np.uint8) * 255)
    soft = np.asarray(image.filter(ImageFilter.GaussianBlur(3)), np.float32) / np.float32(255)
    inside: NDArray[np.float32] = np.clip(2 * soft - 1, 0, 1)
    return inside
