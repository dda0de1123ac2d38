"""A headless Chromium, driven by the DevTools protocol through two pipes: no driver to install."""

from __future__ import annotations

import base64
import fcntl
import json
import os
import select
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from helpers.waiting import PATIENCE

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
HOW_TO_GET = (
    "no Chromium on the PATH: install it (`apt install chromium`, `brew install --cask chromium`)"
)
_TIMEOUT = PATIENCE
_LEFT = ("navigated or closed", "context was destroyed", "Cannot find ")


class LeftError(AssertionError):
    """The page that was asked gave way to another one before it could answer."""


def find() -> str | None:
    """The program, wherever one of its usual names leads."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


class Page:
    """One tab. ``open`` it at an address, then look at it."""

    def __init__(self, browser: Browser, session: str):
        self._browser = browser
        self._session = session

    def call(self, method: str, **parameters: Any) -> Any:
        """A command of the DevTools protocol, and what it returns."""
        return self._browser.call(method, self._session, **parameters)

    def call_at_once(self, method: str, *each: Mapping[str, Any]) -> None:
        """A command again and again, with these parameters: sent together, so that however busy
        this process is, no time of its goes by between one and the next."""
        numbers = [self._browser.send(method, self._session, **one) for one in each]
        for number in numbers:
            self._browser.answer(number, method)

    def emulate(self, width: int, height: int, *, dark: bool = False, scripts: bool = True) -> None:
        """A window of ``width`` × ``height`` CSS pixels, as a phone has below 600."""
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=width < 600,
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", features=[scheme])
        self.call("Emulation.setScriptExecutionDisabled", value=not scripts)

    def open(self, url: str, until: str = "load") -> None:
        """Go to ``url`` and wait until all is loaded, or for another event of the page's life.

        What the page before it tells of late, as one does that was only just on its way, is not
        taken for it.
        """
        self.call("Page.enable")
        self.call("Page.setLifecycleEventsEnabled", enabled=True)
        self._browser.events.clear()
        answer = self.call("Page.navigate", url=url)
        assert "errorText" not in answer, f"{url}: {answer['errorText']}"
        # Without one, only the part after the `#` is another.
        if loader := answer.get("loaderId"):
            self.wait_for("Page.lifecycleEvent", name=until, loaderId=loader)

    def visit(self, url: str) -> None:
        """Open ``url`` anew, also where it differs from where the tab is in its fragment alone."""
        self.open("about:blank")
        self.open(url)

    def wait_for(self, event: str, **told: Any) -> None:
        """Wait for an event of this tab that tells so; one since ``open`` counts."""
        self._browser.wait_for(event, self._session, **told)

    def until(self, condition: str, seconds: float = _TIMEOUT) -> None:
        """Wait until a JavaScript condition holds, in whichever page is there by then."""
        deadline = time.monotonic() + seconds
        while True:
            with suppress(LeftError):
                if self.evaluate(f"!!({condition})"):
                    return
            assert time.monotonic() < deadline, f"it never came to be: {condition}"
            time.sleep(0.02)

    def events(self, method: str) -> list[dict[str, Any]]:
        """What this tab told of by that name since ``open``."""
        return [
            event
            for event in self._browser.events
            if event.get("method") == method and event.get("sessionId") == self._session
        ]

    def evaluate(self, expression: str) -> Any:
        """The value of a JavaScript expression, awaited where it is a promise. It is run by the
        browser's tools, so also where the page's own scripts are off. Raises ``LeftError`` where
        the page goes away meanwhile: what follows upon a click is to be waited for by ``until``.
        """
        answer = self.call(
            "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True
        )
        if "exceptionDetails" in answer:
            raise AssertionError(answer["exceptionDetails"])
        return answer["result"].get("value")

    def press(self, key: str, code: int) -> None:
        """Press and let go of a key, such as ``("Tab", 9)``."""
        for kind in ("keyDown", "keyUp"):
            self.call(
                "Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code
            )

    def choose(self, name: str, value: str) -> None:
        """Take ``value`` in the list of choices called ``name``."""
        self.evaluate(
            f"(list => {{ list.value = {value!r};"
            " list.dispatchEvent(new Event('change', {bubbles: true})) })"
            f"(document.querySelector('[name={name}]'))"
        )

    def show_pictures(self) -> None:
        """Load and decode every picture, the lazy ones too."""
        self.evaluate("document.querySelectorAll('img').forEach(i => { i.loading = 'eager' })")
        self.until("[...document.images].every(i => i.complete)")
        # Where Chromium draws no frames, since the machine is busy or another tab is in front, a
        # picture may be here and yet its decoding never end.
        self.evaluate(
            "Promise.all([...document.images].map(i => Promise.race([i.decode().catch(() => null),"
            " new Promise(done => setTimeout(done, 5000))]))).then(() => true)"
        )

    def screenshot(self, file: Path, *, full: bool = False) -> None:
        """What is seen as a PNG; all of the page where ``full``."""
        self.show_pictures()
        answer = self.call("Page.captureScreenshot", captureBeyondViewport=full)
        file.write_bytes(base64.b64decode(answer["data"]))


class Browser:
    """A running Chromium."""

    def __init__(self, process: subprocess.Popen[bytes], to: int, back: int):
        self._process = process
        self._to = to
        self._back = back
        self._buffer = b""
        self._number = 0
        self._answers: dict[int, dict[str, Any]] = {}
        self.events: list[dict[str, Any]] = []

    def call(self, method: str, session: str | None = None, **parameters: Any) -> Any:
        """A command of the DevTools protocol, and what it returns."""
        return self.answer(self.send(method, session, **parameters), method)

    def send(self, method: str, session: str | None = None, **parameters: Any) -> int:
        """Give a command; returns the number that its answer will have."""
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self._to, data) :]
        return self._number

    def answer(self, number: int, method: str) -> Any:
        """What the command of that number, a ``method``, returns."""
        while number not in self._answers:
            told = self._read()
            if "id" in told:
                self._answers[told["id"]] = told
            else:
                self.events.append(told)
        answer = self._answers.pop(number)
        if "error" in answer:
            left = any(words in answer["error"].get("message", "") for words in _LEFT)
            kind = LeftError if left else AssertionError
            raise kind(f"{method}: {answer['error']}")
        return answer["result"]

    def wait_for(self, method: str, session: str, **told: Any) -> dict[str, Any]:
        """The next event of that name in that tab that tells so; one that has come counts."""
        deadline = time.monotonic() + _TIMEOUT
        seen = 0
        while True:
            for event in self.events[seen:]:
                if (event.get("method"), event.get("sessionId")) == (
                    method,
                    session,
                ) and told.items() <= event["params"].items():
                    return event
            assert time.monotonic() < deadline, f"no {method} {told or ''}"
            seen = len(self.events)
            self.events.append(self._read())

    def new_page(self) -> Page:
        """A new, empty tab."""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        return Page(self, session)

    def _read(self) -> dict[str, Any]:
        deadline = time.monotonic() + _TIMEOUT
        while b"\0" not in self._buffer:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self._back], [], [], left)[0]:
                raise AssertionError("Chromium does not answer")
            chunk = os.read(self._back, 1 << 20)
            if not chunk:
                raise AssertionError("Chromium has ended")
            self._buffer += chunk
        message, _, self._buffer = self._buffer.partition(b"\0")
        answer: dict[str, Any] = json.loads(message)
        return answer


@contextmanager
def running(program: str, profile: Path) -> Iterator[Browser]:
    """A Chromium of our own, with an empty ``profile`` folder; ended at the end."""
    theirs_in, to = os.pipe()
    back, theirs_out = os.pipe()
    # Chromium reads commands at descriptor 3 and answers at 4, whatever numbers ours have here.
    theirs_in, theirs_out = _above(theirs_in), _above(theirs_out)
    process = subprocess.Popen(
        [
            program,
            "--headless=new",
            "--remote-debugging-pipe",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--hide-scrollbars",
            "--no-first-run",
            "--disable-background-networking",
            f"--user-data-dir={profile}",
        ],
        preexec_fn=lambda: (os.dup2(theirs_in, 3), os.dup2(theirs_out, 4)),
        close_fds=False,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(theirs_in)
    os.close(theirs_out)
    browser = Browser(process, to, back)
    try:
        yield browser
    finally:
        # It may be gone before it answers, or too busy to go: neither is the test's affair.
        with suppress(AssertionError, OSError, subprocess.TimeoutExpired):
            browser.call("Browser.close")
            process.wait(10)
        process.kill()
        process.wait()
        os.close(to)
        os.close(back)


def _above(descriptor: int) -> int:
    """The same pipe at a number beyond 3 and 4, so that moving one does not close the other."""
    moved = fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, 5)
    os.close(descriptor)
    return moved
