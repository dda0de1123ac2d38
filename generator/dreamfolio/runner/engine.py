"""Starting the engine: TensorFlow comes in with the first dream, not before."""

from __future__ import annotations

from dreamfolio.errors import DreamError, NetworkUnavailable


def start() -> dict[str, str]:
    """Import Keras and its backend; returns the versions that pixels may depend on.

    Raises ``NetworkUnavailable`` where they are not installed or cannot start: no network can be
    had then.
    """
    from dreamfolio.dream.device import versions

    try:
        return versions()
    except DreamError as error:
        raise NetworkUnavailable(error.message, mend=error.mend) from error
    except Exception as error:  # A half-installed TensorFlow fails in a hundred ways.
        first = (str(error).strip().splitlines() or [""])[0][:200]
        raise NetworkUnavailable(
            f"the engine cannot start: {type(error).__name__}: {first}",
            mend="pip install --force-reinstall 'dreamfolio[dream]', in a fresh environment",
        ) from error
