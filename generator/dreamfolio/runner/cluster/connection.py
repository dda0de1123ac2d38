"""The way to a Ray cluster, and back."""

from __future__ import annotations

import logging
import os
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from dreamfolio.errors import DreamfolioError, UsageError, reason
from dreamfolio.runner.cluster.address import START, checked, unreachable

# Ray goes on trying for two minutes where something listens that is no Ray.
_SECONDS = 40.0

# What Ray would tell its makers, and write past Python to the terminal.
_HUSH = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
}


@contextmanager
def connected(address: str) -> Iterator[Any]:
    """The ``ray`` module, in touch with the cluster at ``address``: ``auto`` is one that this
    machine belongs to, ``local`` a new one of this machine alone, which ends with the block.

    Raises ``UsageError`` where Ray is not installed or no cluster answers.
    """
    for name, value in _HUSH.items():
        os.environ.setdefault(name, value)
    try:
        import ray
    except ImportError as error:
        raise UsageError(
            f"a cluster needs Ray, which is not installed here ({reason(error)})",
            mend="pip install 'dreamfolio[cluster]'",
        ) from None
    checked(address)
    try:
        _in_time(address, lambda: _connect(ray, address))
        yield ray
    finally:
        with suppress(Exception):
            ray.shutdown()


def _connect(ray: Any, address: str) -> None:
    quiet: dict[str, Any] = {"log_to_driver": False, "logging_level": logging.CRITICAL}
    if address == "local":
        quiet["include_dashboard"] = False
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        ray.init(address=address, configure_logging=True, **quiet)


def _in_time(address: str, connect: Callable[[], None]) -> None:
    """Connect, or raise what stands in the way, in one line."""
    errors: list[BaseException] = []

    def attempt() -> None:
        try:
            connect()
        except BaseException as error:  # Ray calls sys.exit in some cases.
            errors.append(error)

    thread = threading.Thread(target=attempt, name="connect", daemon=True)
    thread.start()
    thread.join(_SECONDS)
    if thread.is_alive():
        raise unreachable(address, "what listens there does not answer as Ray does")
    if errors:
        raise _explained(address, errors[0]) from errors[0]


def _explained(address: str, error: BaseException) -> DreamfolioError:
    said = str(error)
    if address == "auto" and isinstance(error, ConnectionError):
        return UsageError("this machine belongs to no cluster", mend=START)
    if address == "local":
        return UsageError(f"no cluster can be started here ({reason(error)})")
    if "grpc" in said and isinstance(error, ImportError):
        return UsageError("ray:// needs more of Ray", mend="pip install 'dreamfolio[cluster]'")
    if "ersion mismatch" in said:
        return UsageError(
            f"the cluster at {address} is of another version ({_one_line(said)})",
            mend="install the same Ray and the same Python here and there",
        )
    if "raylet" in said or "registered" in said:
        return UsageError(
            f"this machine is no part of the cluster at {address}",
            mend=f"join it: ray start --address={address}; or give ray://HOST:10001",
        )
    return unreachable(address, _one_line(said) or type(error).__name__)


def _one_line(said: str) -> str:
    return " ".join(said.split())[:200]
