"""The way to a Ray cluster, and back."""

from __future__ import annotations

import logging
import os
import secrets
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from dreamfolio.dream.backend.choice import is_installed
from dreamfolio.errors import DreamfolioError, UsageError, reason
from dreamfolio.pictures.quiet import quiet
from dreamfolio.runner.cluster.address import START, checked, unreachable

# Ray goes on trying for two minutes where something listens that is no Ray.
_SECONDS = 35.0

# What Ray would tell its makers, and write past Python to the terminal.
_HUSH = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_DEDUP_LOGS_SKIP_REGEX": ".",
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
}


@contextmanager
def connected(address: str) -> Iterator[Any]:
    """The ``ray`` module, in touch with the cluster at ``address``: ``auto`` is one that this
    machine belongs to, ``local`` a new one of this machine alone, which ends with the block.

    Raises ``UsageError`` where Ray is not installed or no cluster answers.
    """
    if not is_installed("ray"):
        raise _not_installed()
    checked(address)
    for name, value in _HUSH.items():
        os.environ.setdefault(name, value)
    if address == "local" and not _has_token():
        # Else Ray writes one into the user's home, which every later cluster would then ask for.
        os.environ["RAY_AUTH_TOKEN"] = secrets.token_hex(32)
    if _has_token():
        # As Ray itself does for any address but ray://.
        os.environ.setdefault("RAY_AUTH_MODE", "token")
    try:
        import ray
    except ImportError as error:
        raise _not_installed(f" ({reason(error)})") from None
    try:
        if address == "local":
            _start(ray)
        else:
            _join(ray, address)
        yield ray
    finally:
        with suppress(Exception):
            ray.shutdown()


def _not_installed(why: str = "") -> UsageError:
    return UsageError(
        f"a cluster needs Ray, which is not installed here{why}",
        mend="pip install 'dreamfolio[cluster]'",
    )


def _has_token() -> bool:
    named = {"RAY_AUTH_TOKEN", "RAY_AUTH_TOKEN_PATH"} & os.environ.keys()
    return bool(named) or Path("~/.ray/auth_token").expanduser().is_file()


def _start(ray: Any) -> None:
    # Not in a thread that ends: on Linux, what it started would end with it.
    try:
        _connect(ray, "local", include_dashboard=False)
    except Exception as error:
        raise UsageError(f"no cluster can be started here ({reason(error)})") from error


def _join(ray: Any, address: str) -> None:
    """Get in touch, or raise what stands in the way, in one line and in time."""
    errors: list[BaseException] = []

    def attempt() -> None:
        try:
            _connect(ray, address)
        except BaseException as error:  # Ray calls sys.exit in some cases.
            errors.append(error)

    thread = threading.Thread(target=attempt, name="connect", daemon=True)
    thread.start()
    thread.join(_SECONDS)
    if thread.is_alive():
        raise unreachable(address, "what listens there keeps silent", asks=True)
    if errors:
        raise _explained(address, errors[0]) from errors[0]


def _connect(ray: Any, address: str, **more: Any) -> None:
    with quiet(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        ray.init(address=address, log_to_driver=False, logging_level=logging.CRITICAL, **more)


def _explained(address: str, error: BaseException) -> DreamfolioError:
    said = str(error)
    if "Could not find any running Ray" in said:
        return UsageError("this machine belongs to no cluster", mend=START)
    if "grpc" in said and isinstance(error, ImportError):
        return UsageError("ray:// needs more of Ray", mend="pip install 'dreamfolio[cluster]'")
    if "ersion mismatch" in said:
        return UsageError(
            f"the cluster at {address} is of another version ({_one_line(said)})",
            mend="install the same Ray and the same Python here and there",
        )
    if "No node info" in said or "This node has an IP address" in said:
        return UsageError(
            f"this machine is no part of the cluster at {address}",
            mend=f"join it: ray start --address={address}; or give ray://HOST:10001",
        )
    return unreachable(address, _one_line(said) or type(error).__name__, asks=True)


def _one_line(said: str) -> str:
    return " ".join(said.split())[:200]
