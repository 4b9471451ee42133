"""How does a package go that somebody brought as a file and nobody installed?"""

from __future__ import annotations

from runtime.jobs.kind import Ended, Finished, Kind, Task
from runtime.market.uploads import forget_upload


def work(task: Task) -> Ended:
    """Remove the file."""
    forget_upload(task.services, str(task.arguments["digest"]))
    return Finished()


KIND = Kind(work=work)
