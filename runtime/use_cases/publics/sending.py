"""What comes of what somebody outside sent?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from engine.app import Form
from engine.outcomes import Denied, Invalid, Missing, Saved, Submission
from engine.record import Record, Values
from engine.wording import Message, Said, words
from runtime.limits import PUBLIC_ROWS
from runtime.services import Services
from runtime.store import Event
from runtime.store.ids import new_id
from runtime.store.records import NotUnique
from runtime.use_cases.create_record import Placement, create_in
from runtime.use_cases.once import once
from runtime.use_cases.preview_record import Preview, preview_in
from runtime.use_cases.publics.opening import Opened, opened_in
from runtime.use_cases.publics.pace import fills_a_link
from runtime.use_cases.reach import Work, begin

CONSENT = "_consent"
"""Where the page says that somebody agreed."""
ASK_CONSENT = Message("请先阅读并同意，再提交")
CLOSED = Message("暂时不能登记，请联系工作人员")
AGAIN = "registered_again"
"""What the log calls it when somebody registers who is known already."""


@dataclass(frozen=True, kw_only=True)
class Sending:
    """What somebody outside filled in."""

    given: Submission
    agreed: bool
    locale: str = "zh"
    key: str | None = None


@dataclass(frozen=True)
class TooMuch:
    """The link has let in as much as it may for now."""


Result = TypeVar("Result")
Sent = Saved | Invalid | Missing | TooMuch


def send_in(services: Services, opened: Opened, sending: Sending) -> Sent:
    """Make a record of it by the way that all records take, with the link as the actor; what was
    not asked is not taken. Whoever is known already is thanked all the same, and the record that
    they have says that they were there again: nobody outside learns who is known here."""
    try:
        return _send_in(services, opened, sending)
    except NotUnique:
        # Somebody sent the same a moment ago: now it is known.
        return _send_in(services, opened, sending)


def _send_in(services: Services, opened: Opened, sending: Sending) -> Sent:
    act = opened.act(sending.locale, sending.key)
    with services.store.unit() as unit:
        fresh = opened_in(services, unit, opened.link.key)
        if not isinstance(fresh, Opened):
            return Missing()
        work = begin(services, unit, act, fresh.form)
        answer = once(work, lambda: _agreed(sending, _sent(work, fresh, sending)))
        if isinstance(answer, Saved):
            return answer
        unit.rollback()
    return _told(opened, answer)


def preview_sending(services: Services, opened: Opened, given: Submission) -> Preview:
    """Return how the page behaves for what is filled in so far."""
    with services.store.reading() as unit:
        work = begin(services, unit, opened.act(), opened.form)
        values = {**_asked(opened, given.values), **opened.given}
        return preview_in(work, None, None, {**values, **_set(work, opened, values)})


def _agreed(sending: Sending, answer: Result) -> Result | Invalid:
    """Return what came of it, which is not kept as long as nobody agreed."""
    if sending.agreed:
        return answer
    complaints = answer.complaints if isinstance(answer, Invalid) else {}
    return Invalid({**complaints, CONSENT: (ASK_CONSENT,)})


def _sent(work: Work, opened: Opened, sending: Sending) -> Saved | Invalid | Denied | TooMuch:
    if fills_a_link(work.unit, opened.link.id, opened.public.definition.limits, work.now):
        return TooMuch()
    values = {**_asked(opened, sending.given.values), **opened.given, **_ticked(opened)}
    values = {**values, **_set(work, opened, values)}
    known = _known(work, opened, values)
    told = {"consent": words(opened.public.definition.consent, sending.locale)}
    told |= {"public": opened.public.id, "link": opened.link.id}
    work.unit.public_links.sent(opened.link.id, work.now)
    if known is not None and not sending.given.complaints:
        return _came_again(work, known, told)
    whole = Submission(values=values, complaints=_complaints(opened, sending), typed={})
    by_hand = replace(whole, values=_asked(opened, sending.given.values))
    return create_in(work, whole, _placed(work, opened, values), by_hand, data=told)


def _asked(opened: Opened, values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        id_: _asked_rows(opened, id_, value) if id_ in opened.public.cells else value
        for id_, value in values.items()
        if id_ in opened.public.asked
    }


def _asked_rows(opened: Opened, line: str, rows: Any) -> Any:
    """Return rows with the columns that are asked alone; what they are called inside is not for
    people outside to say."""
    cells = opened.public.cells[line]
    kept = ({id_: value for id_, value in row.items() if id_ in cells} for row in rows or ())
    return tuple({"id": None, **row} for row in kept) or None


def _is_asked(opened: Opened, key: str) -> bool:
    """Tell whether a complaint is about what people outside were asked: `name`, `items`, or
    `items.2.name`."""
    id_, *rest = key.split(".")
    if id_ not in opened.public.asked:
        return False
    return len(rest) < 2 or rest[1] in opened.public.cells.get(id_, ())


def _complaints(opened: Opened, sending: Sending) -> Mapping[str, tuple[Message, ...]]:
    given = sending.given
    said = {key: told for key, told in given.complaints.items() if _is_asked(opened, key)}
    for id_ in opened.public.cells:
        rows = given.values.get(id_)
        if isinstance(rows, tuple) and len(rows) > PUBLIC_ROWS:
            said[id_] = (*said.get(id_, ()), Message("最多 {most} 行", most=PUBLIC_ROWS))
    return said


def _ticked(opened: Opened) -> Mapping[str, Any]:
    field = opened.public.definition.consent_field
    return {field: True} if field else {}


def _set(work: Work, opened: Opened, values: Values) -> Mapping[str, Any]:
    """Work out what nobody is asked, from what was sent and the link's record."""
    row = _row(work, opened, values)
    fields = opened.form.fields
    return {
        id_: _kept(fields[id_], opened.public.logic[f"set/{id_}"].value(row, work.env))
        for id_ in opened.public.definition.set
    }


