"""The weights in the box: folded without a change, written the same every time, read with care."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from dreamfolio.dream.pocket import weights
from dreamfolio.dream.pocket.architecture import STRIDE, build, convolutions
from dreamfolio.errors import NetworkError

keras = pytest.importorskip("keras")


@pytest.fixture(scope="module")
def trained() -> keras.Model:
    """A network whose normalisations have something to fold."""
    network = build(5, normalised=True)
    rng = np.random.default_rng(1)
    for one in convolutions():
        norm = network.get_layer(f"{one.name}_norm")
        gamma, beta, mean, variance = norm.get_weights()
        norm.set_weights(
            [
                gamma * rng.uniform(0.5, 1.5, gamma.shape),
                beta + rng.normal(0, 0.1, beta.shape),
                mean + rng.normal(0, 0.1, mean.shape),
                variance * rng.uniform(0.5, 2, variance.shape),
            ]
        )
    return network


def test_folding_changes_nothing_but_the_speed(trained: keras.Model, tmp_path: Path) -> None:
    weights.save(weights.folded(trained), tmp_path / "w.npz")
    shipped = weights.load(tmp_path / "w.npz")
    picture = np.random.default_rng(2).uniform(-1, 1, (1, 48, 64, 3)).astype("float32")
    before = np.asarray(trained(picture, training=False))
    before = before - before.mean(-1, keepdims=True)
    after = np.asarray(shipped(picture))
    assert before.shape == (1, 48 // STRIDE, 64 // STRIDE, 5)
    assert np.abs(before - after).max() < 0.01 * np.abs(before).max()
    assert not [layer for layer in shipped.layers if "norm" in layer.name]


def test_the_same_weights_are_the_same_bytes(trained: keras.Model, tmp_path: Path) -> None:
    for name in ("one.npz", "two.npz"):
        weights.save(weights.folded(trained), tmp_path / name)
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()


@pytest.mark.parametrize("damage", ["cut", "empty", "gone", "foreign"])
def test_damaged_weights_are_told(trained: keras.Model, tmp_path: Path, damage: str) -> None:
    file = tmp_path / "w.npz"
    weights.save(weights.folded(trained), file)
    whole = file.read_bytes()
    match damage:
        case "cut":
            file.write_bytes(whole[: len(whole) // 2])
        case "empty":
            file.write_bytes(b"")
        case "gone":
            file.unlink()
        case "foreign":
            np.savez(file, a=np.zeros(3))
    with pytest.raises(NetworkError, match="install dreamfolio again") as told:
        weights.load(file)
    assert told.value.place is not None
    assert told.value.place.file == file


def test_weights_of_other_motifs_are_refused(trained: keras.Model, tmp_path: Path) -> None:
    weights.save(weights.folded(trained), tmp_path / "w.npz")
    with pytest.raises(NetworkError, match="5 motifs and not 6"):
        weights.load(tmp_path / "w.npz", 6)


def test_a_receptive_field_is_what_a_position_sees() -> None:
    network = build(3, normalised=True, head=False)
    for name, field in {one.name: one.field for one in convolutions()}.items():
        if field > 60:
            continue
        part = keras.Model(network.inputs, network.get_layer(name).output)
        flat = np.zeros((1, 128, 128, 3), "float32")
        seen = set()
        middle = np.asarray(part(flat)).shape[1] // 2
        for x in range(20, 108):
            touched = flat.copy()
            touched[0, :, x] = 5.0
            if not np.allclose(part(touched)[0, middle, middle], part(flat)[0, middle, middle]):
                seen.add(x)
        assert max(seen) - min(seen) + 1 == field
