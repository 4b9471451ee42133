"""How is a sheet brought in?"""

from __future__ import annotations

from runtime.jobs.kind import Ended, Finished, GaveUp, Kind, Task
from runtime.use_cases.import_result import result_of
from runtime.use_cases.import_sheet import walk_sheet


def work(task: Task) -> Ended:
    """Bring in each row, once."""
    run = str(task.arguments["run"])
    problem = walk_sheet(task.services, task.act("import"), run, "run", task.progress)
    return GaveUp(problem) if problem else Finished(result_of(task.services, run))


KIND = Kind(work=work)
