"""Loading Keras: silently, or with one clear line."""

import subprocess
import sys


def run(program: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)


def test_nothing_is_said_while_it_loads_and_errors_are_heard_afterwards() -> None:
    done = run(
        "import sys\n"
        "from dreamfolio.dream.device import describe_device\n"
        "print(describe_device())\n"
        "print('heard', file=sys.stderr)\n"
    )
    assert done.returncode == 0
    assert done.stdout.strip()
    assert done.stderr == "heard\n"


def test_without_keras_it_says_what_to_install() -> None:
    done = run(
        "import sys\n"
        "sys.modules['tensorflow'] = None\n"
        "from dreamfolio.dream.device import versions\n"
        "from dreamfolio.errors import NetworkUnavailable\n"
        "try: versions()\n"
        "except NetworkUnavailable as error: print(error)\n"
    )
    assert "pip install 'dreamfolio[dream]'" in done.stdout, done.stderr
    assert "tensorflow" in done.stdout
