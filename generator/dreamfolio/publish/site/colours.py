"""Colours that can be read: the contrast of two, and the nearest of a hue that has enough."""

from __future__ import annotations

import colorsys

from dreamfolio.content.theme_forms import Colour

READABLE = 4.5
"""The least contrast of text, by WCAG 2.2, success criterion 1.4.3 (AA)."""

_STEPS = 1000


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours ``#rrggbb`` by WCAG 2.2: from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def readable(colour: Colour, ground: Colour) -> Colour:
    """``colour``, darkened or lightened in its hue just as far as it takes to be read as text on
    either ``ground``; what can be read already is left as it is."""
    return Colour(_readable_on(ground.light, colour.light), _readable_on(ground.dark, colour.dark))


def _readable_on(ground: str, colour: str) -> str:
    hue, lightness, saturation = colorsys.rgb_to_hls(*(part / 255 for part in _parts(colour)))
    end = 0.0 if contrast(ground, "#000000") > contrast(ground, "#ffffff") else 1.0
    for step in range(_STEPS):
        if contrast(ground, colour) >= READABLE:
            break
        share = (step + 1) / _STEPS
        rgb = colorsys.hls_to_rgb(hue, lightness + share * (end - lightness), saturation)
        colour = "#" + "".join(f"{round(255 * part):02x}" for part in rgb)
    return colour


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (part / 255 for part in _parts(colour))
    ]
    return sum(w * part for w, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
