"""How does a successor confirm what was handed over?"""

from __future__ import annotations

from collections.abc import Collection

from engine.outcomes import Denied, Missing
from runtime.services import Services
from runtime.store.handovers import Handover
from runtime.use_cases.act import Act
from runtime.use_cases.handovers.asking import no_more
from runtime.use_cases.handovers.reaching import allowed, write_down


def receive_items(
    services: Services, act: Act, id_: str, records: Collection[str] | None = None
) -> int | Denied | Missing:
    """Confirm that records came over, all that were given without a choice, and return how many
    that were; with the last one the list is done."""
    with services.store.unit() as unit:
        found = allowed(unit, act, id_, lambda rights: rights.receive)
        if not isinstance(found, Handover):
            return found
        given = [item for item in unit.handovers.items(id_) if item.state == "given"]
        chosen = [item for item in given if records is None or item.record in records]
        now = services.now()
        for item in chosen:
            unit.handovers.move(item.id, "received", now)
            write_down(services, unit, act, item, "handover_received")
        counts = unit.handovers.counts(id_)
        if chosen and counts["received"] == counts["all"]:
            unit.handovers.end(id_, now)
            no_more(services, unit, found, ("receive",))
        return len(chosen)
