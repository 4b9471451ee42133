"""How does what somebody wants to be told together go out?"""

from __future__ import annotations

from datetime import datetime

from runtime.effects.deliver import deliver
from runtime.jobs.kind import Again, Ended, Finished, Kind, Task


def work(task: Task) -> Ended:
    """Send all that was collected for one person and channel as one letter."""
    due = datetime.fromisoformat(str(task.arguments["due"]))
    person, channel = str(task.arguments["person"]), str(task.arguments["channel"])
    with task.services.store.reading() as unit:
        waiting = unit.notices.deliveries.collected(person, channel, due)
    seconds = deliver(task.services, waiting)
    return Finished() if seconds is None else Again(seconds)


KIND = Kind(work=work, outward=True)
