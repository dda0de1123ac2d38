"""What feeds what in a Keras model."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any


def feeds(part: Any) -> Mapping[str, Sequence[str]]:
    """What goes into each operation of the model, over all its uses."""
    found: dict[str, list[str]] = defaultdict(list)
    for node in itertools.chain.from_iterable(part._nodes_by_depth.values()):
        found[node.operation.name] += [
            tensor._keras_history.operation.name for tensor in node.input_tensors
        ]
    return found


def uses(part: Any) -> Counter[str]:
    """How often each operation's output goes into another one or out of the model."""
    found = Counter(itertools.chain.from_iterable(feeds(part).values()))
    found.update(tensor._keras_history.operation.name for tensor in part.outputs)
    return found
