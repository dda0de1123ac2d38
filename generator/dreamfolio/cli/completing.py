"""What a shell may complete: names that are known without reading a single manifest."""

from __future__ import annotations

from pathlib import Path

from dreamfolio.errors import DreamfolioError


def collections(incomplete: str) -> list[str]:
    """The collections of the portfolio one is in; none where that cannot be told."""
    from dreamfolio.content.discover import find
    from dreamfolio.content.read import find_root

    try:
        slugs = [one.slug for one in find(find_root(Path.cwd()))]
    except (DreamfolioError, OSError):  # A shell that asks is no place for complaints.
        return []
    return [slug for slug in slugs if slug.startswith(incomplete)]


def networks(incomplete: str) -> list[str]:
    """The networks that have a name."""
    from dreamfolio.dream.networks.known import known_networks

    return [name for name in known_networks() if name.startswith(incomplete)]
