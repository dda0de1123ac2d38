"""Parcels from jobs, made on the machine that writes: sources decoded, networks made ready."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from dreamfolio.dream.counting import Stopped
from dreamfolio.dream.networks.reference import NetworkReference
from dreamfolio.errors import DreamfolioError, NetworkUnavailable
from dreamfolio.runner.cluster.parcel import Parcel, SentNetwork
from dreamfolio.runner.cluster.weights import here, sent
from dreamfolio.runner.jobs import Job, groups
from dreamfolio.runner.origin import Origin
from dreamfolio.runner.run import Run
from dreamfolio.runner.work import explained


@dataclass(eq=False, slots=True)
class Errand:
    """A parcel with the job it is for; ``losses`` counts the dreamers lost over it."""

    job: Job
    origin: Origin
    parcel: Parcel
    losses: int = 0


class Packing:
    """Makes errands of a run's jobs, network by network; what needs no dream it deals with."""

    def __init__(self, run: Run, ray: Any):
        self._run = run
        self._put = ray.put
        self._networks: dict[NetworkReference, SentNetwork] = {}
        self._number = 0
        self.refusal: DreamfolioError | None = None

    def errands(self, jobs: Iterable[Job]) -> Iterator[Errand]:
        """One after the other, each made when it is asked for: a picture takes memory.

        Once there is a ``refusal``, the rest fails with it.
        """
        waiting = {alike[0].network: alike for alike in groups(list(jobs), lambda job: job.network)}
        while waiting:
            reference = next(iter(waiting))
            alike = waiting.pop(reference)
            try:
                self._look_for_refusal()
                network = self._network(alike[0])
            except NetworkUnavailable as error:
                self._run.outcome.away[reference] = error
                for job in self._run.passed_on(alike):
                    waiting.setdefault(job.network, []).append(job)
                continue
            except Stopped:
                return
            except DreamfolioError as error:
                for job in alike:
                    self._run.fail(job.task, error, job.steps)
                continue
            # Those with the same layers follow each other: a dreamer keeps what it loaded.
            for job in (one for same in groups(alike, lambda job: job.targets) for one in same):
                if self._run.stop():
                    return
                if errand := self._errand(job, network):
                    yield errand

    def _look_for_refusal(self) -> None:
        if self.refusal:
            raise self.refusal

    def _network(self, job: Job) -> SentNetwork:
        reference = job.network
        if reference in self._run.outcome.away:
            raise self._run.outcome.away[reference]
        if reference not in self._networks:
            self._run.listener.loading(reference.label)
            path = here(reference, self._on_bytes(reference))
            digest = self._run.network_digest(job)
            self._networks[reference] = sent(reference, path, digest, self._put)
        return self._networks[reference]

    def _on_bytes(self, reference: NetworkReference) -> Any:
        def on_bytes(done: int, total: int | None) -> None:
            if self._run.stop():
                raise Stopped("the fetching was stopped")
            self._run.listener.fetching(reference.label, done, total)

        return on_bytes

    def _errand(self, job: Job, network: SentNetwork) -> Errand | None:
        run = self._run
        try:
            self._look_for_refusal()
            origin = run.origin(job, network.digest, {})
            # The survey could not know the key where the network was still to be fetched.
            if job.task.key != origin.key:
                known = run.recorder.cached(origin.key, job.task.suffix)
                if known is not None:
                    run.restored(job.task, known, origin)
                    return None
            work = run.work(job, run.decoded(job), origin)
        except DreamfolioError as error:
            run.fail(job.task, error, job.steps)
            return None
        except Exception as error:  # Whatever a decoder may throw costs this variant only.
            run.fail(job.task, explained(error), job.steps)
            return None
        self._number += 1
        entry = job.task.entry
        parcel = Parcel(
            number=self._number,
            work=work,
            network=network,
            targets=job.targets,
            precision=run.precision(job),
            key=origin.key,
            # The cache was asked for a picture that is recorded; or it is dreamed anew by force.
            ask_cache=entry is None or entry.key != origin.key,
        )
        return Errand(job, origin, parcel)
