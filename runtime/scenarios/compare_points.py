"""Do people have as many points as a scenario says?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from engine.wording import Message
from runtime.scenarios.done import person
from runtime.scenarios.world import World


def points_differences(
    world: World, wanted: Mapping[str, Mapping[str, float]]
) -> Iterator[Message]:
    """Yield who has more or fewer."""
    with world.services.store.reading() as unit:
        for login, ledgers in wanted.items():
            for ledger, points in ledgers.items():
                came = unit.points.balance(world.app.id, ledger, person(world, login))
                if came != Decimal(str(points)):
                    said = {"who": login, "wanted": str(points), "came": str(came)}
                    yield Message("{who}应有 {wanted} 分，实际 {came} 分", **said)
