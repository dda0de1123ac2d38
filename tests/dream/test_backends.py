"""Every backend that is installed dreams the same."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import helpers
from dreamfolio.dream.backend.choice import BACKENDS, is_installed
from helpers.on_a_backend import COLOURS, DREAM, GRADIENTS, STEPS, TOO_LARGE, save_networks

Made = Mapping[str, Any]
# On the CPU, since graphics cards shorten the factors of a product in float32.
CPU = {"CUDA_VISIBLE_DEVICES": "-1", "JAX_PLATFORMS": "cpu", "KERAS_TORCH_DEVICE": "cpu"}


@pytest.fixture(scope="module")
def made_on(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Made]:
    """What a backend makes, by its name; skips the test where it is not installed."""
    folder = tmp_path_factory.mktemp("networks")
    save_networks(folder)

    @cache
    def run(backend: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "helpers.on_a_backend", folder / f"{backend}.npz", folder],
            cwd=Path(helpers.__file__).parents[1],
            env={**os.environ, **CPU, "KERAS_BACKEND": backend},
            stderr=subprocess.PIPE,
            text=True,
        )

    def made(backend: str) -> Made:
        if not is_installed(backend):
            pytest.skip(f"{backend} is not installed")
        done = run(backend)
        assert done.returncode == 0, done.stderr
        with np.load(folder / f"{backend}.npz") as archive:
            return dict(archive)

    return made


@pytest.fixture(scope="module")
def reference(made_on: Callable[[str], Made]) -> Made:
    """What the first of those that are installed makes."""
    return made_on(next(name for name in BACKENDS if is_installed(name)))


@pytest.mark.parametrize("what", GRADIENTS)
@pytest.mark.parametrize("backend", BACKENDS)
def test_gradients_agree(
    what: str, backend: str, made_on: Callable[[str], Made], reference: Made
) -> None:
    found, expected = made_on(backend)[what], reference[what]
    assert np.linalg.norm(found - expected) < 1e-4 * np.linalg.norm(expected)


@pytest.mark.parametrize("what", STEPS)
@pytest.mark.parametrize("backend", BACKENDS)
def test_steps_agree(
    what: str, backend: str, made_on: Callable[[str], Made], reference: Made
) -> None:
    for found, expected in zip(made_on(backend)[what], reference[what], strict=True):
        assert np.linalg.norm(found - expected) < 1e-4 * np.linalg.norm(expected)


@pytest.mark.parametrize("what", [DREAM, *COLOURS])
@pytest.mark.parametrize("backend", BACKENDS)
def test_dreams_look_the_same(
    what: str, backend: str, made_on: Callable[[str], Made], reference: Made
) -> None:
    (source, found), (_, expected) = made_on(backend)[what].astype(int), reference[what]
    assert np.abs(expected - source).mean() > 10
    assert np.abs(found - expected).mean() < 0.1


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_picture_too_large_for_the_memory_is_told_of(
    backend: str, made_on: Callable[[str], Made]
) -> None:
    said = str(made_on(backend)[TOO_LARGE])
    assert said.startswith("OutOfMemory: the picture is too large for this machine's memory; dream")
