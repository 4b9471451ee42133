"""How does a rule do its work for what the clock brought about?"""

from __future__ import annotations

from runtime.jobs.kind import Ended, Finished, Kind, Task
from runtime.use_cases.rules.measuring import fire_for_figures
from runtime.use_cases.rules.ticking import fire_marked


def work(task: Task) -> Ended:
    """Let the rule do its work for each occurrence, once."""
    given = task.arguments
    if "figures" in given:
        fired = fire_for_figures(task.services, given["app"], given["rule"], given["figures"])
        return Finished({"fired": fired})
    fired = fire_marked(task.services, given["app"], given["rule"], given["marks"])
    return Finished({"fired": fired})


KIND = Kind(work=work)
