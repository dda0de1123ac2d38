"""What a visitor does to a page with a mouse and with fingers."""

from __future__ import annotations

import time
from collections.abc import Sequence

from helpers.chromium import Page

Point = tuple[float, float]


def wait(page: Page, condition: str) -> None:
    """Until a JavaScript condition holds."""
    page.until(condition)


def middle(page: Page, selector: str) -> Point:
    """Where the middle of an element is in the window, scrolled there if need be."""
    found = page.evaluate(
        f"(e => {{ e.scrollIntoView({{block: 'center', behavior: 'instant'}});"
        " const b = e.getBoundingClientRect();"
        f" return [b.x + b.width / 2, b.y + b.height / 2] }})(document.querySelector('{selector}'))"
    )
    return found[0], found[1]


def click(page: Page, selector: str) -> None:
    """With the mouse, on the middle of an element."""
    at = middle(page, selector)
    mouse(page, "mousePressed", at)
    mouse(page, "mouseReleased", at)


def mouse(page: Page, kind: str, at: Point) -> None:
    """One event of the mouse, its main button held."""
    page.call(
        "Input.dispatchMouseEvent",
        type=kind,
        x=at[0],
        y=at[1],
        button="left",
        buttons=1,
        clickCount=1,
    )


def phone(page: Page, *, width: int = 390, height: int = 844, pixels: float = 3) -> None:
    """Emulate a phone: its window in CSS pixels, ``pixels`` of the screen to each, and fingers
    instead of a mouse."""
    page.emulate(width, height)
    page.call(
        "Emulation.setDeviceMetricsOverride",
        width=width,
        height=height,
        deviceScaleFactor=pixels,
        mobile=True,
    )
    page.call("Emulation.setTouchEmulationEnabled", enabled=True, maxTouchPoints=5)


def tap(page: Page, selector: str) -> None:
    """With a finger, on the middle of an element."""
    fingers(page, [[middle(page, selector)]])


def fingers(page: Page, paths: Sequence[Sequence[Point]], *, hold: float = 0) -> None:
    """Fingers set down together, each moved along its path, all paths equally long; ``hold``
    seconds later they are taken away."""
    lay(page, [path[0] for path in paths])
    for points in zip(*(path[1:] for path in paths), strict=True):
        touch(page, "touchMove", points)
        time.sleep(0.016)
    time.sleep(hold)
    touch(page, "touchEnd", ())


def lay(page: Page, points: Sequence[Point]) -> None:
    """Set fingers down, and leave them there."""
    touch(page, "touchStart", points)


def touch(page: Page, kind: str, points: Sequence[Point]) -> None:
    """One event of a touch screen: where the fingers are now."""
    page.call(
        "Input.dispatchTouchEvent",
        type=kind,
        touchPoints=[{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)],
    )


def line(start: Point, end: Point, steps: int = 12) -> list[Point]:
    """Points from ``start`` to ``end``, both included."""
    return [
        (
            start[0] + (end[0] - start[0]) * step / steps,
            start[1] + (end[1] - start[1]) * step / steps,
        )
        for step in range(steps + 1)
    ]
