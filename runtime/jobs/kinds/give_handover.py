"""How does what is on a list come to who follows, in the background?"""

from __future__ import annotations

from dataclasses import replace

from runtime.jobs.kind import Ended, Finished, Kind, Task
from runtime.use_cases.handovers.give import give_handover


def work(task: Task) -> Ended:
    """Give what is still to be given; an attempt that ends early is gone on with by the next."""
    id_ = str(task.arguments["handover"])
    act = replace(task.act("bulk"), reason=task.arguments["reason"])
    tasks = bool(task.arguments["tasks"])
    given, kept = give_handover(task.services, act, id_, task.progress, tasks)
    return Finished({"given": given, "kept": kept, "link": f"/handovers/{id_}"})


KIND = Kind(work=work)
