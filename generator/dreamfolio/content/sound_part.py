"""What of a faulty manifest can be judged all the same, so that its problems are told in one go.

Only what cannot mislead: a slip in the layers or the network that hold for all pieces would make
complaints of pieces that are well.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from dreamfolio.content.yaml_file import Path_
from dreamfolio.suggest import nearest

_HOLDS_FOR_ALL = frozenset({"layers", "motifs", "model", "recipe", "dream", "pieces"})


class SoundPart(NamedTuple):
    """The data without its faults; ``spoiled`` are the pieces to be passed over, by index."""

    data: dict[str, Any]
    spoiled: frozenset[int]


def sound_part(
    data: dict[str, Any], faults: Iterable[Path_], known: Collection[str]
) -> SoundPart | None:
    """``data`` less what has a fault at or below it, ``None`` where what is left would mislead.

    ``known`` are the keys that a manifest may have: one misspelt counts as the one meant.
    """
    sound, spoiled = dict(data), set()
    for path in faults:
        match path:
            case ("pieces", int(index), *_):
                spoiled.add(index)
            case (str(key), *_) if nearest(key, known) not in _HOLDS_FOR_ALL:
                sound.pop(key, None)
            case _:
                return None
    if spoiled:
        # Each keeps its index, for by that its place in the file is known.
        sound["pieces"] = [
            {"source": "spoiled"} if i in spoiled else piece
            for i, piece in enumerate(data["pieces"])
        ]
    return SoundPart(sound, frozenset(spoiled))
