"""Long dreams on their way, kept in ``.dreamfolio/``: one that was killed goes on where it was."""

from __future__ import annotations

import contextlib
import shutil
import time
import zipfile
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dreamfolio.dream.climb import Reached
from dreamfolio.files import as_part, part_name
from dreamfolio.local_state import FOLDER, keep_out_of_git

if TYPE_CHECKING:
    from dreamfolio.dream.climb import Give
    from dreamfolio.dream.morph import Pixels

# Seconds between two keepings. One of 8K is 400 MB, which most disks write in a few.
EVERY = 60.0
# The same at the end of an octave: the steps of the next one are twice as long.
AFTER_OCTAVE = 10.0


class FileCheckpoints:
    """See ``Checkpoints``: of the dream with this ``key``, computed in ``precision``; ``stop``
    says whether it is to end before it is finished.

    A file that is damaged, or another precision's, is none; one that cannot be written costs
    nothing but what it would have spared. Each of an animation's states has one of its own, which
    is written once; the dream's says how many go with it.
    """

    def __init__(
        self, root: Path, key: str, precision: str, stop: Callable[[], bool] = lambda: False
    ):
        self._path = _folder(root) / f"{key}-{precision}.npz"
        self._states = self._path.with_suffix("")
        self._kept = time.monotonic()
        self._states_kept = 0
        self._stop = stop

    def last(self) -> Reached | None:
        """What was kept of this dream."""
        try:
            kept = _loaded(self._path)
            octave, steps, count = kept["reached"].tolist()
            states = [_loaded(self._state(number))["state"] for number in range(count)]
            reached = Reached(octave, steps, kept["picture"], states)
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            return None
        self._states_kept = count
        return reached

    def passing(
        self, octave: int, steps: int, of: int, give: Give, states: Sequence[Pixels] = ()
    ) -> None:
        """Keep the picture and the states, where the last keeping is long enough ago or no step is
        to follow. What is to climb on as a larger octave is kept sooner: it is small yet, and the
        next step is a long one."""
        import numpy as np

        pause = AFTER_OCTAVE if steps == of and octave > 0 else EVERY
        if time.monotonic() - self._kept < pause and not self._stop():
            return
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            keep_out_of_git(self._path)
            # First: a dream that is killed here goes on from the last keeping, with its states.
            for number in range(self._states_kept, len(states)):
                _save(self._state(number), state=states[number])
            _save(self._path, reached=np.array([octave, steps, len(states)]), picture=give())
            self._states_kept = len(states)
        self._kept = time.monotonic()

    def forget(self) -> None:
        """The dream is finished."""
        with contextlib.suppress(OSError):
            self._path.unlink(missing_ok=True)
        shutil.rmtree(self._states, ignore_errors=True)

    def _state(self, number: int) -> Path:
        return self._states / f"{number}.npz"


def half_done(root: Path, keys: Collection[str]) -> int:
    """Of how many dreams with these ``keys`` something is kept below ``root``."""
    try:
        kept = {path.name.partition("-")[0] for path in _folder(root).glob("*.npz")}
    except OSError:
        return 0
    return len(kept.intersection(keys))


def forget_finished(root: Path, keys: Collection[str]) -> None:
    """Drop what is kept below ``root`` of dreams with these ``keys``, which are finished: a run
    left it that was cut off between a dream's end and this, and nobody comes back for it."""
    folder = _folder(root)
    with contextlib.suppress(OSError):
        for path in list(folder.iterdir()):
            key, dash, _ = path.name.partition("-")
            if not dash or key not in keys or path.is_symlink():
                continue
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            elif path.suffix == ".npz":
                path.unlink(missing_ok=True)


def _folder(root: Path) -> Path:
    return root / FOLDER / "dreaming"


def _loaded(path: Path) -> dict[str, Any]:
    import numpy as np

    # Read whole: only then are the bytes held against their check sums.
    with np.load(path, allow_pickle=False) as kept:
        return dict(kept)


def _save(path: Path, **arrays: Any) -> None:
    import numpy as np

    path.parent.mkdir(exist_ok=True)
    # Straight to the disk: a copy in memory may be one too many for what is this large.
    with as_part(path.with_name(part_name(path.name))) as part:
        with part.open("wb") as file:
            np.savez(file, **arrays)
        part.replace(path)
