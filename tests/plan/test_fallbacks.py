"""What a plan says of variants that another network may dream in the place of the first."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from dreamfolio.content.model_asked import model_asked
from dreamfolio.content.objects import Fallback, Variant
from dreamfolio.dream.networks.reference import NetworkReference
from dreamfolio.dream.recipe import NAMED
from dreamfolio.dream.target import Target
from dreamfolio.plan.elsewhere import asks_cache, look_in_cache
from dreamfolio.plan.facts import Facts, NetworkFacts, SourceFacts
from dreamfolio.plan.planning import plan
from dreamfolio.plan.task import State, Task, forced
from dreamfolio.store.lock import Entry
from helpers.planned import FILE, OUTPUT, PIXELS, ROOT, digest, entry, key_of, portfolio, variant

FIRST = NetworkReference(name="inception_v3")
SECOND = NetworkReference(name="vgg16")
THIRD = NetworkReference(file=ROOT / "networks/mine.keras", preprocess="unit")
FETCHED_FIRST = NetworkFacts(None, obtainable=True, word="its weights (96 MB) are fetched first")
NOT_FETCHED = NetworkFacts(None, obtainable=False, word="its weights could not be fetched")
AWAY = NetworkFacts(None, obtainable=False, word="networks/mine.keras is not here")

WANTED = variant(
    fallbacks=(
        Fallback(SECOND, (Target("block3_conv1"),), "caffe"),
        Fallback(THIRD, (Target("conv_b"),), "unit"),
    )
)
BY_SECOND, BY_THIRD = WANTED.stand_ins


def here(network: NetworkReference) -> NetworkFacts:
    return NetworkFacts(digest(network.label), obtainable=True)


def dreamed_by(one: Variant, **changes: Any) -> Entry:
    """The lock's entry of ``WANTED`` as ``one`` of its networks dreamed it."""
    weights = digest(one.network.label)
    told = {
        "key": key_of(one, weights=weights),
        "network": one.network.label,
        "network_digest": weights,
        "model": model_asked(one.network, ROOT),
        "asked": "mixed3 of inception_v3",
    }
    return entry(one, **{**told, **changes})


def facts(
    first: NetworkFacts,
    second: NetworkFacts | None = None,
    third: NetworkFacts | None = None,
    *,
    recorded: Entry | None = None,
    output: str | None = OUTPUT,
    pixels: str = PIXELS,
) -> Facts:
    return Facts(
        locks={"orbs": {FILE: recorded} if recorded else {}},
        sources={("orbs", "orb.png"): SourceFacts(digest("file"), pixels)},
        outputs={("orbs", FILE): output} if output and recorded else {},
        networks={FIRST: first, SECOND: second or here(SECOND), THIRD: third or AWAY},
    )


def judged(told: Facts, one: Variant = WANTED) -> Task:
    (task,) = plan(portfolio(one), told)
    return task


@pytest.mark.parametrize("first", [FETCHED_FIRST, NOT_FETCHED])
def test_a_dream_of_a_fallback_is_current_while_the_first_is_away(first: NetworkFacts) -> None:
    task = judged(facts(first, recorded=dreamed_by(BY_SECOND)))
    assert task.state is State.CURRENT
    assert task.reason == "dreamed by vgg16, standing in for inception_v3"
    assert task.variant
    assert (task.variant.network, task.variant.wanted.network) == (SECOND, FIRST)


def test_it_stays_current_where_the_fallback_is_away_too() -> None:
    task = judged(facts(NOT_FETCHED, NOT_FETCHED, recorded=dreamed_by(BY_SECOND)))
    assert task.state is State.CURRENT


def test_it_is_stale_once_the_first_is_here() -> None:
    task = judged(facts(here(FIRST), recorded=dreamed_by(BY_SECOND)))
    assert task.state is State.STALE
    assert task.reason == "dreamed by vgg16, standing in for inception_v3"
    assert task.variant == WANTED
    assert task.key == key_of(WANTED, weights=digest("inception_v3"))


def test_it_is_stale_once_a_better_fallback_is_here() -> None:
    recorded = dreamed_by(BY_THIRD)
    assert judged(facts(NOT_FETCHED, NOT_FETCHED, recorded=recorded)).state is State.CURRENT
    task = judged(facts(NOT_FETCHED, here(SECOND), recorded=recorded))
    assert task.state is State.STALE
    assert task.reason.startswith("dreamed by mine, standing in for inception_v3; ")


