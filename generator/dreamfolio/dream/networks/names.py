"""Layer names: what a name stands for, whatever Keras was counting when it was written.

Keras numbers its automatic names through a whole process. The second InceptionV3 that a process
builds starts at ``conv2d_94``, so old portfolios hold names such as ``conv2d_1380``: ``conv2d_64``
of build 14. Layers named together come from one network, hence from one build.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from dreamfolio.dream.networks.catalogue import Catalogue
from dreamfolio.dream.networks.known import catalogue_of, named_networks
from dreamfolio.dream.networks.reference import NetworkReference
from dreamfolio.dream.pocket import EMBEDDED
from dreamfolio.dream.target import Channels, Strongest, channel_target, motif_of, parted
from dreamfolio.errors import NetworkError
from dreamfolio.suggest import nearest

LEGACY_NETWORK = "inception_v3"
"""The network of the first scripts: old portfolios hold variants named after its layers."""


class UnknownLayer(NetworkError):
    """``name`` is no layer of the network; ``suggestion`` may be the one meant."""

    def __init__(self, name: str, message: str, suggestion: str | None = None):
        super().__init__(message, mend=f"did you mean {suggestion}?" if suggestion else None)
        self.name = name
        self.suggestion = suggestion


def resolve(names: Sequence[str], catalogue: Catalogue) -> tuple[str, ...]:
    """The canonical layers that ``names`` stand for, in the order asked.

    A name the network has is taken as it is, or what it calls a layer besides; else it is read as
    a running counter. Each may be followed by channels, ``mixed4:[3, 17]``. Raises
    UnknownLayer where it is none of these, where running counters differ in build, or where there
    is no such channel.
    """
    layers: list[str] = []
    build: int | None = None
    for name in names:
        if name in catalogue.by_name:
            layers.append(name)
            continue
        base, channels = parted(name)
        base = catalogue.called.get(base, base)
        found = (base, build) if base in catalogue.by_name else _read_counter(base, catalogue)
        if found is None:
            raise _unknown(name, catalogue)
        layer, its_build = found
        if build is not None and its_build != build:
            raise UnknownLayer(
                name,
                f"{name} would be {layer} of build {its_build}, and the layers named with it are "
                f"of build {build}: they cannot come from one {catalogue.label}",
            )
        layers.append(_with_channels(layer, channels, name, catalogue))
        build = its_build
    return tuple(layers)


def _with_channels(layer: str, asked: Channels, name: str, catalogue: Catalogue) -> str:
    count = catalogue.by_name[layer].channels
    if isinstance(asked, Strongest):
        if asked.count < 1 or (count is not None and asked.count > count):
            raise UnknownLayer(name, f"{layer} has {count or 'some'} channels, not {asked.count}")
    elif asked is not None and count is not None and asked[-1] >= count:
        raise UnknownLayer(
            name, f"{layer} has {count} channels, from 0 to {count - 1}, and none {asked[-1]}"
        )
    return channel_target(layer, asked)


def split(text: str, catalogue: Catalogue) -> tuple[str, ...] | None:
    """The canonical layers that a variant's file name tells, after ``<source stem>_``.

    Both ``activation_3+activation_5`` and ``conv2d_1380activation_1399``, as names once were
    written, are read. None where ``text`` is not wholly layers of this network and of one build.
    """
    if len(text) > _LONGEST:
        return None
    for tokens in itertools.islice(_tokenise(text, catalogue), _MOST_READINGS):
        if len({build for _, build in tokens if build is not None}) <= 1:
            return tuple(layer for layer, _ in tokens)
    return None


def networks_for(text: str) -> tuple[str, ...]:
    """The networks of ``keras.applications`` in which ``split`` can read ``text``.

    ``LEGACY_NETWORK`` comes first where it is among them.
    """
    ranked = sorted(named_networks(), key=lambda name: (name != LEGACY_NETWORK, name))
    found = []
    for name in ranked:
        catalogue = catalogue_of(NetworkReference(name=name))
        if catalogue is not None and split(text, catalogue) is not None:
            found.append(name)
    return tuple(found)


# No file's name is longer, and no name that was meant has more readings than a few: with layers of
# a network of anybody's, one can be made that has millions.
_LONGEST = 255
_MOST_READINGS = 1000

# A layer and the build that its automatic name tells; None for a layer its author named.
_Token = tuple[str, int | None]


def _tokenise(text: str, catalogue: Catalogue) -> Iterator[tuple[_Token, ...]]:
    """Every way to read ``text`` as layers, the longest first name first."""
    dead_ends: set[int] = set()

    def readings(start: int) -> Iterator[tuple[_Token, ...]]:
        if start in dead_ends:
            return
        alive = False
        for end, token in _tokens_at(text, start, catalogue):
            if end == len(text):
                alive = True
                yield (token,)
            else:
                after_plus = end + 1 if text[end] == "+" else end
                for rest in readings(after_plus):
                    alive = True
                    yield (token, *rest)
        if not alive:
            dead_ends.add(start)

    yield from readings(0)


def _tokens_at(text: str, start: int, catalogue: Catalogue) -> list[tuple[int, _Token]]:
    """The layers that can be read at ``start``, with where each ends, longest first."""
    found: dict[int, _Token] = {}
    for prefix in catalogue.automatic:
        if not text.startswith(prefix, start):
            continue
        digits = re.compile(r"_\d+").match(text, start + len(prefix))
        ends = [start + len(prefix)]
        if digits:
            ends += range(ends[0] + 2, digits.end() + 1)
        for end in ends:
            counter = _read_counter(text[start:end], catalogue)
            if counter is not None:
                found[end] = counter
    here = text[start : start + 2]
    for name in (*catalogue.by_start.get(here, ()), *catalogue.by_start.get(here[:1], ())):
        end = start + len(name)
        if text.startswith(name, start) and found.get(end, ("",))[0] != name:
            found[end] = (name, None)
    return sorted(found.items(), reverse=True)


def _read_counter(name: str, catalogue: Catalogue) -> tuple[str, int] | None:
    """The canonical layer and the build of a running counter's name; None if it is none."""
    counter = _counter(name, catalogue)
    if counter is None:
        return None
    prefix, number = counter
    first, count = catalogue.automatic[prefix]
    if number < first % count:  # before the first build there was none
        return None
    build, index = divmod(number - first, count)
    layer = automatic_name(prefix, first + index)
    return (layer, build) if layer in catalogue.by_name else None


