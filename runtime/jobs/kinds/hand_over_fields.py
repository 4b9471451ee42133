"""How does somebody else come to stand in many records at once?"""

from __future__ import annotations

from dataclasses import replace

from runtime.jobs.kind import Ended, Finished, Kind, Task
from runtime.use_cases.hand_over_fields import MOST_TOLD, Wish, hand_over_fields


def work(task: Task) -> Ended:
    """Write who follows; an attempt that ends early is gone on with by the next."""
    asked = task.arguments
    wish = Wish(
        person=str(asked["leaver"]),
        followers=dict(asked["followers"]),
        everything=bool(asked["everything"]),
    )
    act = replace(task.act("bulk", key="follow"), reason=asked["reason"])
    given = hand_over_fields(task.services, act, wish, task.progress)
    left = [list(one) for one in given.left[:MOST_TOLD]]
    link = f"/admin/people/{wish.person}/work"
    counts = {"given": given.done, "kept": len(given.left)}
    return Finished({**counts, "left": left, "link": link})


KIND = Kind(work=work)
