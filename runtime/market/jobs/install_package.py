"""How is an app installed in the background?"""

from __future__ import annotations

from engine.packages.broken import BrokenPackage
from engine.problems import BrokenApp
from runtime.jobs.kind import Ended, Finished, GaveUp, Kind, Task
from runtime.market.installing import install_wished
from runtime.packages.installing import Waits


def work(task: Task) -> Ended:
    """Install it, whole or not at all."""
    assert task.person is not None
    given = task.arguments
    try:
        came = install_wished(task.services, given, task.person.id)
    except BrokenPackage as broken:
        return GaveUp(broken.message)
    except BrokenApp as broken:
        return GaveUp(broken.problems[0].message)
    if isinstance(came, Waits):
        return Finished({"waits": True, "link": f"/design/{given['package']}/conflicts"})
    return GaveUp(came[0]) if came else Finished({"link": "/admin/apps"})


KIND = Kind(work=work, tries=3)
