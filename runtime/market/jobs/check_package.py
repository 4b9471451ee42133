"""How is a package tried in the background?"""

from __future__ import annotations

from engine.packages.broken import BrokenPackage
from engine.problems import BrokenApp
from runtime.jobs.kind import Ended, Finished, GaveUp, Kind, Task
from runtime.market.checking import check_package
from runtime.market.chosen import chosen


def work(task: Task) -> Ended:
    """Play its scenarios and say how many came out as told."""
    try:
        found = chosen(task.services, task.arguments)
        package = found.package()
    except BrokenPackage as broken:
        return GaveUp(broken.message)
    except BrokenApp as broken:
        return GaveUp(broken.problems[0].message)
    came = check_package(task.services, package, found.latest.sha256, task.progress)
    return Finished({"passed": came.passed, "total": came.total})


KIND = Kind(work=work, tries=2)
