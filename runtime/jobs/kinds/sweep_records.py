"""How is the same done with everything that a list finds, in the background?"""

from __future__ import annotations

from dataclasses import replace

from runtime.jobs.kind import Ended, Finished, GaveUp, Kind, Stopping, Task
from runtime.use_cases.sweeps.sweep import ids_of, read_sweep
from runtime.use_cases.sweeps.tally import tally_of
from runtime.use_cases.sweeps.walk import Walk


def work(task: Task) -> Ended:
    """Do it with each record; an attempt that ends early is gone on with by the next."""
    sweep, tally = read_sweep(task.arguments), tally_of(task.job.result)
    link = {"link": f"/a/{sweep.app}/{sweep.form}/bulk/runs/{task.job.id}"}
    walk = Walk(
        services=task.services,
        act=replace(task.act("bulk", key="sweep"), reason=sweep.reason),
        sweep=sweep,
        ids=ids_of(task.arguments),
        job=task.job.id,
        tell=task.progress,
        note=lambda result: task.note({**result, **link}),
    )
    try:
        problem = walk.go(tally)
    except Stopping:
        task.note({**tally.told(), **link})
        raise
    return GaveUp(problem) if problem else Finished({**tally.told(), **link})


KIND = Kind(work=work)
