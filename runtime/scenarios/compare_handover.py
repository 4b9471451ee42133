"""Is the list of a hand-over as far as a scenario says?"""

from __future__ import annotations

from collections.abc import Iterator

from engine.definition.scenario import ThenHandover
from engine.wording import Message
from runtime.scenarios.done import newest_list
from runtime.scenarios.world import World


def handover_differences(world: World, wanted: ThenHandover) -> Iterator[Message]:
    """Yield what there is more or less of."""
    found = newest_list(world, wanted.of)
    with world.services.store.reading() as unit:
        counts = unit.handovers.counts(found.id)
    for what in ("all", "noted", "given", "received"):
        count = getattr(wanted, what)
        if count is not None and counts[what] != count:
            yield Message(
                "交接清单的 {what} 应为 {wanted}，实际 {came}",
                what=what,
                wanted=count,
                came=counts[what],
            )
