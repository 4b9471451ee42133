"""How is an import taken back?"""

from __future__ import annotations

from runtime.jobs.kind import Ended, Finished, GaveUp, Kind, Task
from runtime.use_cases.import_result import result_of
from runtime.use_cases.import_undo import take_back


def work(task: Task) -> Ended:
    """Take back each record that nobody touched since."""
    run = str(task.arguments["run"])
    problem = take_back(task.services, task.act("import"), run, task.progress)
    return GaveUp(problem) if problem else Finished(result_of(task.services, run))


KIND = Kind(work=work)
