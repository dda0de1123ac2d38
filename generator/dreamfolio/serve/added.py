"""What is added to a page on its way to the browser, and the pages that are no file.

Only files of the server's own address are added: the pages' Content-Security-Policy lets nothing
else run, and no style stand in an element.
"""

from __future__ import annotations

import re
from html import escape
from pathlib import Path

from dreamfolio.serve.live import State
from dreamfolio.serve.problems import Problem

OWN = "/_dreamfolio/"
"""Where what is the server's own is found. No page of a site has such an address."""
EVENTS = f"{OWN}events"
STATIC = Path(__file__).parent / "static"

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)
_END_OF_HEAD = re.compile(rb"</head\s*>", re.IGNORECASE)


def with_reloading(page: bytes, state: State) -> bytes:
    """An HTML ``page`` that reloads once the site is another one than ``state`` tells."""
    script = f'<script defer src="{OWN}reload.js" data-version="{state.version}"></script>\n'
    head = _END_OF_HEAD.search(page)
    at = head.start() if head else 0
    return page[:at] + script.encode() + page[at:]


def as_found_anywhere(page: bytes, url: str | None) -> bytes:
    """The site's 404 page as it looks from any depth: its links lead to this server, whether they
    are relative or hold the public ``url``."""
    if url:
        page = page.replace(escape(url.rstrip("/")).encode() + b"/", b"/")
    return re.sub(rb"<head\s*>", b'<head>\n<base href="/">', page, count=1, flags=re.IGNORECASE)


def waiting_page(state: State) -> bytes:
    """What is shown while there is no site yet: what stands in its way, or that it is coming."""
    title = "There is no site yet" if state.tried else "The site is being built …"
    shown = "\n".join(f"<li>{escape(_line(problem))}</li>" for problem in state.problems)
    page = f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<link rel="stylesheet" href="{OWN}waiting.css">
</head>
<body>
<h1>{title}</h1>
<p>This page shows it as soon as it is there.</p>
<noscript>
<ul>
{shown}
</ul>
</noscript>
</body>
</html>
"""
    return with_reloading(page.encode(), state)


def _line(problem: Problem) -> str:
    place = ":".join(str(part) for part in (problem.file, problem.line, problem.column) if part)
    return "; ".join(
        filter(None, (f"{place}: {problem.message}" if place else problem.message, problem.mend))
    )
