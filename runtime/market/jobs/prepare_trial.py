"""How is the workspace made that trials of a package are copied from?"""

from __future__ import annotations

from engine.packages.broken import BrokenPackage
from engine.problems import BrokenApp
from runtime.jobs.kind import Ended, Finished, GaveUp, Kind, Task
from runtime.market.chosen import chosen
from runtime.market.trials import prepare


def work(task: Task) -> Ended:
    """Make it, if it is not there yet."""
    try:
        found = chosen(task.services, task.arguments)
        prepare(task.services, found.package(), found.latest.sha256, task.progress)
    except BrokenPackage as broken:
        return GaveUp(broken.message)
    except BrokenApp as broken:
        return GaveUp(broken.problems[0].message)
    return Finished({})


KIND = Kind(work=work, tries=2)
