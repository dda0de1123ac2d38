"""Those who dream: a dreamer for each place in the cluster, found, started, lost and replaced."""

from __future__ import annotations

import os
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from dreamfolio.errors import DreamError
from dreamfolio.runner.cluster.dreamer import Dreamer
from dreamfolio.runner.cluster.nodes import Node, greeting, in_the_way, nodes

# Dreams that may end a machine's dreamers, one after the other, until it is the machine's fault.
_MOST_LOST = 3
# Seconds between two looks at which machines there are.
_LOOK_EVERY = 5.0
# Seconds after which a place is known to be taken by others.
_PATIENCE = 20.0
# Seconds that a run waits for another machine to join once it has lost all.
_LONELY = 30.0


@dataclass(eq=False, slots=True)
class Place:
    """A dreamer on its ``node``; ``ready`` refers to its answer that it is there."""

    node: Node
    dreamer: Any
    ready: Any
    asked: float
    is_ready: bool = False
    is_told: bool = False


class Crew:
    """The dreamers of a run. ``remark`` hears in a line of what a user should know."""

    def __init__(self, ray: Any, cache: str | None, remark: Callable[[str], None]):
        self._ray = ray
        self._settings = (os.environ.get("KERAS_BACKEND"), cache)
        self._remark = remark
        self._greetings: dict[Any, Node] = {}
        self._known: dict[str, Node] = {}
        self._refused: dict[str, str] = {}
        self._lost: defaultdict[str, set[object]] = defaultdict(set)
        self._looked = float("-inf")
        self._last_seen = time.monotonic()
        self._had_some = False
        self.places: list[Place] = []

    @property
    def awaited(self) -> list[Any]:
        """What to wait for: references that ``arrive`` understands."""
        starting = [place.ready for place in self.places if not place.is_ready]
        return [*self._greetings, *starting]

    def gone(self) -> DreamError | None:
        """What to say where there is nobody to dream, nor anyone to wait for any longer."""
        if self.places or self._greetings:
            self._last_seen = time.monotonic()
            self._had_some = self._had_some or bool(self.places)
            return None
        alone = time.monotonic() - self._last_seen
        if self._had_some and alone < _LONELY:
            return None
        whys = [f"{name}: {why}" for name, why in self._refused.items()]
        return DreamError(
            "no machine of the cluster can dream",
            mend="; ".join(whys) or "none has a GPU or a CPU to spare: see ray status",
        )

    def look(self) -> None:
        """Take in machines that joined, now and then."""
        now = time.monotonic()
        for place in self.places:
            if not place.is_ready and not place.is_told and now - place.asked > _PATIENCE:
                place.is_told = True
                self._remark(f"{place.node.name} is busy with other work; waiting for it")
        if now - self._looked < _LOOK_EVERY:
            return
        self._looked = now
        here = {node.id: node for node in nodes(self._ray)}
        for place in [one for one in self.places if one.node.id not in here and not one.is_ready]:
            self.places.remove(place)
        for node in here.values():
            if node.id not in self._known:
                self._known[node.id] = node
                self._greetings[greeting(self._ray, node)] = node

    def arrive(self, ref: Any) -> None:
        """One of ``awaited`` has an answer."""
        node = self._greetings.pop(ref, None)
        if node is not None:
            self._take_in(node, ref)
            return
        place = next((one for one in self.places if one.ready is ref or one.ready == ref), None)
        if place is None:
            return
        try:
            self._ray.get(ref)
        except self._ray.exceptions.RayError as error:
            self.lose(place, error, place)
        else:
            place.is_ready = True

    def lose(self, place: Place, error: Exception, dream: object) -> None:
        """A dreamer is gone over a ``dream``: start another in its place, unless too many went
        there. One dream that ends whoever dreams it costs no machine."""
        if place not in self.places:
            return
        self._end(place)
        lost = self._lost[place.node.id]
        lost.add(dream)
        if len(lost) >= _MOST_LOST:
            self.refuse(place.node, f"its dreamers end at once ({short(error)})")
        elif any(node.id == place.node.id for node in nodes(self._ray)):
            self._start(place.node)
        else:
            # One that comes back has another id.
            self._refused[place.node.name] = "it was lost"

    def praise(self, place: Place) -> None:
        """A dream came back from there."""
        self._lost[place.node.id].clear()

    def refuse(self, node: Node, why: str) -> None:
        """Let a machine dream no more."""
        self._refused[node.name] = why
        self._remark(f"{node.name} of the cluster does not dream: {why}")
        for place in [one for one in self.places if one.node.id == node.id]:
            self._end(place)

    def dismiss(self) -> None:
        """End every dreamer, whatever it is at."""
        for place in list(self.places):
            self._end(place)

    def _end(self, place: Place) -> None:
        self.places.remove(place)
        with suppress(Exception):
            self._ray.kill(place.dreamer)

    def _take_in(self, node: Node, ref: Any) -> None:
        try:
            why = next(in_the_way(self._ray.get(ref)), None)
        except self._ray.exceptions.RayError as error:
            why = f"it does not answer ({short(error)})"
        if why:
            self.refuse(node, why)
            return
        for _ in range(node.dreamers):
            self._start(node)

    def _start(self, node: Node) -> None:
        options = {"max_restarts": 0, "max_task_retries": 0, "max_concurrency": 2}
        kind = self._ray.remote(Dreamer).options(**options, **node.placed(node.resources))
        dreamer = kind.remote(*self._settings)
        place = Place(node, dreamer, dreamer.ready.remote(), time.monotonic())
        self.places.append(place)


def short(error: Exception) -> str:
    """What Ray says of a loss, in its first sentence."""
    said = " ".join(str(error).split()).split(". ")[0].rstrip(".")
    return said[:160] or type(error).__name__
