"""Long dreams on their way, kept in ``.dreamfolio/``: one that was killed goes on where it was."""

from __future__ import annotations

import contextlib
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from dreamfolio.dream.climb import Reached
from dreamfolio.files import as_part, part_name
from dreamfolio.local_state import FOLDER, keep_out_of_git

if TYPE_CHECKING:
    from dreamfolio.dream.climb import Give

# Seconds between two keepings. One of 8K is 400 MB, which most disks write in a few.
EVERY = 60.0


class FileCheckpoints:
    """See ``Checkpoints``: of the dream with this ``key``, computed in ``precision``.

    A file that is damaged, or another precision's, is none; one that cannot be written costs
    nothing but what it would have spared.
    """

    def __init__(self, root: Path, key: str, precision: str):
        self._path = root / FOLDER / "dreaming" / f"{key}-{precision}.npz"
        self._kept = time.monotonic()

    def last(self) -> Reached | None:
        """What was kept of this dream."""
        import numpy as np

        try:
            with np.load(self._path, allow_pickle=False) as kept:
                octave, steps = kept["reached"].tolist()
                return Reached(octave, steps, kept["picture"])
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            return None

    def passing(self, octave: int, steps: int, give: Give) -> None:
        """Keep the picture, where the last keeping is long enough ago."""
        import numpy as np

        if time.monotonic() - self._kept < EVERY:
            return
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            keep_out_of_git(self._path)
            # Straight to the disk: a copy in memory may be one too many for what is this large.
            with as_part(self._path.with_name(part_name(self._path.name))) as part:
                with part.open("wb") as file:
                    np.savez(file, reached=np.array([octave, steps]), picture=give())
                part.replace(self._path)
        self._kept = time.monotonic()

    def forget(self) -> None:
        """The dream is finished."""
        with contextlib.suppress(OSError):
            self._path.unlink(missing_ok=True)
