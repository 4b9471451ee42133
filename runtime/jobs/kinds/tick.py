"""How do rules that wait for time to pass look at the clock?"""

from __future__ import annotations

from runtime.jobs.kind import Again, Ended, Kind, Task
from runtime.use_cases.rules.ticking import tick

EVERY = 60.0


def work(task: Task) -> Ended:
    """Notice what has come due, and look again in a minute."""
    tick(task.services)
    return Again(EVERY)


KIND = Kind(work=work)
