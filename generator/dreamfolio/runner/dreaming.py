"""Dreaming a list of variants: decode, dream and encode overlapped, small ones of one size in
batches, one failure costing one.

TensorFlow and numpy come in with the first dream, not before.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from dreamfolio.dream.counting import Stopped
from dreamfolio.dream.device import describe_device
from dreamfolio.dream.networks.load import load
from dreamfolio.dream.precision import Asked
from dreamfolio.dream.target import Target
from dreamfolio.errors import DreamfolioError, NetworkUnavailable
from dreamfolio.plan.task import Task
from dreamfolio.runner.batching import batches
from dreamfolio.runner.dreamer import Dreamer
from dreamfolio.runner.jobs import Job, ahead, groups
from dreamfolio.runner.listener import Listener
from dreamfolio.runner.outcome import Outcome
from dreamfolio.runner.recorder import Recorder
from dreamfolio.runner.run import Run, Stop
from dreamfolio.runner.work import explained, versions_at_work
from dreamfolio.runner.writing import Writing
from dreamfolio.survey import Survey

if TYPE_CHECKING:
    from dreamfolio.dream.networks.network import Network


def dream_all(
    survey: Survey,
    tasks: Sequence[Task],
    recorder: Recorder,
    outcome: Outcome,
    listener: Listener,
    stop: Stop,
) -> None:
    """Dream ``tasks``, network by network; what fails is noted in ``outcome``, the rest goes on.

    ``stop`` is asked after every step. A dream that is finished when it says so is kept.
    """
    run = Run(survey, recorder, outcome, listener, stop)
    jobs = list(run.countable(tasks))
    if not jobs:
        return
    listener.begin(len(jobs), sum(job.steps for job in jobs))
    # One thread each: pictures are decoded while their network is built or another dream goes on,
    # and a dream is encoded while the next one goes on, through whatever network.
    with ThreadPoolExecutor(1, "decode") as decoder, ThreadPoolExecutor(1, "encode") as encoder:
        writing = Writing(run, encoder)
        _dream_by_network(run, jobs, _Dreaming(run, decoder, writing))
        writing.wait()


def _dream_by_network(run: Run, jobs: Sequence[Job], dreaming: _Dreaming) -> None:
    """Dream jobs, those of one network after the other's; where one cannot be had, its jobs go on
    to the next that each names."""
    waiting = {alike[0].network: alike for alike in groups(jobs, lambda job: job.network)}
    while waiting:
        network = next(iter(waiting))
        by_load = groups(waiting.pop(network), dreaming.loaded_alike)
        for number, alike in enumerate(by_load):
            if run.stop():
                return
            if not dreaming.dream_alike(alike):
                for job in run.passed_on(itertools.chain.from_iterable(by_load[number:])):
                    waiting.setdefault(job.network, []).append(job)
                break


class _Dreaming:
    """Dreams on this machine, one batch after the other."""

    def __init__(self, run: Run, decoder: ThreadPoolExecutor, writing: Writing):
        self._run = run
        self._decoder = decoder
        self._writing = writing

    def loaded_alike(self, job: Job) -> tuple[tuple[Target, ...], Asked]:
        """What of a network serves a job: others that say the same share what is loaded."""
        return job.targets, self._run.precision(job)

    def dream_alike(self, jobs: Sequence[Job]) -> bool:
        """Dream jobs that share network and layers; say whether the network can be had."""
        run, reference = self._run, jobs[0].network
        if reference in run.outcome.away:
            return False
        run.listener.loading(reference.label)
        early = {id(jobs[0]): self._decoder.submit(run.decoded, jobs[0])}
        try:
            network = self._load(jobs[0])
            digest = run.network_digest(jobs[0])
        except NetworkUnavailable as error:
            run.outcome.away[reference] = error
            return False
        except Stopped:
            return True
        except DreamfolioError as error:
            for job in jobs:
                run.fail(job.task, error, job.steps)
            return True
        except Exception as error:  # Whatever Keras may throw costs this network's variants only.
            for job in jobs:
                run.fail(job.task, explained(error), job.steps)
            return True
        at_work = versions_at_work(network)
        dreamer = Dreamer(run, network, lambda job: run.origin(job, digest, at_work), self._writing)
        in_batches = batches(jobs, network, run.survey.portfolio.computing)
        decoded = ahead(self._decoder, run.decoded, [batch.jobs for batch in in_batches], early)
        for batch, pictures in zip(in_batches, decoded, strict=True):
            if run.stop():
                break
            try:
                dreamer.dream(pictures, batch.filled)
            except Stopped:
                break
        return True

    def _load(self, job: Job) -> Network:
        def on_bytes(done: int, total: int | None) -> None:
            if self._run.stop():
                raise Stopped("the fetching was stopped")
            self._run.listener.fetching(job.network.label, done, total)

        asked = self._run.precision(job)
        network = load(job.network, job.targets, on_bytes, precision=asked)
        self._run.listener.loaded(describe_device(network.precision))
        return network
