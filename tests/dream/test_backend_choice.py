"""Which backend is taken: the user's word first, then what is installed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dreamfolio.dream.backend import choice
from dreamfolio.errors import NetworkUnavailable

Install = Callable[..., None]


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Install:
    """Have just these backends installed, in a home where nothing is said of them yet."""
    monkeypatch.delenv("KERAS_BACKEND", raising=False)
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    return lambda *names: monkeypatch.setattr(choice, "is_installed", lambda name: name in names)


@pytest.mark.parametrize(
    ("installed", "expected"),
    [
        (["tensorflow", "torch", "jax"], "tensorflow"),
        (["torch", "jax"], "torch"),  # It knows the graphics cards of Windows and of Macs.
        (["jax"], "jax"),
    ],
)
def test_the_first_that_is_installed_is_the_default(
    install: Install, installed: list[str], expected: str
) -> None:
    install(*installed)
    assert choice.chosen() == expected


def test_the_environment_is_obeyed(install: Install, monkeypatch: pytest.MonkeyPatch) -> None:
    install("tensorflow", "jax")
    monkeypatch.setenv("KERAS_BACKEND", "jax")
    assert choice.chosen() == "jax"
    monkeypatch.setenv("KERAS_BACKEND", "torch")
    with pytest.raises(NetworkUnavailable, match="asks for torch, which is not installed") as told:
        choice.chosen()
    assert "'dreamfolio[torch]', or set it to tensorflow or jax" in str(told.value)
    monkeypatch.setenv("KERAS_BACKEND", "numpy")
    with pytest.raises(NetworkUnavailable, match="numpy, which dreamfolio does not") as told:
        choice.chosen()
    assert "set it to tensorflow or jax" in str(told.value)


def test_what_keras_json_says_is_taken_where_it_is_installed(
    install: Install, tmp_path: Path
) -> None:
    install("tensorflow", "torch")
    settings = tmp_path / "keras.json"
    settings.write_text('{"backend": "torch"}')
    assert choice.chosen() == "torch"
    # Keras writes one itself that says tensorflow, whatever is installed.
    install("jax")
    assert choice.chosen() == "jax"
    for broken in ('{"backend": ["torch"]}', "[]", "{"):
        settings.write_text(broken)
        assert choice.chosen() == "jax"


def test_where_there_is_none_it_says_what_to_install(install: Install) -> None:
    install()
    with pytest.raises(NetworkUnavailable, match=r"pip install 'dreamfolio\[dream\]'"):
        choice.chosen()
