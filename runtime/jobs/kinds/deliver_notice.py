"""How does one message go out through one channel?"""

from __future__ import annotations

from runtime.effects.deliver import deliver
from runtime.jobs.kind import Again, Ended, Finished, Kind, Task


def work(task: Task) -> Ended:
    """Send it, unless it went before."""
    with task.services.store.reading() as unit:
        found = unit.notices.deliveries.one(str(task.arguments["delivery"]))
    waiting = (found,) if found and found.state == "waiting" else ()
    seconds = deliver(task.services, waiting)
    return Finished() if seconds is None else Again(seconds)


KIND = Kind(work=work, outward=True)
