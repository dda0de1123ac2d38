"""What a visitor does to a page with a mouse and with fingers."""

from __future__ import annotations

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
    """With the mouse, on the middle of an element; too short for a press that holds it down."""
    mouse(page, "mousePressed", "mouseReleased", at=middle(page, selector))


def mouse(page: Page, *kinds: str, at: Point) -> None:
    """Events of the mouse, its main button held, at once."""
    where = {"x": at[0], "y": at[1], "button": "left", "buttons": 1, "clickCount": 1}
    page.call_at_once("Input.dispatchMouseEvent", *({"type": kind, **where} for kind in kinds))


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
    """With a finger, on the middle of an element; too short for one that holds it down."""
    taps(page, middle(page, selector), 1)


def taps(page: Page, at: Point, count: int) -> None:
    """So many taps with a finger, one right after the other."""
    touch(page, *[("touchStart", [at]), ("touchEnd", [])] * count)


def fingers(page: Page, paths: Sequence[Sequence[Point]], *, until: str = "true") -> None:
    """Fingers set down together, each moved at once along its path, all paths equally long. The
    page sees each place they come to; they are taken away when the condition holds there."""
    first, second, *more = zip(*paths, strict=True)
    touch(page, ("touchStart", first), ("touchMove", second))
    for points in more:
        page.evaluate("new Promise(requestAnimationFrame).then(() => true)")
        touch(page, ("touchMove", points))
    page.evaluate("new Promise(requestAnimationFrame).then(() => true)")
    page.until(until)
    lift(page)


def lay(page: Page, points: Sequence[Point]) -> None:
    """Set fingers down, and leave them there."""
    touch(page, ("touchStart", points))


def lift(page: Page) -> None:
    """Take all fingers away."""
    touch(page, ("touchEnd", []))


def touch(page: Page, *events: tuple[str, Sequence[Point]]) -> None:
    """Events of a touch screen, at once: where the fingers are then."""
    page.call_at_once(
        "Input.dispatchTouchEvent",
        *(
            {
                "type": kind,
                "touchPoints": [{"x": x, "y": y, "id": n} for n, (x, y) in enumerate(points)],
            }
            for kind, points in events
        ),
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
