"""How do the sample records of an app go in the background?"""

from __future__ import annotations

from engine.wording import Message
from runtime.jobs.kind import Ended, Finished, GaveUp, Kind, Task
from runtime.packages.samples import remove_samples


def work(task: Task) -> Ended:
    """Remove them; what was removed before the process died is not there the next time."""
    assert task.person is not None
    app = task.services.app(str(task.arguments["app"]))
    if app is None:
        return GaveUp(Message("这个应用已经不在了"))
    changed = bool(task.arguments["changed"])
    count = remove_samples(task.services, task.person, app, changed=changed, progress=task.progress)
    return Finished({"count": count, "link": "/admin/apps"})


KIND = Kind(work=work, tries=3)
