"""The subject of a render, found before a plain background."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

# The long side, in pixels, that a subject is looked for at: its outline is smooth, pixels are not.
_SIDE = 512

# How far a channel may stray from the background, in levels of 255, shrunk as it is. The unlit
# side of a subject on black is but two levels brighter; a noisy sky may reach the second.
_LEAST_TOLERANCE = 1.5
_GREATEST_TOLERANCE = 14.0

# How wide a hole in the subject must be for one to see the background through it, how far beyond it
# its rim reaches, both in such pixels, and how many levels brighter than it that is.
_HOLE = 9
_RIM = 5
_SHARP = 24.0


def before_plain_background(rgb: NDArray[np.uint8]) -> NDArray[np.float32]:
    """How much of each pixel of ``rgb``, (height, width, 3), is the subject of a render: (height,
    width) in [0, 1].

    That is all which a flood of background from the border does not reach, less what one sees
    through. Where there is no plain background, or nothing before it, it is everything.
    """
    height, width = rgb.shape[:2]
    ratio = min(1.0, _SIDE / max(height, width))
    size = max(1, round(width * ratio)), max(1, round(height * ratio))
    small = np.asarray(Image.fromarray(rgb).resize(size, Image.Resampling.BOX), np.float32)
    astray, tolerance = _from_background(small)
    background = _flood_from_border(astray <= tolerance)
    # What the cleaning closed off from the border is a dark part of the subject.
    subject = ~_flood_from_border(~_clean(~background)) & ~_holes(astray)
    if background.mean() < 0.02 or not subject.any():
        return np.ones((height, width), np.float32)
    feathered = Image.fromarray(_feather(subject)).resize((width, height), Image.Resampling.BICUBIC)
    mask: NDArray[np.float32] = np.clip(np.asarray(feathered), 0, 1)
    return mask


def _from_background(small: NDArray[np.float32]) -> tuple[NDArray[np.float32], float]:
    """How far each pixel is from the colour that the background has there, in levels, and how far
    background strays itself: a plane fitted to each channel follows one that is graded."""
    height, width = small.shape[:2]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    plane = np.stack([np.ones_like(x), x / max(1, width - 1), y / max(1, height - 1)], axis=-1)
    edge = np.zeros((height, width), bool)
    edge[[0, -1], :] = edge[:, [0, -1]] = True
    at, colours = plane[edge], small[edge]
    # A subject that runs out of the picture crosses the border: begin with the commonest colour
    # and take in what the fit explains.
    tolerance = _GREATEST_TOLERANCE
    near = np.abs(colours - _commonest(colours)).max(axis=1) <= tolerance
    fit = np.zeros((3, small.shape[2]), np.float32)
    for _ in range(4):
        fit, *_ = np.linalg.lstsq(at[near], colours[near], rcond=None)
        astray = np.abs(colours - at @ fit).max(axis=1)
        near = astray <= _GREATEST_TOLERANCE
        if np.count_nonzero(near) < 3:
            return np.full((height, width), np.inf, np.float32), 0.0
        noise = float(np.median(astray[near]))
        tolerance = min(max(4 * noise, _LEAST_TOLERANCE), _GREATEST_TOLERANCE)
        near = astray <= tolerance
    return np.abs(small - plane @ fit).max(axis=-1), tolerance


def _commonest(colours: NDArray[np.float32]) -> NDArray[np.float32]:
    """The colour that most of ``colours``, (n, channels), are about."""
    alike = (colours // (2 * _GREATEST_TOLERANCE)).astype(np.int32)
    _, group, counts = np.unique(alike, axis=0, return_inverse=True, return_counts=True)
    common: NDArray[np.float32] = np.median(colours[group == np.argmax(counts)], axis=0)
    return common


def _holes(astray: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Where one sees the background through the subject: wide stretches as plain as it, with a
    sharp rim. A dark part of the subject fades into the dark."""
    plain = Image.fromarray((astray <= _LEAST_TOLERANCE).astype(np.uint8) * 255)
    wide = plain.filter(ImageFilter.MinFilter(_HOLE)).filter(ImageFilter.MaxFilter(_HOLE))
    left = np.asarray(wide) > 0
    holes = np.zeros_like(left)
    while left.any():
        seed = np.zeros_like(left)
        seed[np.unravel_index(np.argmax(left), left.shape)] = True
        hole = _flood(seed, left)
        left &= ~hole
        image = Image.fromarray(hole.astype(np.uint8) * 255).filter(ImageFilter.MaxFilter(_RIM))
        rim = (np.asarray(image) > 0) & ~hole & (astray > _LEAST_TOLERANCE)
        if rim.any() and np.median(astray[rim]) > _SHARP:
            holes |= hole
    return holes


def _flood_from_border(ground: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """What of ``ground`` hangs together with the border."""
    border = np.zeros_like(ground)
    border[[0, -1], :] = border[:, [0, -1]] = True
    return _flood(border & ground, ground)


def _flood(seed: NDArray[np.bool_], ground: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """What of ``ground`` hangs together with ``seed``, step by step along rows and columns."""
    reached = seed.copy()
    while True:
        before = np.count_nonzero(reached)
        for turned, here in ((reached, ground), (reached.T, ground.T)):
            _run_along_rows(turned, here)
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
