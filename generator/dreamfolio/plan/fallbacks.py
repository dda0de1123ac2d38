"""Networks that stand in for the one asked for: a variant with fallbacks is judged by each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from dreamfolio.content.model_asked import model_asked
from dreamfolio.content.objects import Collection, Portfolio, Variant
from dreamfolio.plan.facts import UNSEEN, Facts, NetworkFacts
from dreamfolio.plan.judging import judge
from dreamfolio.plan.staleness import standing_in, stood_in
from dreamfolio.plan.task import TO_DO, State, Task
from dreamfolio.store.lock import Entry


def judge_all(
    portfolio: Portfolio,
    collection: Collection,
    variant: Variant,
    entry: Entry | None,
    facts: Facts,
    known: Mapping[str, str],
) -> Task:
    """The variant by the network asked for; its fallbacks are the alternatives."""
    if not variant.fallbacks:
        network = facts.networks.get(variant.network, UNSEEN)
        return judge(portfolio, collection, variant, entry, facts, known, network)

    def by(network: NetworkFacts, one: Variant) -> Task:
        return judge(portfolio, collection, one, entry, facts, known, network)

    asked = (variant.network, *(one.network for one in variant.fallbacks))
    networks = [facts.networks.get(network, UNSEEN) for network in asked]
    task = by(_or_fallback(variant, networks), variant)
    stand_ins = [
        by(network, _as_recorded(one, entry, portfolio.root))
        for one, network in zip(variant.stand_ins, networks[1:], strict=True)
    ]
    dreamer = next((one for one in stand_ins if _dreamed_by(one, portfolio.root)), None)
    stale = task.state in (State.STALE, State.PENDING) and task.output and not task.problem
    if stale and entry and dreamer and dreamer.variant:
        pixels = facts.sources[collection.slug, variant.source].pixels
        told = stood_in(dreamer.variant, entry, pixels, dreamer.network_digest)
        task = replace(task, reason="; ".join(told) + task.of_network)
    here = next((i for i, network in enumerate(networks) if network.digest), len(networks))
    return replace(task, alternatives=tuple(stand_ins[:here]))


def _or_fallback(variant: Variant, networks: Sequence[NetworkFacts]) -> NetworkFacts:
    """What there is of the network asked for, and which one dreams where it cannot be had."""
    first, *others = networks
    found = zip(variant.fallbacks, others, strict=True)
    label = next((one.network.label for one, facts in found if facts.obtainable), None)
    if first.digest or label is None:
        return first
    joint = ", or" if first.obtainable else ":"
    return NetworkFacts(None, obtainable=True, word=f"{first.word}{joint} {label} stands in")


def _as_recorded(stand_in: Variant, entry: Entry | None, root: Path) -> Variant:
    """The stand-in with the layers it was dreamed by, where its network cannot be asked."""
    if stand_in.targets or entry is None or entry.model != model_asked(stand_in.network, root):
        return stand_in
    return replace(stand_in, targets=entry.layers)


def _dreamed_by(task: Task, root: Path) -> bool:
    """Whether the lock says that the task's own network dreamed it."""
    if task.variant is None or task.entry is None or task.entry.adopted:
        return False
    return bool(task.entry.model == model_asked(task.variant.network, root))


def each(task: Task, judge: Callable[[Task], Task]) -> Task:
    """The task and its alternatives, each as ``judge`` has it."""
    if not task.alternatives:
        return judge(task)
    return replace(judge(task), alternatives=tuple(judge(one) for one in task.alternatives))


def settled(task: Task) -> Task:
    """The first of the task's alternatives that serves, where the task itself needs a dream."""
    if task.state in (State.CURRENT, State.RESTORABLE):
        return task
    for one in task.alternatives:
        if one.state is State.CURRENT and one.variant:
            return replace(one, reason=standing_in(one.variant))
        if one.state is State.RESTORABLE and one.variant and task.state in TO_DO:
            return replace(one, reason=f"{one.reason}, {standing_in(one.variant)}")
    return task
