"""Bodies: parts lie where they are laid, over what was there, on both sides alike."""

from __future__ import annotations

import numpy as np

from dreamfolio.dream.pocket.drawing.bodies import Body, oval
from dreamfolio.dream.pocket.drawing.canvas import grid

SIZE = 80


def at(field: np.ndarray, x: float, y: float) -> float:
    """The value of ``field`` at a place in widths of the canvas."""
    return float(field[int((y + 0.5) * SIZE), int((x + 0.5) * SIZE)])


def test_an_oval_has_its_outline_at_its_half_axes() -> None:
    x, y = grid(SIZE)
    out = oval(x, y, (0.1, 0.0), 0.3, 0.15, turn=np.pi / 2)
    assert at(out, 0.1, 0.0) < 0.1
    assert abs(at(out, 0.1, 0.3) - 1) < 0.1
    assert abs(at(out, 0.25, 0.0) - 1) < 0.1


def test_a_later_part_hides_an_earlier_one_and_a_fused_one_only_where_it_is_higher() -> None:
    body = Body(*grid(SIZE))
    body.oval((0, 0), 0.4, 0.4, 0.8, base=0.5, rim=0)
    body.oval((0, 0), 0.1, 0.1, 0.2, base=0.0, lift=0.3, rim=0, fused=True)
    assert at(body.tone, 0, 0) > 0.75
    body.oval((0, 0), 0.1, 0.1, 0.2, base=0.0, lift=0.3, rim=0)
    assert at(body.tone, 0, 0) < 0.25
    assert at(body.height, 0, 0) < at(body.height, 0.2, 0)


def test_both_sides_are_alike_and_the_rest_stays_bare() -> None:
    body = Body(*grid(SIZE))
    body.limb(((0.2, -0.2), (0.3, 0.2)), 0.05, 0.05, 0.6, both=True)
    body.eye((0.2, -0.3), 0.08)
    cover = body.relief().cover
    assert cover is not None
    assert np.allclose(cover, cover[:, ::-1], atol=0.02)
    assert at(cover, 0.25, 0.0) == 1
    assert at(cover, 0, 0) == 0


def test_an_eye_has_a_dark_pupil_in_a_light_iris_and_a_highlight() -> None:
    body = Body(*grid(SIZE))
    body.eye((0.0, 0.0), 0.3, both=False, iris=0.8)
    assert at(body.tone, 0.06, 0.08) < 0.1
    assert at(body.tone, 0.22, 0.0) > 0.5
    assert at(body.tone, -0.075, -0.09) > 0.9
