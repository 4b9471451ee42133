"""How does a card say that its matter is settled?"""

from __future__ import annotations

from runtime.effects.settle import settle
from runtime.jobs.kind import Again, Ended, Finished, Kind, Task


def work(task: Task) -> Ended:
    """Change the card where it lies, or tell what became of the matter."""
    seconds = settle(task.services, str(task.arguments["delivery"]))
    return Finished() if seconds is None else Again(seconds)


KIND = Kind(work=work, outward=True)
