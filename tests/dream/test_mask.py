"""Where the dream shows."""

import numpy as np
import pytest

from dreamfolio.dream.mask import blend, dream_mask


def scene(background: int = 0, noise: int = 0, size: tuple[int, int] = (270, 480)) -> np.ndarray:
    """A disc, half of it nearly as dark as its background, before a plain background."""
    rng = np.random.default_rng(0)
    pixels = np.full((*size, 3), background, float)
    y, x = np.indices(size)
    disc = (y - size[0] / 2) ** 2 + (x - size[1] / 2) ** 2 < (size[0] / 3) ** 2
    pixels[disc] = (background + 8, background + 12, background + 30)
    pixels[disc & (x > size[1] / 2)] = (220, 180, 90)
    pixels += rng.integers(0, noise + 1, pixels.shape)
    return np.clip(pixels, 0, 255).astype(np.uint8)


DISC = (scene(0) > 0).any(axis=-1)


@pytest.mark.parametrize(("background", "noise"), [(0, 0), (0, 2), (60, 3)])
def test_the_subject_is_in_and_the_background_is_out(background: int, noise: int) -> None:
    mask = dream_mask(scene(background, noise), "subject")
    assert mask.dtype == np.float32
    assert mask.shape == (270, 480)
    assert mask[~DISC].mean() < 0.01
    assert mask[DISC].mean() > 0.9
    assert mask[135, 200] == 1  # within the dark half


def test_a_graded_background_is_still_one() -> None:
    pixels = scene(20).astype(float)
    pixels[~DISC] += np.linspace(0, 60, 480)[None, :, None].repeat(270, axis=0)[~DISC]
    mask = dream_mask(pixels.astype(np.uint8), "subject")
    assert mask[~DISC].mean() < 0.02
    assert mask[135, 300] == 1


def test_the_background_that_one_sees_through_a_hole_is_out() -> None:
    pixels = scene()
    pixels[120:150, 280:310] = 0
    mask = dream_mask(pixels, "subject")
    assert mask[124:146, 284:306].max() == 0
    assert mask[100:110, 280:310].min() == 1


def test_a_crack_is_no_hole() -> None:
    pixels = scene()
    pixels[120:150, 280:284] = 0
    assert dream_mask(pixels, "subject")[135, 282] == 1


def test_a_subject_that_crosses_most_of_the_border_stands_before_the_rest() -> None:
    pixels = scene()
    rng = np.random.default_rng(0)
    pixels[:, :330] = rng.integers(40, 220, (270, 330, 3))
    mask = dream_mask(pixels, "subject")
    assert mask[:, :320].min() > 0.99
    assert mask[~DISC & (np.indices(DISC.shape)[1] > 340)].max() == 0


def test_a_subject_that_runs_out_of_the_picture_is_whole() -> None:
    cropped = scene()[: 135 + 60]
    mask = dream_mask(cropped, "subject")
    assert mask[-1, 240] == 1
    assert mask[0].max() == 0


def test_without_a_plain_background_the_dream_shows_everywhere() -> None:
    busy = np.random.default_rng(0).integers(0, 256, (270, 480, 3), dtype=np.uint8)
    busy = np.kron(busy[:27, :48], np.ones((10, 10, 1), np.uint8))
    assert dream_mask(busy, "subject").mean() > 0.9
    assert (dream_mask(np.zeros((50, 50, 3), np.uint8), "subject") == 1).all()


def test_a_cut_out_subject_is_taken_as_it_was_cut() -> None:
    alpha = np.zeros((270, 480, 1), np.uint8)
    alpha[:100] = 128
    mask = dream_mask(np.concatenate([scene(), alpha], axis=-1), "subject")
    assert mask[50, 50] == pytest.approx(128 / 255)
    assert mask[200, 200] == 0
    solid = np.concatenate([scene(), np.full_like(alpha, 255)], axis=-1)
    assert (dream_mask(solid, "subject") == dream_mask(scene(), "subject")).all()
    assert (dream_mask(solid, "alpha") == 1).all()


@pytest.mark.parametrize("size", [(1, 1), (1, 9), (2, 2), (3, 700)])
def test_tiny_pictures_have_a_mask(size: tuple[int, int]) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (*size, 3), dtype=np.uint8)
    mask = dream_mask(pixels, "subject")
    assert mask.shape == size
    assert ((mask >= 0) & (mask <= 1)).all()


def test_where_the_mask_is_nothing_the_bytes_are_the_sources() -> None:
    rng = np.random.default_rng(0)
    source, dreamed = rng.integers(0, 256, (2, 32, 32, 3), dtype=np.uint8)
    mask = np.zeros((32, 32), np.float32)
    mask[:, 16:] = 1
    blended = blend(source, dreamed, mask, 1.0)
    assert (blended[:, :16] == source[:, :16]).all()
    assert (blended[:, 16:] == dreamed[:, 16:]).all()


def test_a_dark_part_within_the_subject_belongs_to_it() -> None:
    y, x = np.indices((270, 480))
    shade = np.clip((np.hypot(y - 135, x - 290) - 15) / 25, 0, 1)
    pixels = (scene() * shade[..., None]).astype(np.uint8)  # to black, and softly
    pixels[134:136, 290:480] = 0  # which a crack leads to
    mask = dream_mask(pixels, "subject")
    assert mask[122:148, 278:302].min() > 0.99
    assert mask[~DISC].mean() < 0.01
