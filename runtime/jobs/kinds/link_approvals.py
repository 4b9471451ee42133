"""How does one approval start, end or hear of another?"""

from __future__ import annotations

from runtime.jobs.kind import Ended, Finished, Kind, Task
from runtime.use_cases.approvals.wake_approval import link_approvals


def work(task: Task) -> Ended:
    """Do it in a transaction of its own."""
    link_approvals(task.services, task.arguments)
    return Finished()


KIND = Kind(work=work)
