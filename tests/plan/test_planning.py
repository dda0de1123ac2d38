"""A plan says of every variant how it stands and why, from values alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dreamfolio.content.model_asked import model_asked
from dreamfolio.content.objects import Variant
from dreamfolio.dream.networks.reference import NetworkReference
from dreamfolio.dream.recipe import NAMED, Recipe
from dreamfolio.dream.target import Target
from dreamfolio.plan.elsewhere import asks_cache, look_in_cache
from dreamfolio.plan.facts import Facts, NetworkFacts, SourceFacts
from dreamfolio.plan.planning import plan
from dreamfolio.plan.task import TO_DO, State, Task, forced
from dreamfolio.store.lock import Entry
from helpers.planned import (
    FETCHED_FIRST,
    FILE,
    GONE,
    HERE,
    NAMED_NETWORK,
    OUTPUT,
    OWN_NETWORK,
    PIXELS,
    ROOT,
    digest,
    entry,
    key_of,
    portfolio,
    variant,
)


def facts(
    *,
    lock: dict[str, Entry] | None = None,
    outputs: dict[str, str] | None = None,
    network: NetworkFacts = HERE,
    source: SourceFacts | None = None,
    sources: dict[str, str] | None = None,
) -> Facts:
    """What there is: the source ``orb.png``, the network, and whatever is told."""
    pixels = {"orb.png": PIXELS, **(sources or {})}
    found = {("orbs", name): SourceFacts(digest("file"), digits) for name, digits in pixels.items()}
    if source:
        found["orbs", "orb.png"] = source
    return Facts(
        locks={"orbs": lock or {}},
        sources=found,
        outputs={("orbs", file): output for file, output in (outputs or {}).items()},
        networks={NAMED_NETWORK: network, OWN_NETWORK: network},
    )


def judged(one: Variant | None = None, **told: Any) -> Task:
    (task,) = plan(portfolio(one or variant()), facts(**told))
    return task


def test_what_was_never_dreamed_is_missing() -> None:
    task = judged()
    assert (task.state, task.reason) == (State.MISSING, "not dreamed yet")
    assert task.key == key_of(variant())
    assert (task.collection, task.file, task.source, task.suffix) == (
        "orbs",
        FILE,
        "orb.png",
        ".png",
    )


def test_what_was_deleted_is_missing() -> None:
    task = judged(lock={FILE: entry()})
    assert (task.state, task.reason) == (State.MISSING, "it was deleted")


def test_what_is_as_recorded_is_current() -> None:
    task = judged(lock={FILE: entry()}, outputs={FILE: OUTPUT})
    assert (task.state, task.reason) == (State.CURRENT, "as recorded")


@pytest.mark.parametrize("network", [FETCHED_FIRST, GONE])
def test_what_is_as_recorded_is_current_without_its_network(network: NetworkFacts) -> None:
    task = judged(lock={FILE: entry()}, outputs={FILE: OUTPUT}, network=network)
    assert (task.state, task.reason) == (State.CURRENT, "as recorded")


def test_the_order_of_layers_is_no_change() -> None:
    targets = (Target("mixed3"), Target("mixed5", 0.5))
    one = variant(targets=targets)
    task = judged(variant(targets=targets[::-1]), lock={FILE: entry(one)}, outputs={FILE: OUTPUT})
    assert task.state is State.CURRENT


def test_a_name_for_the_same_recipe_is_no_change() -> None:
    renamed = variant(recipe_asked={"base": "octaves", "steps": 20})
    task = judged(renamed, lock={FILE: entry()}, outputs={FILE: OUTPUT})
    assert task.state is State.CURRENT


# Stale, and why


def stale(one: Variant | None = None, recorded: Entry | None = None, **told: Any) -> str:
    task = judged(one, lock={FILE: recorded or entry()}, outputs={FILE: OUTPUT}, **told)
    assert task.state is State.STALE
    assert task.key is not None
    return task.reason


def test_a_changed_source() -> None:
    changed = SourceFacts(digest("other file"), digest("other pixels"))
    assert stale(source=changed) == "orb.png changed"


def test_a_changed_recipe_tells_each_number() -> None:
    recipe = NAMED["octaves"].model_copy(update={"steps": 30, "jitter": 0})
    assert stale(variant(recipe=recipe)) == "recipe: jitter 32 → 0, steps 20 → 30"


def test_changed_weights_of_layers() -> None:
    reason = stale(variant(targets=(Target("mixed3", 2.0), Target("mixed5"))))
    assert reason == "its layers' weights changed"


def test_changed_weights_of_the_network() -> None:
    other = NetworkFacts(digest("other weights"), obtainable=True)
    assert stale(network=other) == "the network changed (inception_v3)"


def test_a_changed_preprocessing() -> None:
    assert stale(variant(preprocess="unit")) == "the network changed (inception_v3)"


def test_another_look_of_the_engine() -> None:
    old = entry(key=digest("look 0"), versions={"look": "0"})
    assert stale(recorded=old) == "dreamed by an engine with look 0, now 2"


def test_several_changes_are_all_told() -> None:
    changed = SourceFacts(digest("other file"), digest("other pixels"))
    reason = stale(variant(recipe=NAMED["classic"], preprocess="unit"), source=changed)
    assert reason.startswith("orb.png changed; recipe: ")
    assert reason.endswith("; the network changed (inception_v3)")


@pytest.mark.parametrize("field", sorted({*Recipe.model_fields} - {"guide"}))
def test_any_number_of_the_recipe_that_shapes_pixels_counts(field: str) -> None:
    others: dict[str, Any] = {
        "objective": "l2",
        "octaves": 3,
        "min_size": 100,
        "scale": 1.5,
        "steps": 7,
        "step_size": 0.5,
        "jitter": 3,
        "detail": False,
        "max_size": 100,
        "mask": "alpha",
        "strength": 0.5,
        "smooth": (1.0, 3.0),
        "chroma": 0.3,
        "seed": 4,
        "laplacian": 3,
        "norm": "mean-abs",
        "tv": 0.5,
        "hold": 0.1,
        "color": "keep",
    }
    recipe = NAMED["octaves"].model_copy(update={field: others[field]})
    assert field in stale(variant(recipe=recipe))


# Kept


def test_a_retouched_variant_is_kept_whatever_else_changed() -> None:
    for one in (variant(), variant(recipe=NAMED["classic"])):
        task = judged(one, lock={FILE: entry()}, outputs={FILE: digest("by hand")})
        assert task.state is State.RETOUCHED
        assert task.reason == "changed by hand since it was dreamed: kept"
        assert task.state not in TO_DO


def test_a_picture_that_was_there_before_is_kept() -> None:
    task = judged(outputs={FILE: OUTPUT})
    assert (task.state, task.reason) == (State.ADOPTED, "it was here before: kept")


@pytest.mark.parametrize("output", [OUTPUT, digest("by hand")])
def test_an_adopted_picture_is_kept(output: str) -> None:
    adopted = entry(key=None, network_digest=None, adopted=True)
    task = judged(variant(recipe=NAMED["preview"]), lock={FILE: adopted}, outputs={FILE: output})
    assert (task.state, task.reason) == (State.ADOPTED, "adopted: kept")


def test_an_adopted_picture_that_was_deleted_is_missing() -> None:
    adopted = entry(key=None, network_digest=None, adopted=True)
    assert judged(lock={FILE: adopted}).state is State.MISSING


def test_what_nothing_asks_for_any_more_is_an_orphan() -> None:
    tasks = plan(
        portfolio(variant()),
        facts(
            lock={"orb_mixed5.png": entry(key=digest("other"))},
            outputs={"orb_mixed5.png": OUTPUT},
        ),
    )
    assert [(task.file, task.state) for task in tasks] == [
        (FILE, State.MISSING),
        ("orb_mixed5.png", State.ORPHAN),
    ]
    assert tasks[1].reason == "no manifest asks for it any more"
    assert tasks[1].variant is None


def test_an_orphan_whose_render_is_gone_says_so() -> None:
    lost = replace(entry(key=digest("other")), source="gone.png")
    tasks = plan(
        portfolio(variant()),
        facts(lock={"gone_mixed5.png": lost}, outputs={"gone_mixed5.png": OUTPUT}),
    )
    assert tasks[1].reason == "its render gone.png is not here any more"


def test_a_source_is_no_orphan_though_a_manifest_once_called_it_a_variant() -> None:
    tasks = plan(
        portfolio(variant()),
        facts(lock={variant().source: entry(adopted=True)}, outputs={variant().source: OUTPUT}),
    )
    assert [task.file for task in tasks] == [FILE]


def test_what_is_neither_wanted_nor_there_is_no_task() -> None:
    tasks = plan(portfolio(variant()), facts(lock={"orb_mixed5.png": entry()}))
    assert [task.file for task in tasks] == [FILE]


def test_a_dream_taken_in_by_name_alone_has_no_key() -> None:
    found = variant(recipe_asked=None, recipe=NAMED["classic"])
    task = judged(found, outputs={FILE: OUTPUT})
    assert (task.state, task.key) == (State.ADOPTED, None)


# Networks out of reach


def test_a_network_that_is_not_here_makes_a_dream_pending() -> None:
    task = judged(variant(network=OWN_NETWORK), network=GONE)
    assert task.state is State.PENDING
    assert task.reason == "not dreamed yet; the network networks/mine.keras is not here"
    assert task.state in TO_DO


def test_a_stale_variant_of_a_network_that_is_not_here_is_pending_and_says_why() -> None:
    old = variant(network=OWN_NETWORK)
    task = judged(
        variant(network=OWN_NETWORK, recipe=NAMED["classic"]),
        lock={FILE: entry(old)},
        outputs={FILE: OUTPUT},
        network=GONE,
    )
    assert task.state is State.PENDING
    assert task.reason.startswith("recipe: ")
    assert task.reason.endswith("; the network networks/mine.keras is not here")


def test_a_network_that_is_fetched_first_is_told_and_no_hindrance() -> None:
    task = judged(network=FETCHED_FIRST)
    assert task.state is State.MISSING
    assert task.reason == "not dreamed yet; its weights (96 MB) are fetched first"


def test_a_network_known_from_another_variant_gives_a_key_without_being_here() -> None:
    other = variant(network=OWN_NETWORK, file="orb_mixed5.png", targets=(Target("mixed5"),))
    wanted = variant(network=OWN_NETWORK)
    tasks = plan(
        portfolio(wanted, other),
        facts(lock={other.file: entry(other)}, outputs={other.file: OUTPUT}, network=GONE),
    )
    assert [task.state for task in tasks] == [State.PENDING, State.CURRENT]
    assert tasks[0].key == key_of(wanted)


# Sources in trouble


def test_a_source_that_cannot_be_read_costs_its_own_variants() -> None:
    broken = SourceFacts(None, None, "orb.png is damaged")
    cube = variant(source="cube.png", file="cube_mixed3.png")
    tasks = plan(
        portfolio(variant(), cube), facts(source=broken, sources={"cube.png": digest("cube")})
    )
    assert [(task.state, task.problem) for task in tasks] == [
        (State.MISSING, "orb.png is damaged"),
        (State.MISSING, None),
    ]
    assert tasks[0].reason == "orb.png cannot be dreamed"
    assert tasks[0].key is None


# Without dreaming


def test_a_twin_on_disk_serves_a_renamed_source() -> None:
    old = variant(source="ball.png", file="ball_mixed3.png")
    tasks = plan(
        portfolio(variant()), facts(lock={old.file: entry(old)}, outputs={old.file: OUTPUT})
    )
    assert tasks[0].state is State.RESTORABLE
    assert tasks[0].twin == ("orbs", "ball_mixed3.png")
    assert tasks[0].reason == "not dreamed yet: the same as ball_mixed3.png"
    assert tasks[1].state is State.ORPHAN


@pytest.mark.parametrize("network", [FETCHED_FIRST, GONE])
def test_a_twin_serves_without_the_network_which_is_not_spoken_of(network: NetworkFacts) -> None:
    old = variant(source="ball.png", file="ball_mixed3.png")
    tasks = plan(
        portfolio(variant()),
        facts(lock={old.file: entry(old)}, outputs={old.file: OUTPUT}, network=network),
    )
    assert tasks[0].state is State.RESTORABLE
    assert tasks[0].reason == "not dreamed yet: the same as ball_mixed3.png"


@pytest.mark.parametrize(
    "twin",
    [
        {"output": digest("by hand")},  # retouched: no longer the dream
        {"key": digest("another dream")},
        {"key": None, "adopted": True},
    ],
)
def test_only_the_same_dream_is_a_twin(twin: dict[str, Any]) -> None:
    old = variant(source="ball.png", file="ball_mixed3.png")
    (task, _) = plan(
        portfolio(variant()),
        facts(lock={old.file: entry(old, **twin)}, outputs={old.file: OUTPUT}),
    )
    assert task.state is State.MISSING


def test_a_twin_in_another_format_is_none() -> None:
    old = variant(source="ball.jpg", file="ball_mixed3.jpg")
    (task, _) = plan(
        portfolio(variant()), facts(lock={old.file: entry(old)}, outputs={old.file: OUTPUT})
    )
    assert task.state is State.MISSING


def test_the_cache_brings_back_what_was_deleted() -> None:
    task = judged(lock={FILE: entry()})
    assert asks_cache(task)
    (found,) = look_in_cache([task], {(task.key or "", ".png"): OUTPUT})
    assert (found.state, found.reason) == (State.RESTORABLE, "it was deleted: in the cache")


@pytest.mark.parametrize("network", [FETCHED_FIRST, GONE])
def test_the_cache_serves_without_the_network_which_is_not_spoken_of(
    network: NetworkFacts,
) -> None:
    task = judged(lock={FILE: entry()}, network=network)
    (found,) = look_in_cache([task], {(task.key or "", ".png"): OUTPUT})
    assert (found.state, found.reason) == (State.RESTORABLE, "it was deleted: in the cache")


def test_the_cache_serves_a_reverted_recipe_and_says_what_changed() -> None:
    changed = SourceFacts(digest("other file"), digest("other pixels"))
    task = judged(
        variant(recipe=NAMED["classic"]),
        lock={FILE: entry()},
        outputs={FILE: OUTPUT},
        network=GONE,
        source=changed,
    )
    (found,) = look_in_cache([task], {(task.key or "", ".png"): digest("classic")})
    assert found.state is State.RESTORABLE
    assert found.reason.startswith("orb.png changed; recipe: ")
    assert found.reason.endswith(": in the cache")


def test_another_format_in_the_cache_does_not_serve() -> None:
    task = judged()
    assert look_in_cache([task], {(task.key or "", ".jpg"): OUTPUT}) == (task,)


def test_a_picture_that_an_interrupted_build_did_not_record_is_current() -> None:
    task = judged(outputs={FILE: OUTPUT})
    (found,) = look_in_cache([task], {(task.key or "", ".png"): OUTPUT})
    assert (found.state, found.reason) == (State.CURRENT, "as in the cache")


def test_a_picture_that_only_stands_where_a_dream_would_is_not_taken_for_it() -> None:
    task = judged(outputs={FILE: digest("painted")})
    (found,) = look_in_cache([task], {(task.key or "", ".png"): OUTPUT})
    assert found.state is State.ADOPTED


def test_retouched_and_adopted_pictures_are_not_replaced_from_the_cache() -> None:
    retouched = judged(lock={FILE: entry()}, outputs={FILE: digest("by hand")})
    adopted = judged(lock={FILE: entry(key=None, adopted=True)}, outputs={FILE: OUTPUT})
    for task in (retouched, adopted):
        (found,) = look_in_cache([task], {(task.key or "", ".png"): digest("dream")})
        assert found == task


# Forced


@pytest.mark.parametrize(
    ("output", "reason"),
    [
        (OUTPUT, "forced"),
        (digest("by hand"), "forced: what was changed by hand is replaced"),
    ],
)
def test_force_dreams_again_what_is_current_or_retouched(output: str, reason: str) -> None:
    task = forced(judged(lock={FILE: entry()}, outputs={FILE: output}))
    assert (task.state, task.reason) == (State.STALE, reason)


def test_force_spares_adopted_pictures_and_orphans() -> None:
    adopted = judged(outputs={FILE: OUTPUT})
    assert forced(adopted) == adopted
    (orphan,) = plan(portfolio(), facts(lock={FILE: entry()}, outputs={FILE: OUTPUT}))
    assert orphan.state is State.ORPHAN
    assert forced(orphan) == orphan


def test_force_leaves_what_is_to_be_done_anyway() -> None:
    task = judged()
    assert forced(task) == task


# Words


def test_what_was_asked_for_by_an_old_name_says_so() -> None:
    one = variant(asked="orb_activation_2482.png")
    assert judged(one).reason == "not dreamed yet (asked for as orb_activation_2482.png)"
    pending = judged(replace(one, network=OWN_NETWORK), network=GONE)
    assert pending.reason == (
        "not dreamed yet (asked for as orb_activation_2482.png); "
        "the network networks/mine.keras is not here"
    )


def test_tasks_come_in_the_order_of_the_content() -> None:
    names = ["z.png", "a.png", "m.png"]
    variants = [variant(source=name, file=f"{name[0]}_mixed3.png") for name in names]
    tasks = plan(portfolio(*variants), facts(sources={name: digest(name) for name in names}))
    assert [task.source for task in tasks] == names


@pytest.mark.parametrize(
    ("network", "asked"),
    [
        (NAMED_NETWORK, "inception_v3"),
        (OWN_NETWORK, {"file": "networks/mine.keras", "preprocess": "tf"}),
        (
            NetworkReference(name="vgg16", weights=ROOT / "w.h5"),
            {"name": "vgg16", "weights": "w.h5"},
        ),
        (
            NetworkReference(file=Path("/home/someone/secret/n.keras"), preprocess="tf"),
            {"file": "n.keras", "preprocess": "tf"},
        ),
    ],
)
def test_a_lock_tells_the_network_without_the_disk_it_lies_on(
    network: NetworkReference, asked: Any
) -> None:
    assert model_asked(network, ROOT) == asked


@pytest.mark.parametrize("network", [GONE, HERE])
def test_what_a_network_said_of_its_input_is_remembered_while_it_is_away(
    network: NetworkFacts,
) -> None:
    own = NetworkReference(file=ROOT / "networks/mine.keras")
    dreamed = variant(network=own, preprocess="none")  # It opens with a rescaling of its own.
    guessed = variant(network=own, preprocess="tf")
    told = facts(lock={FILE: entry(dreamed)}, outputs={FILE: OUTPUT})
    (task,) = plan(portfolio(guessed), replace(told, networks={own: network}))
    assert task.state is State.CURRENT


def test_another_range_of_input_is_noticed() -> None:
    dreamed = variant(network=OWN_NETWORK)  # It was said to take `tf`.
    own = NetworkReference(file=ROOT / "networks/mine.keras")
    told = facts(lock={FILE: entry(dreamed)}, outputs={FILE: OUTPUT})
    (task,) = plan(
        portfolio(variant(network=own, preprocess="none")), replace(told, networks={own: HERE})
    )
    assert (task.state, task.reason) == (State.STALE, "the network changed (mine)")
