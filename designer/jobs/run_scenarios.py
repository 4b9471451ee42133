"""How are the scenarios of a draft run?"""

from __future__ import annotations

from designer.trying.playing import play_draft
from runtime.jobs.kind import Ended, Finished, Kind, Task


def work(task: Task) -> Ended:
    """Play them in a workspace that is thrown away."""
    given = task.arguments
    app, only = str(given["app"]), frozenset(map(str, given["only"]))
    return Finished(play_draft(task.services, app, only, task.progress))


KIND = Kind(work=work, tries=2)
