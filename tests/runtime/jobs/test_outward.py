"""Does nothing of what people only try leave the workspace?"""

from __future__ import annotations

import inspect
import sys

from runtime.jobs.kinds import kinds


def test_every_kind_of_work_that_reaches_outside_says_so() -> None:
    reaching = {
        id_
        for id_, kind in kinds().items()
        if "runtime.effects" in inspect.getsource(sys.modules[kind.work.__module__])
    }
    assert reaching
    assert {id_ for id_, kind in kinds().items() if kind.outward} >= reaching
