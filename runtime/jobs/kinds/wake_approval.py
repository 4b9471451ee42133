"""How is an approval looked at when its time has come?"""

from __future__ import annotations

from runtime.jobs.kind import Ended, Finished, Kind, Task
from runtime.use_cases.approvals.wake_approval import wake_approval, wake_approvals_of


def work(task: Task) -> Ended:
    """Do what is due by itself: remind, tell others, hand over, decide."""
    if "person" in task.arguments:
        wake_approvals_of(task.services, str(task.arguments["person"]))
        return Finished()
    return Finished(also=lambda unit: wake_approval(task.services, unit, task.arguments))


KIND = Kind(work=work)