def _kept(field: Any, value: Any) -> Any:
    return () if value is None and field.multiple else value


def _row(work: Work, opened: Opened, values: Values) -> Mapping[str, Any]:
    record = _unsaved(work, opened.form, values)
    return {**work.unit.records.row(work.form, record, opened.public.reads), "id": None}


def _unsaved(work: Work, form: Form, values: Values) -> Record:
    moment = work.now
    empty = dict.fromkeys(form.fields)
    return Record(
        app=form.app, form=form.id, id=new_id(moment), version=1, owner=None, department=None,
        pipeline=None, stage=None, stage_entered_at=None, created_at=moment, created_by=None,
        updated_at=moment, updated_by=None, last_activity_at=moment, values={**empty, **values},
    )  # fmt: skip


def _placed(work: Work, opened: Opened, values: Values) -> Placement:
    """Return whose it is: as the definition says, else of whoever made the link."""
    wanted = opened.public.logic.get("owner")
    named = wanted.value(_row(work, opened, values), work.env) if wanted else None
    for person in (named, opened.link.owner):
        owner = work.unit.people.actor(person) if isinstance(person, str) else None
        if owner is not None:
            return Placement(owner=owner, routed=True)
    return Placement()


def _known(work: Work, opened: Opened, values: Values) -> Record | None:
    """Return the record of which there must not be a second one with these values."""
    for id_ in opened.public.asked:
        field = opened.form.fields[id_]
        taken = work.unit.records.taken(opened.form, field, values) if field.unique else None
        if taken is not None:
            return work.unit.records.one(opened.form, taken)
    return None


def _came_again(work: Work, record: Record, told: Mapping[str, Any]) -> Saved:
    work.unit.events.add(
        Event(
            id=new_id(work.now),
            at=work.now,
            kind=AGAIN,
            app=work.form.app,
            form=work.form.id,
            record=record.id,
            version=record.version,
            actor=work.act.actor.id,
            door=work.act.door,
            data=told,
        )
    )
    work.unit.records.touch(work.form, record.id, work.now)
    return Saved(record)


def _told(opened: Opened, answer: object) -> Sent:
    """Return what somebody outside may know of why it was not taken."""
    match answer:
        case Invalid(complaints=complaints):
            return Invalid(told_outside(opened, complaints))
        case Denied():
            return Invalid({"": (CLOSED,)})
        case TooMuch():
            return answer
        case _:
            return Missing()


def told_outside(
    opened: Opened, complaints: Mapping[str, tuple[Message, ...]]
) -> Mapping[str, tuple[Message, ...]]:
    """Return complaints without those about what nobody outside was asked."""
    said = {
        key: messages
        for key, messages in complaints.items()
        if key == CONSENT or _is_asked(opened, key)
    }
    checks = {Said(check.message) for check in opened.form.definition.checks}
    general = tuple(one for one in complaints.get("", ()) if one in checks)
    if general or not said:
        said[""] = general or (CLOSED,)
    return said
