"""How is an app taken out in the background?"""

from __future__ import annotations

from engine.wording import Message, words
from runtime.jobs.kind import Ended, Finished, GaveUp, Kind, Task
from runtime.market.leaving import leave
from runtime.packages.uninstall import By


def work(task: Task) -> Ended:
    """Take it out; the file with its data is this work's own."""
    assert task.person is not None
    by = By(person=task.person.id, job=task.job.id)
    came = leave(task.services, task.arguments, by, lambda: task.file("zip"))
    if isinstance(came, Message):
        return GaveUp(came)
    result = {"label": came.data.get("label", ""), "link": f"/admin/apps/gone/{came.id}"}
    if "file" in came.data:
        path = task.services.store.job_files.path(str(came.data["file"]))
        name = words(came.data.get("label", came.app or ""), "zh")
        size = path.stat().st_size if path else 0
        result |= {"file": came.data["file"], "name": f"{name}.zip", "size": size}
    return Finished(result)


KIND = Kind(work=work, tries=3)
