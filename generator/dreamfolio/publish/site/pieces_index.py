"""``pieces.js``: what hangs in which part of a page of all pieces that is too long for one.

A script and not data, since from a folder a page may load nothing else. It tells of kinds: what
pictures go by that go by the same, and how many of them there are in each part.
"""

from __future__ import annotations

import json
from collections import Counter
from urllib.parse import quote

from dreamfolio.publish.site import parts
from dreamfolio.publish.site.all_pieces import AllPieces, Choosable
from dreamfolio.publish.site.pages import ALL_PIECES
from dreamfolio.publish.site.parts import cut, part_views


def pieces_index(every: AllPieces) -> bytes | None:
    """The script, which sets ``allPieces``; None where the page is whole."""
    hung = cut(every.pictures, parts.MOST)
    if len(hung) < 2:
        return None
    kinds: dict[str, Counter[int]] = {}
    for number, pictures in enumerate(hung):
        for one in pictures:
            kinds.setdefault(_kind(one), Counter())[number] += 1
    told = [{"keys": json.loads(kind), "in": [*count.items()]} for kind, count in kinds.items()]
    addresses = map(quote, part_views(ALL_PIECES, len(hung))[0].addresses)
    data = {"parts": [*addresses], "kinds": told}
    return f"const allPieces = {json.dumps(data, separators=(',', ':'))};\n".encode()


def _kind(one: Choosable) -> str:
    return json.dumps(
        {
            "collection": one.collections,
            "network": [one.network] if one.network else [],
            "layer": one.layers,
            "tag": one.tags,
        }
    )
