"""What does a list of a hand-over tell: which records, what was said of them, what is open?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from engine.app import App, Form
from engine.definition.page import FilterDef
from engine.outcomes import Missing
from engine.record import Record
from runtime.limits import LONGEST_PAGE
from runtime.services import Services
from runtime.store import Unit
from runtime.store.handovers import Handover, Item
from runtime.store.query import Page
from runtime.store.tasks import Task
from runtime.use_cases.act import Act
from runtime.use_cases.handovers.asking import list_of
from runtime.use_cases.handovers.reaching import Rights, reach_handover, rights_in
from runtime.use_cases.list_records import Wanted, list_records
from runtime.use_cases.record_titles import record_titles
from runtime.use_cases.waiting_for_leaver import Waiting, approvals_of, to_dos_of

AT_ONCE = 100
"""Records of which the last talk is looked for together."""
EVENTS = 1_000


@dataclass(frozen=True, kw_only=True)
class Talk:
    """What was said or written about a record last."""

    at: datetime
    text: str


@dataclass(frozen=True, kw_only=True)
class Line:
    """One record of a list, as the reader may know it."""

    item: Item
    form: Form
    title: str | None
    """None if the reader doesn't see the record."""
    stage: str | None = None
    talk: Talk | None = None
    to_dos: int = 0
    approvals: int = 0


@dataclass(frozen=True, kw_only=True)
class Told:
    """A list as one of those reads it who have part in it."""

    handover: Handover
    names: Mapping[str, str]
    rights: Rights
    counts: Mapping[str, int]
    lines: tuple[Line, ...]
    to_dos: tuple[Task, ...] = ()
    """Open to-dos of who goes that are about no record of the list, until the list is given."""
    approvals: tuple[Waiting, ...] = ()
    """Approvals that wait for who goes, until the list is given."""


def read_handover(services: Services, act: Act, id_: str) -> Told | Missing:
    """Return a list with its records, as far as the reader may know of them."""
    with services.store.reading() as unit:
        found = reach_handover(unit, act.actor, id_)
        if isinstance(found, Missing):
            return found
        items = unit.handovers.items(id_)
        people = {found.person, found.successor, *(item.noted_by or "" for item in items)}
        names = unit.people.names(people)
        rights, counts = rights_in(unit, act.actor, found), unit.handovers.counts(id_)
        waits = rights.note and found.given_at is None
        to_dos = _other_to_dos(unit, found, items) if waits else ()
        approvals = approvals_of(services, unit, found.person) if waits else ()
    lines = tuple(line for group in _by_form(items) for line in _lines(services, act, group))
    return Told(
        handover=found,
        names=names,
        rights=rights,
        counts=counts,
        lines=lines,
        to_dos=to_dos,
        approvals=approvals,
    )


def _other_to_dos(unit: Unit, found: Handover, items: tuple[Item, ...]) -> tuple[Task, ...]:
    listed = {item.record for item in items}
    own = to_dos_of(unit, found.person)
    return tuple(one for one in own if one.record not in listed and list_of(one) is None)


def _by_form(items: Iterable[Item]) -> Iterator[tuple[Item, ...]]:
    groups: dict[tuple[str, str], list[Item]] = {}
    for item in items:
        groups.setdefault((item.app, item.form), []).append(item)
    for group in groups.values():
        for start in range(0, len(group), AT_ONCE):
            yield tuple(group[start : start + AT_ONCE])


def _lines(services: Services, act: Act, items: tuple[Item, ...]) -> Iterator[Line]:
    app, form = services.apps.get(items[0].app), services.form(items[0].app, items[0].form)
    if app is None or form is None:
        return
    ids = tuple(item.record for item in items)
    titles = record_titles(services, act, form, ids)
    talks = _related_talks(services, act, app, form, tuple(titles))
    with services.store.reading() as unit:
        talks = _latest((talks, _comments(unit, tuple(titles))))
        records = unit.records.many(form, ids)
        for item in items:
            seen = item.record in titles
            record = records.get(item.record) if seen else None
            tasks = unit.tasks.of_record(item.record, state="open") if seen else ()
            running = unit.approvals.of_record(item.record, running=True) if seen else ()
            yield Line(
                item=item,
                form=form,
                title=titles.get(item.record),
                stage=record.stage if record else None,
                talk=talks.get(item.record),
                to_dos=sum(task.approval is None for task in tasks),
                approvals=len(running),
            )


def _comments(unit: Unit, ids: tuple[str, ...]) -> dict[str, Talk]:
    found: dict[str, Talk] = {}
    for event in unit.events.of_records(ids, limit=EVENTS) if ids else ():
        if event.kind == "commented" and event.text and event.record:
            found.setdefault(event.record, Talk(at=event.at, text=event.text))
    return found


def _related_talks(
    services: Services, act: Act, app: App, form: Form, ids: tuple[str, ...]
) -> dict[str, Talk]:
    """Return what the newest record of the timeline says about each, such as a note of a call."""
    found: dict[str, Talk] = {}
    for related in form.definition.related if ids else ():
        if related.timeline:
            there = app.forms[related.form]
            found = _latest((found, _talks_in(services, act, there, related.by, ids)))
    return found


def _talks_in(
    services: Services, act: Act, form: Form, by: str, ids: tuple[str, ...]
) -> dict[str, Talk]:
    which = FilterDef(field=by, op="in", value=list(ids))
    wanted = Wanted(filters=(which,), sort=("-created_at",), limit=LONGEST_PAGE, total=False)
    page = list_records(services, act, form, wanted)
    found: dict[str, Talk] = {}
    for record in page.records if isinstance(page, Page) else ():
        text, about = _essence(form, record), record.values.get(by)
        if text and isinstance(about, str):
            found.setdefault(about, Talk(at=record.created_at, text=text))
    return found


def _essence(form: Form, record: Record) -> str:
    texts = (
        value
        for id_, field in form.fields.items()
        if field.type == "long_text" and isinstance(value := record.values.get(id_), str) and value
    )
    return next(texts, "")


def _latest(found: Iterable[Mapping[str, Talk]]) -> dict[str, Talk]:
    latest: dict[str, Talk] = {}
    for talks in found:
        for record, talk in talks.items():
            if record not in latest or latest[record].at < talk.at:
                latest[record] = talk
    return latest
