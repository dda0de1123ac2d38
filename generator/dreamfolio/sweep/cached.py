"""Dreams in the cache that no variant asks for: of layers tried and left, of sources since redone.

Young ones stay: whoever goes back to what was there a week ago gets it without dreaming.
"""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path

from dreamfolio.store.cache import Cache
from dreamfolio.store.shelf import folder_at
from dreamfolio.sweep.needed import Needed
from dreamfolio.sweep.waste import Found, Kind, Waste


def own_folder(cache: Cache, root: Path) -> Path | None:
    """The cache's folder where it is the portfolio's own; ``None`` where others may share it."""
    folder = folder_at(cache.url)
    if folder is None or not folder.resolve().is_relative_to(root.resolve()):
        return None
    return folder


def cached(cache: Cache, root: Path, needed: Needed, older_than: float, *, shared: bool) -> Found:
    """Entries kept longer than ``older_than`` seconds ago that nothing needs.

    None of a cache that lies outside of ``root``, but ``shared``: what other portfolios need, this
    one cannot know. Raises ``StoreError`` where the cache cannot be reached.
    """
    if own_folder(cache, root) is None and not shared:
        word = (
            f"the cache at {cache.url} is not looked into: other portfolios may need what lies "
            "there (if none does: --shared)"
        )
        return Found(kept=[word])
    found, young, now = Found(), 0, time.time()
    for key, suffix in list(cache.keys()):
        if key in needed.keys:
            continue
        size, at = cache.about(key, suffix)
        if older_than and (at is None or now - at < older_than):
            young += 1
            continue
        drop = partial(cache.remove, key, suffix)
        found.waste.append(Waste(Kind.CACHED, f"{key[:12]}…{suffix}", size, drop))
    if needed.unsure and found.waste:
        named = ", ".join(needed.unsure[:3]) + (", …" if len(needed.unsure) > 3 else "")
        word = f"all cached dreams: nobody can tell now which of them {named} would take"
        return Found(kept=[word])
    if young:
        them = "1 cached dream" if young == 1 else f"{young} cached dreams"
        found.kept.append(f"{them} that nothing needs now, young as yet")
    return found
