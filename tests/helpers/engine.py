"""Keras for those tests that need it."""

from __future__ import annotations

import importlib.util
import os
from typing import Any
from unittest import mock

import pytest


def keras_or_skip() -> Any:
    """Keras, imported without a word, as dreamfolio does; skips a module where it is missing."""
    if importlib.util.find_spec("keras") is None:
        pytest.skip("Keras is not installed", allow_module_level=True)
    from dreamfolio.dream.backend.quiet import import_keras

    with mock.patch.dict(os.environ):  # What it is told of there is for nobody else.
        import_keras()
    return pytest.importorskip("keras")
