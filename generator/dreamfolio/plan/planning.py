"""From a portfolio and the facts to a task for every variant there is or should be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dreamfolio.content.objects import Collection, Portfolio
from dreamfolio.pictures.animation_names import movie_of
from dreamfolio.plan.elsewhere import whole_dreams, with_twin
from dreamfolio.plan.facts import Facts
from dreamfolio.plan.fallbacks import each, judge_all, settled
from dreamfolio.plan.judging import having_seen, known_networks
from dreamfolio.plan.task import TO_DO, State, Task
from dreamfolio.store.lock import Entry


def plan(portfolio: Portfolio, facts: Facts) -> tuple[Task, ...]:
    """A task for every variant there is or should be, in the order of the content."""
    known = known_networks(facts.locks)
    tasks = [
        task
        for collection in portfolio.collections
        for task in _collection(portfolio, collection, facts, known)
    ]
    if all(task.state not in TO_DO and not task.alternatives for task in tasks):
        return tuple(tasks)
    dreams = whole_dreams(facts)
    return tuple(settled(each(task, lambda one: with_twin(one, dreams))) for task in tasks)


def _collection(
    portfolio: Portfolio, collection: Collection, facts: Facts, known: Mapping[str, str]
) -> Iterator[Task]:
    lock = facts.locks.get(collection.slug, {})
    # A source is none of ours to drop, though a manifest once called it a variant.
    wanted = {piece.source for piece in collection.pieces}
    for piece in collection.pieces:
        for named in piece.dreams:
            variant = having_seen(named, collection, facts)
            entry = lock.get(variant.file)
            if variant.recipe_asked is None and entry and not entry.adopted:
                continue  # Taken in by its name alone, but it is ours: nothing asks for it now.
            wanted.add(variant.file)
            yield judge_all(portfolio, collection, variant, entry, facts, known)
    for file in sorted(lock.keys() - wanted):
        yield from _orphans(collection, file, lock[file], facts)


def _orphans(collection: Collection, file: str, entry: Entry, facts: Facts) -> Iterator[Task]:
    """What is there of a picture that nothing asks for, with the MP4 made with it."""
    asked_for_no_more = (
        "no manifest asks for it any more"
        if entry.source in (*collection.pictures, *collection.videos)
        else f"its render {entry.source} is not here any more"
    )
    output = facts.outputs.get((collection.slug, file))
    if output is not None:
        yield Task(
            collection=collection.slug,
            file=file,
            source=entry.source,
            state=State.ORPHAN,
            reason="adopted, but no longer a variant of a source here; "
            "to show it as a picture of its own, list it under pieces"
            if entry.adopted
            else asked_for_no_more,
            entry=entry,
            output=output,
        )
    movie = facts.outputs.get((collection.slug, movie_of(file))) if entry.movie else None
    if movie is not None and movie == entry.movie:
        yield Task(
            collection=collection.slug,
            file=movie_of(file),
            source=entry.source,
            state=State.ORPHAN,
            reason=asked_for_no_more,
            entry=entry,
            output=movie,
        )
