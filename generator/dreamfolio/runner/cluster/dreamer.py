"""What a machine of the cluster does: it takes one parcel after the other, and dreams.

It lives in a process of its own, which Ray starts there and the starting machine ends.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from dreamfolio.dream.networks.load import load
from dreamfolio.errors import (
    DreamfolioError,
    NetworkError,
    NetworkUnavailable,
    PictureError,
    StoreError,
)
from dreamfolio.pictures.animation_names import MOVIE_SUFFIX
from dreamfolio.runner.cluster.parcel import Failed, Finished, Parcel, Passing
from dreamfolio.runner.cluster.weights import arrived
from dreamfolio.runner.work import (
    Hears,
    dreamed,
    encoded,
    encoded_movie,
    explained,
    versions_at_work,
)
from dreamfolio.store.cache import Cache

if TYPE_CHECKING:
    from dreamfolio.dream.networks.network import Network


class Dreamer:
    """``dream`` and ``passing`` are called at once, from two threads.

    ``backend`` is Keras's, where the starting machine was told one; ``cache`` the URL of a cache
    that all machines reach, if there is one.
    """

    def __init__(self, backend: str | None, cache: str | None):
        if backend:
            os.environ["KERAS_BACKEND"] = backend
        self._cache = Cache(cache) if cache else None
        self._cache_trouble: str | None = None
        self._loaded: tuple[object, Network] | None = None
        self._passing = Passing()

    def ready(self) -> None:
        """Returns once this process has its place."""

    def passing(self, seconds: float) -> Passing:
        """How far the dream is, ``seconds`` from now."""
        time.sleep(seconds)
        return self._passing

    def dream(self, parcel: Parcel) -> Finished | Failed:
        """One dream, from the shared cache or dreamed anew. What fails is told, not raised."""
        self._passing = Passing(parcel.number, cache=self._cache_trouble)
        try:
            return self._dream(parcel)
        except NetworkError as error:
            absent = isinstance(error, NetworkUnavailable)
            return self._failed(error, of_network=True, of_node=absent)
        except DreamfolioError as error:
            return self._failed(error)
        except Exception as error:  # Whatever a backend may throw costs this dream only.
            return self._failed(explained(error))

    def _dream(self, parcel: Parcel) -> Finished:
        suffix = parcel.work.format.suffix
        kept = None
        if parcel.ask_cache:
            kept = self._with_cache(lambda cache: cache.get(parcel.key, suffix))
        if kept is not None:
            return Finished(kept, {}, self._passing, restored=True, stored=True)
        network = self._network(parcel)
        hears = Hears(
            on_step=lambda done, total: self._now(steps=done),
            on_tile=lambda side: self._now(tile=side),
            on_skip=lambda octaves: self._now(skipped=octaves),
        )
        frames, chosen = dreamed(parcel.work, network, hears)
        versions = {**versions_at_work(network), **chosen}
        picture = encoded(parcel.work.format, frames, versions)
        movie, no_movie = None, None
        try:
            movie = encoded_movie(parcel.work.format, frames, versions)
        except DreamfolioError as error:
            no_movie = PictureError(error.message, mend=error.mend)
        # The movie first: an animation in the cache stands for all of its dream.
        for kind, data in ((MOVIE_SUFFIX, movie), (suffix, picture)):
            if data is not None:
                self._with_cache(partial(Cache.put, key=parcel.key, suffix=kind, data=data))
        stored = self._cache is not None
        return Finished(picture, versions, self._passing, movie, no_movie, stored=stored)

    def _network(self, parcel: Parcel) -> Network:
        """The parcel's network, kept for the next one that is dreamed alike."""
        import ray

        from dreamfolio.dream.device import describe_device

        alike = (parcel.network.digest, parcel.network.name, parcel.targets, parcel.precision)
        if self._loaded is None or self._loaded[0] != alike:
            self._loaded = None
            reference = arrived(parcel.network, ray.get)
            network = load(reference, parcel.targets, precision=parcel.precision)
            self._loaded = alike, network
        network = self._loaded[1]
        self._now(device=describe_device(network.precision))
        return network

    def _with_cache(self, act: Callable[[Cache], bytes | None]) -> bytes | None:
        if self._cache is None:
            return None
        try:
            return act(self._cache)
        except StoreError as error:
            # Once is enough: an unreachable bucket would cost a time-out for every picture.
            self._cache, self._cache_trouble = None, str(error)
            self._now(cache=self._cache_trouble)
            return None

    def _now(self, **change: Any) -> None:
        self._passing = self._passing._replace(**change)

    def _failed(
        self, error: DreamfolioError, *, of_network: bool = False, of_node: bool = False
    ) -> Failed:
        return Failed(error.message, error.mend, self._passing, of_network, of_node)
