"""The column of a progress bar that says how much is done: a count, or megabytes and a share.

For a terminal only: rich takes a while to be imported.
"""

from __future__ import annotations

from rich.progress import ProgressColumn, Task
from rich.text import Text

from dreamfolio.cli.show import megabytes


class Amount(ProgressColumn):
    """``3/40``; ``12.3 of 87.9 MB (14 %)`` for a task that has a field ``bytes``."""

    def render(self, task: Task) -> Text:
        """What rich shows of ``task``."""
        done, total = int(task.completed), None if task.total is None else int(task.total)
        if task.fields.get("bytes"):
            return Text(megabytes(done, total))
        return Text(f"{done}/{'?' if total is None else total}")
