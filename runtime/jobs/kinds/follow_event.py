"""How do rules follow from an event?"""

from __future__ import annotations

from runtime.jobs.kind import Ended, Finished, Kind, Task
from runtime.use_cases.rules.following import follow


def work(task: Task) -> Ended:
    """Let each rule that the event sets off do its work, once."""
    given = task.arguments
    return Finished({"fired": follow(task.services, str(given["event"]), given["rules"])})


KIND = Kind(work=work)