def automatic_name(prefix: str, number: int) -> str:
    """The name Keras gives automatically: ``conv2d``, ``conv2d_1``, ``conv2d_2``, …"""
    return f"{prefix}_{number}" if number else prefix


def canonical_names(names: Sequence[str], catalogue: Catalogue) -> list[str]:
    """The canonical names of a loaded model's layers, from all those it has in this process.

    Each automatic prefix starts wherever the process was counting when the model was built; its
    lowest number is the model's first.
    """
    read = [_counter(name, catalogue) for name in names]
    starts: dict[str, int] = {}
    for counter in read:
        if counter is not None:
            prefix, number = counter
            starts[prefix] = min(number, starts.get(prefix, number))
    return [
        automatic_name(
            counter[0], counter[1] - starts[counter[0]] + catalogue.automatic[counter[0]][0]
        )
        if counter
        else name
        for name, counter in zip(names, read, strict=True)
    ]


def _counter(name: str, catalogue: Catalogue) -> tuple[str, int] | None:
    """The automatic prefix and the number in a name; None where it was not given automatically."""
    found = re.fullmatch(r"(.+?)(?:_([1-9]\d*))?", name)
    if found is None or found[1] not in catalogue.automatic:
        return None
    return found[1], int(found[2] or 0)


def _unknown(name: str, catalogue: Catalogue) -> UnknownLayer:
    motif = motif_of(name)
    if motif is not None:
        known = [motif_of(one.name) or "" for one in catalogue.motifs]
        return UnknownLayer(
            motif,
            f"{catalogue.label} knows no motif {motif!r}"
            if known
            else f"{catalogue.label} knows no motifs, {EMBEDDED} does",
            nearest(motif, known),
        )
    return UnknownLayer(
        name,
        f"{catalogue.label} has no layer {name!r}",
        nearest(parted(name)[0], [*catalogue.by_name, *catalogue.called]),
    )
