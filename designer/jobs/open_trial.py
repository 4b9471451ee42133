"""How is somebody's sandbox of a draft made?"""

from __future__ import annotations

from designer.trying.beginning import make_trial
from runtime.jobs.kind import Ended, Finished, Kind, Task


def work(task: Task) -> Ended:
    """Make it, unless its designer has begun another one since."""
    given = task.arguments
    assert task.person is not None
    made = make_trial(task.services, task.person, str(given["app"]), str(given["token"]))
    return Finished({"made": made})


KIND = Kind(work=work, tries=2)
