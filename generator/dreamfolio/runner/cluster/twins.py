"""Sources with the same pixels, wanted alike: one dream is all of theirs."""

from __future__ import annotations

from dreamfolio.runner.cluster.parcels import Errand


class Twins:
    """Errands by what they will be: the same key and the same kind of file."""

    def __init__(self) -> None:
        self._first: dict[tuple[str, str], Errand] = {}
        self._waiting: dict[tuple[str, str], list[Errand]] = {}

    def is_first(self, errand: Errand) -> bool:
        """Whether none like it came before; it is the first from now on."""
        same = _same(errand)
        if same in self._first:
            return False
        self._first[same] = errand
        self._waiting[same] = []
        return True

    def waits(self, errand: Errand) -> bool:
        """Whether the first like it is still on its way, and this one waits for it now."""
        waiting = self._waiting.get(_same(errand))
        if waiting is None:
            return False
        waiting.append(errand)
        return True

    def told(self, errand: Errand) -> list[Errand]:
        """Those that waited for this one, of which is known now what becomes of it."""
        return self._waiting.pop(_same(errand), [])

    def before(self, errand: Errand) -> Errand:
        """The first like it."""
        return self._first[_same(errand)]


def _same(errand: Errand) -> tuple[str, str]:
    return errand.origin.key, errand.job.task.suffix
