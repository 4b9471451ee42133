"""How is an approval looked at when its time has come?"""

from __future__ import annotations

from runtime.jobs.kind import Ended, Finished, Kind, Task
from runtime.use_cases.approvals.wake_approval import wake_approval


def work(task: Task) -> Ended:
    """Do what is due by itself: remind, tell others, hand over, decide."""
    wake_approval(task.services, task.arguments)
    return Finished()


KIND = Kind(work=work)
