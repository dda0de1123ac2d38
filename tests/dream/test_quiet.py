"""Loading Keras: silently, or with one clear line."""

import os
import subprocess
import sys

import pytest


def run(program: str, **environment: str) -> subprocess.CompletedProcess[str]:
    # As a user's shell has it: how loud TensorFlow is, whoever ran before in here may have set.
    kept = {name: value for name, value in os.environ.items() if name != "TF_CPP_MIN_LOG_LEVEL"}
    return subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        env={**kept, **environment},
    )


def test_nothing_is_said_while_it_loads_and_errors_are_heard_afterwards() -> None:
    done = run(
        "import sys\n"
        "from dreamfolio.dream.device import device\n"
        "print(device())\n"
        "print('heard', file=sys.stderr)\n"
    )
    assert done.returncode == 0
    assert done.stdout.strip()
    assert done.stderr == "heard\n"


def test_without_any_backend_it_says_what_to_install() -> None:
    done = run(
        "import sys\n"
        "sys.modules.update(dict.fromkeys(['tensorflow', 'torch', 'jax']))\n"
        "from dreamfolio.dream.device import versions\n"
        "from dreamfolio.errors import NetworkUnavailable\n"
        "try: versions()\n"
        "except NetworkUnavailable as error: print(error)\n",
        KERAS_BACKEND="",
    )
    assert "pip install 'dreamfolio[dream]'" in done.stdout, done.stderr
    assert "tensorflow" in done.stdout


def test_without_tensorflow_another_backend_is_taken() -> None:
    pytest.importorskip("jax")
    done = run(
        "import sys\n"
        "sys.modules.update(dict.fromkeys(['tensorflow', 'torch']))\n"
        "from dreamfolio.dream.device import versions\n"
        "print(versions()['backend'])\n",
        KERAS_BACKEND="",
    )
    assert done.stdout == "jax\n", done.stderr