@pytest.mark.parametrize("first", [FETCHED_FIRST, here(FIRST)])
def test_other_changes_are_told_beside(first: NetworkFacts) -> None:
    task = judged(facts(first, recorded=dreamed_by(BY_SECOND), pixels=digest("others")))
    assert task.state is State.STALE
    told = "orb.png changed; dreamed by vgg16, standing in for inception_v3"
    assert task.reason.startswith(told)


def test_the_firsts_own_dream_is_current_though_only_a_fallback_is_here() -> None:
    recorded = dreamed_by(WANTED)
    task = judged(facts(NOT_FETCHED, recorded=recorded))
    assert (task.state, task.reason) == (State.CURRENT, "as recorded")


def test_a_dream_of_a_network_that_is_no_fallback_any_more_is_stale() -> None:
    alone = replace(WANTED, fallbacks=())
    task = judged(facts(FETCHED_FIRST, recorded=dreamed_by(BY_SECOND)), alone)
    assert task.state is State.STALE
    assert "the network changed (inception_v3)" in task.reason


@pytest.mark.parametrize(
    ("first", "second", "state", "told"),
    [
        (
            FETCHED_FIRST,
            here(SECOND),
            State.MISSING,
            "not dreamed yet; its weights (96 MB) are fetched first, or vgg16 stands in",
        ),
        (
            NOT_FETCHED,
            here(SECOND),
            State.MISSING,
            "not dreamed yet; its weights could not be fetched: vgg16 stands in",
        ),
        (
            NOT_FETCHED,
            NOT_FETCHED,
            State.PENDING,
            "not dreamed yet; its weights could not be fetched",
        ),
        (here(FIRST), here(SECOND), State.MISSING, "not dreamed yet"),
    ],
)
def test_what_is_not_dreamed_yet_waits_only_where_no_network_can_be_had(
    first: NetworkFacts, second: NetworkFacts, state: State, told: str
) -> None:
    task = judged(facts(first, second))
    assert (task.state, task.reason, task.variant) == (state, told, WANTED)


def test_a_fallbacks_dream_comes_back_from_the_cache_while_the_first_is_away() -> None:
    told = facts(NOT_FETCHED, recorded=dreamed_by(BY_SECOND), output=None)
    task = judged(told)
    assert task.state is State.MISSING
    key = key_of(BY_SECOND, weights=digest("vgg16"))
    assert [one.key for one in task.alternatives if asks_cache(one)] == [key]
    (found,) = look_in_cache([task], {(key, ".png"): OUTPUT})
    assert (found.state, found.key) == (State.RESTORABLE, key)
    assert found.reason == (
        "it was deleted: in the cache, dreamed by vgg16, standing in for inception_v3"
    )
    assert found.variant
    assert found.variant.network == SECOND


def test_nor_is_it_asked_for_where_the_first_is_here() -> None:
    task = judged(facts(here(FIRST), recorded=dreamed_by(BY_SECOND), output=None))
    assert task.alternatives == ()


def test_a_fallbacks_dream_that_was_not_recorded_is_known_by_the_cache() -> None:
    told = replace(facts(NOT_FETCHED), outputs={("orbs", FILE): OUTPUT})
    key = key_of(BY_SECOND, weights=digest("vgg16"))
    (task,) = look_in_cache(plan(portfolio(WANTED), told), {(key, ".png"): OUTPUT})
    assert task.state is State.CURRENT
    assert task.variant
    assert task.variant.network == SECOND


def test_a_fallback_whose_file_is_away_keeps_the_layers_it_had() -> None:
    unknown = replace(WANTED, fallbacks=(Fallback(THIRD, (), "unit"),))
    task = judged(facts(NOT_FETCHED, recorded=dreamed_by(BY_THIRD)), unknown)
    assert task.state is State.CURRENT


def test_a_retouched_dream_of_a_fallback_is_kept() -> None:
    task = judged(facts(here(FIRST), recorded=dreamed_by(BY_SECOND), output=digest("other")))
    assert task.state is State.RETOUCHED


def test_force_dreams_a_fallbacks_dream_again() -> None:
    task = forced(judged(facts(NOT_FETCHED, recorded=dreamed_by(BY_SECOND))))
    assert (task.state, task.reason) == (State.STALE, "forced")


def test_a_changed_recipe_of_a_fallbacks_dream() -> None:
    task = judged(
        facts(NOT_FETCHED, recorded=dreamed_by(BY_SECOND)),
        replace(WANTED, recipe=NAMED["classic"]),
    )
    assert task.state is State.STALE
    assert task.reason.startswith("recipe: ")
    assert "layers" not in task.reason
    assert task.reason.endswith(
        "; dreamed by vgg16, standing in for inception_v3; "
        "its weights could not be fetched: vgg16 stands in"
    )
