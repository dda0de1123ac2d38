"""A word on pictures that tell of their artist's disk, said once for all of them."""

from __future__ import annotations

from collections.abc import Sequence

from dreamfolio.cli.show import plural, warn
from dreamfolio.pictures.video import is_video
from dreamfolio.publish.tellers import Teller, tellers
from dreamfolio.survey import Survey

_KINDS = {
    "path": "paths of a disk",
    "place": "where a camera stood",
    "device": "whose device made them",
}


def warn_of_tellers(surveyed: Survey, *, again: bool) -> None:
    """Say in one line that originals would be published which tell too much, unless the README
    leads to clean copies. Of those known already nothing is said, but ``again`` all are counted."""
    portfolio = surveyed.portfolio
    if portfolio.readme.originals == "clean":
        return
    found = tellers(portfolio, surveyed.digest_of)
    surveyed.memory.save()
    if again or any(teller.new for teller in found):
        said = counted(found)
        if said:
            warn(f"{said}. The site shows none of it, the originals do; see: dreamfolio clean")


def counted(found: Sequence[Teller]) -> str:
    """``7 pictures tell paths of a disk (covid_6.png: C:\\…\\covid.blend)``; empty for none."""
    if not found:
        return ""
    kinds = dict.fromkeys(one.kind for teller in found for one in teller.told)
    what = " and ".join(words for kind, words in _KINDS.items() if kind in kinds)
    first = found[0]
    verb = "tells" if len(found) == 1 else "tell"
    videos = sum(is_video(teller.path) for teller in found)
    kind = "file" if 0 < videos < len(found) else "video" if videos else "picture"
    example = f"{first.path.name}: {first.told[0].text}"
    return f"{plural(len(found), kind)} {verb} {what} ({example})"
