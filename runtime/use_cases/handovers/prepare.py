"""How does a list of a hand-over come about, and how is a note written to one of its records?"""

from __future__ import annotations

from collections.abc import Iterator

from engine.definition.page import FilterDef
from engine.outcomes import Denied, Invalid, Missing
from engine.wording import Message
from runtime.limits import HANDED_OVER_AT_ONCE
from runtime.services import Services
from runtime.store import Unit
from runtime.store.handovers import Handover, Item
from runtime.store.ids import new_id
from runtime.use_cases.act import Act
from runtime.use_cases.handovers.asking import ask
from runtime.use_cases.handovers.reaching import NOT_YOURS, allowed, write_down
from runtime.use_cases.list_records import Wanted
from runtime.use_cases.open_records import going_on, ids_of

LONGEST = 2_000
"""Characters of a note."""
NOBODY = Message("请选择一位在职的同事")


def prepare_handover(
    services: Services, act: Act, person: str, successor: str
) -> Handover | Denied | Invalid:
    """Put what a person owns and has not finished on a list for a successor, and ask the person,
    and who is above them, to go through it. Prepared again, the list gets what is new."""
    if not act.actor.admin:
        return Denied(NOT_YOURS)
    records = tuple(_records(services, act, person))
    with services.store.unit() as unit:
        follower = unit.people.one(successor)
        if follower is None or not follower.active or successor == person:
            return Invalid({"successor": (NOBODY,)})
        found = unit.handovers.between(person, successor) or _begun(
            services, unit, act, person, successor
        )
        now = services.now()
        unit.handovers.put_on(
            Item(id=new_id(now), handover=found.id, app=app, form=form, record=record)
            for app, form, record in records
        )
        for asked in _who_prepares(unit, person):
            ask(services, unit, found, "prepare", asked)
        return found


def note_item(
    services: Services, act: Act, id_: str, record: str, text: str
) -> Item | Denied | Invalid | Missing:
    """Write what is to be known about a record: it stands on the list and in its timeline."""
    text = text.strip()
    if len(text) > LONGEST:
        return Invalid({"note": (Message("说明最长 {longest} 字", longest=LONGEST),)})
    with services.store.unit() as unit:
        found = allowed(unit, act, id_, lambda rights: rights.note)
        if not isinstance(found, Handover):
            return found
        item = next((one for one in unit.handovers.items(id_) if one.record == record), None)
        if item is None:
            return Missing()
        if text == (item.note or ""):
            return item
        unit.handovers.note(item.id, text or None, act.actor.id, services.now())
        if text:
            write_down(services, unit, act, item, "handover_noted", text)
        return item


def _records(services: Services, act: Act, person: str) -> Iterator[tuple[str, str, str]]:
    owned = FilterDef(field="owner", op="=", value=person)
    left = HANDED_OVER_AT_ONCE
    for app in list(services.apps.values()):
        for form in app.forms.values():
            wanted = Wanted(filters=(owned, *going_on(form)))
            ids = tuple(ids_of(services, act, form, wanted))[:left]
            left -= len(ids)
            yield from ((app.id, form.id, id_) for id_ in ids)


def _begun(services: Services, unit: Unit, act: Act, person: str, successor: str) -> Handover:
    now = services.now()
    new = Handover(
        id=new_id(now), person=person, successor=successor, opened_at=now, opened_by=act.actor.id
    )
    unit.handovers.add(new)
    return new


def _who_prepares(unit: Unit, person: str) -> Iterator[str]:
    leaver = unit.people.one(person)
    if leaver is not None and leaver.active:
        yield person
    elif leaver is not None and leaver.manager is not None:
        yield leaver.manager
