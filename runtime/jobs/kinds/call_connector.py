"""How does a rule's question reach another system, and the answer its record?"""

from __future__ import annotations

from functools import partial

from runtime.effects.calling import Ask, ask, carry_on
from runtime.jobs.kind import Again, Ended, Finished, Kind, Task
from runtime.jobs.workshop import wait_after
from runtime.store import Unit
from runtime.use_cases.connectors.answer import Begun, begun_of, put_in


def work(task: Task, ask: Ask = ask) -> Ended:
    """Ask once, and put the answer in, in the transaction that ends the work."""
    id_ = str(task.arguments["call"])
    tries = carry_on(task.services, id_, ask)
    if tries is not None:
        return Again(wait_after(tries))
    return Finished(also=partial(_put_in, task, id_, begun_of(task.services, id_)))


def _put_in(task: Task, id_: str, begun: Begun, unit: Unit) -> None:
    put_in(task.services, unit, id_, begun)


KIND = Kind(work=work, outward=True)
