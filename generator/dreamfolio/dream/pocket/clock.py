"""What keeps the time of a training."""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable
from typing import Any

import keras

# The share of the time in which the rate rises, and where its fall ends.
_WARM_UP, _LEAST = 0.03, 0.005
_TELL_EVERY, _KEEP_EVERY = 20.0, 300.0

_log = logging.getLogger("dreamfolio.pocket")


class Clock(keras.callbacks.Callback):  # type: ignore[misc]
    """Ends a training after so many minutes, and lowers its rate along a half cosine until then.

    By the time and not by a number of steps, so that a slow machine ends its training as a fast
    one does, only with fewer pictures seen. ``keep`` is called every five minutes.
    """

    def __init__(self, minutes: float, rate: float, batch: int, keep: Callable[[], None]):
        super().__init__()
        self._seconds, self._rate, self._batch, self._keep = minutes * 60, rate, batch, keep
        self.seen = 0

    def on_train_begin(self, logs: Any = None) -> None:
        """Start."""
        self._started = self._told = self._kept = time.monotonic()
        self._counted = 0

    def on_train_batch_begin(self, batch: int, logs: Any = None) -> None:
        """Set the rate."""
        self._sync()
        gone = self._gone()
        rising = min(1.0, gone / _WARM_UP + 0.01)
        falling = 0.5 * (1 + math.cos(math.pi * gone))
        self.model.optimizer.learning_rate = self._rate * rising * max(falling, _LEAST)

    def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
        """Count, tell, keep, and end."""
        self.seen += self._batch
        now = time.monotonic()
        if now - self._told > _TELL_EVERY:
            _log.info(
                "%3.0f %%  %d pictures, %.0f a second, loss %.3f, %.1f %% of parts named",
                100 * self._gone(),
                self.seen,
                (self.seen - self._counted) / (now - self._told),
                (logs or {}).get("loss", math.nan),
                100 * (logs or {}).get("sparse_categorical_accuracy", math.nan),
            )
            self._told, self._counted = now, self.seen
            self.model.reset_metrics()
        if now - self._kept > _KEEP_EVERY:
            self._kept = now
            self._sync()
            self._keep()
        if self._gone() >= 1:
            self.model.stop_training = True

    def _sync(self) -> None:
        # On JAX a model's variables are out of step with the training until they are asked for.
        getattr(self.model, "jax_state_sync", lambda: None)()

    def _gone(self) -> float:
        return min(1.0, (time.monotonic() - self._started) / self._seconds)
