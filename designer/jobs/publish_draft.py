"""How is a draft published when its moment has come?"""

from __future__ import annotations

from designer.drafts.scheduling import publish_planned, seconds_left
from runtime.jobs.kind import Again, Ended, Finished, Kind, Task


def work(task: Task) -> Ended:
    """Publish it, unless that was done or called off."""
    plan = str(task.arguments["plan"])
    left = seconds_left(task.services, plan)
    if left > 0:
        return Again(left)
    done = publish_planned(task.services, plan)
    return Finished({"number": done.number} if done else {})


KIND = Kind(work=work)
