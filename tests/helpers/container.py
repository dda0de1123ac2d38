"""A machine of which a container's control groups grant a part."""

from __future__ import annotations

from pathlib import Path

import pytest

from dreamfolio import control_groups


class Container:
    """Its control groups lie in ``groups``: none limits anything, until it is told to."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch):
        self.groups = folder / "groups"
        self._of_this_process = folder / "cgroup"
        monkeypatch.setattr(control_groups, "_OF_THIS_PROCESS", self._of_this_process)
        monkeypatch.setattr(control_groups, "_GROUPS", self.groups)

    def belongs_to(self, *lines: str) -> None:
        """The lines of ``/proc/self/cgroup``."""
        self._of_this_process.write_text("".join(f"{line}\n" for line in lines))

    def tells(self, group: str, **files: object) -> None:
        """What the files of a group say; a dot of their names is written ``__``."""
        folder = self.groups / group
        folder.mkdir(parents=True, exist_ok=True)
        for name, said in files.items():
            (folder / name.replace("__", ".")).write_text(f"{said}\n")
