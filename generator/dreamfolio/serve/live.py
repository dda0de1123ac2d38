"""What open pages wait for: another version of the site, or something else to say of it."""

from __future__ import annotations

import json
import secrets
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from dreamfolio.serve.problems import Problem


@dataclass(frozen=True, slots=True)
class State:
    """The site's ``version``, another one after every build that changed a file; whether one was
    ``tried`` at all; what is wrong, and whether the site is ``kept`` as it was for that reason.
    ``url`` is the address it will have in public."""

    version: str
    tried: bool = False
    kept: bool = False
    problems: tuple[Problem, ...] = ()
    url: str | None = None

    def to_json(self) -> str:
        """What a page is told, on one line."""
        problems = [problem.to_form() for problem in self.problems]
        return json.dumps({"version": self.version, "kept": self.kept, "problems": problems})


class Live:
    """The state as it is now. Safe to use from several threads."""

    def __init__(self) -> None:
        # A page that outlived the server that it came from knows by this that it is another's.
        self._name = secrets.token_hex(4)
        self._count = 0
        self._pages = 0
        self._state = State(f"{self._name}-0")
        self._changed = threading.Condition()

    @property
    def state(self) -> State:
        """As it is now."""
        with self._changed:
            return self._state

    @property
    def pages(self) -> int:
        """How many pages listen."""
        with self._changed:
            return self._pages

    def tell(
        self,
        problems: Sequence[Problem],
        *,
        changed: bool,
        kept: bool = False,
        url: str | None = None,
    ) -> None:
        """What is wrong after a build, and whether the site is another one now."""
        with self._changed:
            self._count += changed
            self._state = State(
                version=f"{self._name}-{self._count}",
                tried=True,
                kept=kept,
                problems=tuple(problems),
                url=url or self._state.url,
            )
            self._changed.notify_all()

    def wait(self, known: State, seconds: float) -> State:
        """The state once it is another than ``known``, or after ``seconds`` as it is."""
        with self._changed:
            self._changed.wait_for(lambda: self._state != known, seconds)
            return self._state

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Count a page for as long as it listens."""
        with self._changed:
            self._pages += 1
        try:
            yield
        finally:
            with self._changed:
                self._pages -= 1
