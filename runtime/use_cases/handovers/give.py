"""How does what is on a list come to who follows, all of it and once?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from engine.outcomes import Denied, Missing, Saved
from engine.wording import Message
from runtime.services import Services
from runtime.store import Unit
from runtime.store.handovers import Handover, Item
from runtime.use_cases.act import Act
from runtime.use_cases.handovers.asking import ask, no_more
from runtime.use_cases.handovers.reaching import allowed
from runtime.use_cases.reach import begin
from runtime.use_cases.take_over import take_over_tasks
from runtime.use_cases.transfer_record import transfer_in

KIND = "give_handover"
REASON = Message("工作交接")
Tell = Callable[[int, int | None], None]


def ask_to_give(
    services: Services, act: Act, id_: str, tasks: bool = True
) -> str | Denied | Missing:
    """Leave it to be done in the background at once, with what waits for who goes if that is
    wanted, and return the job's id."""
    with services.store.unit() as unit:
        found = allowed(unit, act, id_, lambda rights: rights.give)
        if not isinstance(found, Handover):
            return found
        now = services.now()
        unit.handovers.give(id_, now)
        reason = act.reason or str(REASON)
        arguments = {"handover": id_, "reason": reason, "tasks": tasks}
        return unit.jobs.save(KIND, arguments, now, person=act.actor.id)


def give_handover(
    services: Services, act: Act, id_: str, tell: Tell, tasks: bool = True
) -> tuple[int, int]:
    """Give every record of a list that still belongs to who goes, each together with the mark on
    the list; and ask the successor to receive them. Return how many were given and how many
    stayed. Doing it again goes on where it was left."""
    with services.store.reading() as unit:
        found = unit.handovers.one(id_)
        items = unit.handovers.items(id_) if found else ()
    if found is None:
        return 0, 0
    waiting = [item for item in items if item.state == "waiting"]
    given = 0
    for number, item in enumerate(waiting, start=1):
        given += _given(services, act, found, item)
        tell(number, len(waiting))
    if tasks:
        take_over_tasks(services, act, found.person, found.successor)
    with services.store.unit() as unit:
        _go_on(services, unit, found)
    return given, len(waiting) - given


def _go_on(services: Services, unit: Unit, found: Handover) -> None:
    no_more(services, unit, found, ("prepare",))
    counts = unit.handovers.counts(found.id)
    if counts["given"]:
        ask(services, unit, found, "receive", found.successor)
    elif counts["received"] == counts["all"]:
        unit.handovers.end(found.id, services.now())


def _given(services: Services, act: Act, found: Handover, item: Item) -> bool:
    with services.store.unit() as unit:
        return _give_in(services, unit, act, found, item)


def _give_in(services: Services, unit: Unit, act: Act, found: Handover, item: Item) -> bool:
    form, now = services.form(item.app, item.form), services.now()
    record = unit.records.one(form, item.record) if form else None
    if form is None or record is None or record.owner not in (found.person, found.successor):
        unit.handovers.move(item.id, "gone", now)
        return False
    work = begin(services, unit, replace(act, key=None), form)
    if not isinstance(transfer_in(work, item.record, found.successor), Saved):
        return False
    unit.handovers.move(item.id, "given", now)
    return True
