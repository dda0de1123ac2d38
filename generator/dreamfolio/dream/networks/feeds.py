"""What feeds what in a Keras model."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any


def operations(model: Any) -> Sequence[Any]:
    """The model's layers, and what else it is made of: ``x + y`` is an operation and no layer."""
    # A Sequential has layers only, and one that is not built yet nothing else.
    found: Sequence[Any] = getattr(model, "operations", model.layers)
    return found


def nodes(part: Any) -> Iterator[Any]:
    """The calls of the model's operations, each behind those it takes from; not its inputs."""
    part = getattr(part, "_functional", part)  # That of a Sequential.
    for depth in sorted(part._nodes_by_depth, reverse=True):
        yield from (node for node in part._nodes_by_depth[depth] if not node.is_input)


def feeds(part: Any) -> Mapping[str, Sequence[str]]:
    """What goes into each operation of the model, over all its uses."""
    found: dict[str, list[str]] = defaultdict(list)
    for node in nodes(part):
        found[node.operation.name] += [
            tensor._keras_history.operation.name for tensor in node.input_tensors
        ]
    return found


def uses(part: Any) -> Counter[str]:
    """How often each operation's output goes into another one or out of the model."""
    found = Counter(itertools.chain.from_iterable(feeds(part).values()))
    found.update(tensor._keras_history.operation.name for tensor in part.outputs)
    return found
