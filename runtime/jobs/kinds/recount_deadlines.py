"""How do deadlines under way come to follow a changed calendar?"""

from __future__ import annotations

from runtime.jobs.kind import Ended, Finished, Kind, Task
from runtime.use_cases.recount_deadlines import recount_deadlines


def work(task: Task) -> Ended:
    """Count every deadline anew."""
    counted = recount_deadlines(task.services, task.progress)
    return Finished({"approvals": counted.approvals, "moved": counted.moved})


KIND = Kind(work=work)
