"""How do deadlines under way come to follow a changed calendar?"""

from __future__ import annotations

from dataclasses import asdict

from runtime.jobs.kind import Ended, Finished, Kind, Task
from runtime.use_cases.recount_deadlines import recount_deadlines


def work(task: Task) -> Ended:
    """Count every deadline anew."""
    counted = recount_deadlines(task.services, task.progress)
    return Finished(asdict(counted))


KIND = Kind(work=work)
