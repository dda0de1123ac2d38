"""Which backend Keras is to run on, decided without the seconds that importing one takes."""

from __future__ import annotations

import json
import os
import tempfile
from importlib.util import find_spec
from pathlib import Path

from dreamfolio.errors import NetworkUnavailable

BACKENDS = {"tensorflow": "dream", "torch": "torch", "jax": "jax"}
"""Those that dreamfolio dreams on, the first that is installed being the default, each with the
extra of dreamfolio that installs it."""


def chosen() -> str:
    """The backend that the user chose as Keras's users do, else the first that is installed.

    ``KERAS_BACKEND`` is obeyed. What ``keras.json`` says is taken where it is installed, and no
    further, since Keras itself writes one there. Raises NetworkUnavailable: where there is no
    backend, no network can be had.
    """
    asked = os.environ.get("KERAS_BACKEND")
    if asked:
        return _obeyed(asked)
    here = installed()
    if not here:
        raise NetworkUnavailable(
            "nothing can be dreamed here: no tensorflow, torch or jax is installed",
            mend="pip install 'dreamfolio[dream]'",
        )
    wished = _in_keras_json()
    return wished if wished in here else here[0]


def installed() -> tuple[str, ...]:
    """Those of BACKENDS that are installed."""
    return tuple(name for name in BACKENDS if is_installed(name))


def is_installed(package: str) -> bool:
    """Whether importing ``package`` would find it. It may be broken all the same."""
    try:
        return find_spec(package) is not None
    except (ImportError, ValueError):  # ValueError: it was shut out of this process.
        return False
    except Exception:  # What is wrong with it, importing it will tell.
        return True


def keras_home() -> Path:
    """The folder where Keras keeps its settings and the weights it fetches."""
    home = os.environ.get("KERAS_HOME")
    if home:
        return Path(home).expanduser()
    user = Path("~").expanduser()
    # Keras does the same where the user's own folder cannot be written to.
    base = user if os.access(user, os.W_OK) else Path(tempfile.gettempdir())
    return base / ".keras"


def _obeyed(asked: str) -> str:
    if asked not in BACKENDS:
        raise NetworkUnavailable(
            f"nothing can be dreamed here: KERAS_BACKEND asks for {asked}, "
            "which dreamfolio does not dream on",
            mend=f"set it to {_one_of(installed() or tuple(BACKENDS))}",
        )
    if not is_installed(asked):
        others = f", or set it to {_one_of(installed())}" if installed() else ""
        raise NetworkUnavailable(
            f"nothing can be dreamed here: KERAS_BACKEND asks for {asked}, which is not installed",
            mend=f"pip install 'dreamfolio[{BACKENDS[asked]}]'{others}",
        )
    return asked


def _one_of(names: tuple[str, ...]) -> str:
    return " or ".join(names)


def _in_keras_json() -> str | None:
    try:
        config = json.loads((keras_home() / "keras.json").read_bytes())
    except (OSError, ValueError):
        return None
    said = config.get("backend") if isinstance(config, dict) else None
    return said if isinstance(said, str) else None
